/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TptProtocolError:
 * @TPT_PROTOCOL_ERROR_JSON: not JSON by RFC 8259 in UTF-8
 * @TPT_PROTOCOL_ERROR_LIMIT: well formed, but larger than we are willing to read
 * @TPT_PROTOCOL_ERROR_SIGNATURE: a signature header that is malformed or made with another key
 * @TPT_PROTOCOL_ERROR_SHAPE: JSON in which a required member is missing or of another type
 * @TPT_PROTOCOL_ERROR_CURSOR: not a cursor
 * @TPT_PROTOCOL_ERROR_BOX: a sealed body that this key does not open
 */
typedef enum
{
  TPT_PROTOCOL_ERROR_JSON,
  TPT_PROTOCOL_ERROR_LIMIT,
  TPT_PROTOCOL_ERROR_SIGNATURE,
  TPT_PROTOCOL_ERROR_SHAPE,
  TPT_PROTOCOL_ERROR_CURSOR,
  TPT_PROTOCOL_ERROR_BOX,
} TptProtocolError;

#define TPT_PROTOCOL_ERROR (tpt_protocol_error_quark ())

GQuark tpt_protocol_error_quark (void);

G_END_DECLS
