/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-query.h"

#include <stdarg.h>

static void
append_pair (GString    *query,
             const char *key,
             const char *value)
{
  if (value == NULL)
    return;
  if (query->len > 0)
    g_string_append_c (query, '&');
  g_string_append (query, key);
  g_string_append_c (query, '=');
  g_string_append_uri_escaped (query, value, NULL, FALSE);
}

/**
 * tpt_api_query_new:
 * @first_key: (nullable): then its value, then the next key, …; a key whose value is %NULL is
 *   left out; ends with %NULL
 *
 * Returns: (transfer full): the query of a URI, percent-encoded
 */
char *
tpt_api_query_new (const char *first_key,
                   ...)
{
  GString *query = g_string_new (NULL);
  va_list arguments;

  va_start (arguments, first_key);
  for (const char *key = first_key; key != NULL; key = va_arg (arguments, const char *))
    append_pair (query, key, va_arg (arguments, const char *));
  va_end (arguments);

  return g_string_free (query, FALSE);
}
