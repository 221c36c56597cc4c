/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-json-guard.h"

#include <string.h>

#define KIB (1024)
#define MIB (1024 * 1024)

const TptJsonLimits tpt_json_limits_webhook = {
  .size = 256 * KIB,
  .depth = 64,
  .nodes = 50000,
  .string = 64 * KIB,
  .members = 1000,
  .elements = 1000,
};

/* Notes and descriptions in HTML may be long; a page holds at most a hundred resources. */
const TptJsonLimits tpt_json_limits_page = {
  .size = 8 * MIB,
  .depth = 64,
  .nodes = 500000,
  .string = 1 * MIB,
  .members = 1000,
  .elements = 100000,
};

/**
 * tpt_json_guard_read:
 * @length: in bytes, or -1 where @data ends with a NUL
 *
 * The one way in for JSON from a network or a file. The parser of json-glib 1.6 sees none of it:
 * that one takes comments and assignments, overflows silently, and runs out of stack on deep
 * arrays.
 *
 * Returns: (transfer full): any JSON value, or NULL with TPT_PROTOCOL_ERROR
 */
TptJsonTree *
tpt_json_guard_read (const char           *data,
                     gssize                length,
                     const TptJsonLimits  *limits,
                     GError              **error)
{
  gsize size;

  g_return_val_if_fail (data != NULL || length == 0, NULL);
  g_return_val_if_fail (limits != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  size = length < 0 ? strlen (data) : (gsize) length;
  if (size == 0)
    {
      g_set_error_literal (error, TPT_PROTOCOL_ERROR, TPT_PROTOCOL_ERROR_JSON, "Empty");
      return NULL;
    }

  return tpt_json_scan (data, size, limits, error);
}

/**
 * tpt_json_guard_parse:
 * @length: in bytes, or -1 where @data ends with a NUL
 *
 * The same with the limits of a page, for who works with JSON-GLib.
 *
 * Returns: (transfer full): any JSON value, or NULL with TPT_PROTOCOL_ERROR
 */
JsonNode *
tpt_json_guard_parse (const char  *data,
                      gssize       length,
                      GError     **error)
{
  return tpt_json_guard_parse_limited (data, length, TPT_JSON_LIMITS_PAGE, error);
}

/**
 * tpt_json_guard_parse_limited:
 * @length: in bytes, or -1 where @data ends with a NUL
 *
 * Returns: (transfer full): any JSON value, or NULL with TPT_PROTOCOL_ERROR
 */
JsonNode *
tpt_json_guard_parse_limited (const char           *data,
                              gssize                length,
                              const TptJsonLimits  *limits,
                              GError              **error)
{
  g_autoptr (TptJsonTree) tree = tpt_json_guard_read (data, length, limits, error);

  return tree != NULL ? tpt_json_value_to_node (tpt_json_tree_get_root (tree)) : NULL;
}
