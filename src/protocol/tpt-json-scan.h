/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-json-tree.h"

G_BEGIN_DECLS

/**
 * TptJsonLimits:
 * @size: bytes of the whole text
 * @depth: arrays and objects inside each other
 * @nodes: values of any kind, names of members not counted
 * @string: bytes of one decoded string or name
 * @members: members of one object
 * @elements: elements of one array
 */
typedef struct
{
  gsize size;
  guint depth;
  guint nodes;
  gsize string;
  guint members;
  guint elements;
} TptJsonLimits;

TptJsonTree *tpt_json_scan (const char           *data,
                            gsize                 length,
                            const TptJsonLimits  *limits,
                            GError              **error);

G_END_DECLS
