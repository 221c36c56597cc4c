/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-fuzz.h"

#include "tpt-json-guard.h"
#include "tpt-json-write.h"

/* What the guard lets through can be written and read again, and says the same. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (JsonNode) node = tpt_json_guard_parse ((const char *) data, (gssize) size, NULL);
  g_autoptr (JsonNode) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *second = NULL;

  if (node == NULL)
    return 0;
  text = tpt_json_write (node, FALSE);
  again = tpt_json_guard_parse_limited (text, -1, TPT_JSON_LIMITS_PAGE, &error);
  g_assert_no_error (error);
  second = tpt_json_write (again, FALSE);
  g_assert_cmpstr (text, ==, second);

  return 0;
}
