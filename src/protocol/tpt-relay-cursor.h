/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "tpt-protocol-error.h"

G_BEGIN_DECLS

#define TPT_RELAY_EPOCH_MAX 32

/**
 * TptRelayCursor:
 * @epoch: names the journal: 1 to 32 of `[A-Za-z0-9_-]`
 * @seq: strictly increases within it; 0 stands before the first event
 *
 * A place in a relay's journal; a plain value.
 */
typedef struct
{
  char   epoch[TPT_RELAY_EPOCH_MAX + 1];
  gint64 seq;
} TptRelayCursor;

gboolean  tpt_relay_cursor_parse  (const char            *text,
                                   TptRelayCursor        *cursor,
                                   GError               **error);
char     *tpt_relay_cursor_format (const TptRelayCursor  *cursor);

G_END_DECLS
