/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-fuzz.h"

#include "tpt-search-text.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = tpt_fuzz_text (data, size);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *folded = tpt_search_text_fold (valid);

  g_assert_true (g_utf8_validate (folded, -1, NULL));
  tpt_fuzz_search (valid);

  return 0;
}
