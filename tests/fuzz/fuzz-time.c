/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-fuzz.h"

#include "tpt-time.h"

/* What was read is written in one way, which is read as the same instant. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = tpt_fuzz_text (data, size);
  g_autofree char *written = NULL;
  g_autoptr (GTimeZone) zone = tpt_time_zone_new (text);
  TptTime time = TPT_TIME_NONE;
  TptTime again = TPT_TIME_NONE;

  if (zone != NULL)
    tpt_time_get_local_day ((TptTime) 1790000000 * TPT_SECOND, zone);
  if (!tpt_time_parse (text, &time, NULL) || time == TPT_TIME_NONE)
    return 0;
  written = tpt_time_format (time);
  g_assert_true (tpt_time_parse (written, &again, NULL));
  g_assert_cmpint (time, ==, again);

  return 0;
}
