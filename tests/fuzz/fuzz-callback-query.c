/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-fuzz.h"

#include "tpt-redirect-answer.h"

#define MOST_CHARACTERS 200

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *query = tpt_fuzz_text (data, size);
  g_autoptr (TptRedirectAnswer) answer = tpt_redirect_answer_parse (query);
  g_autoptr (GError) error = NULL;

  if (answer == NULL)
    return 0;
  if (answer->description != NULL)
    {
      g_assert_true (g_utf8_validate (answer->description, -1, NULL));
      g_assert_cmpint (g_utf8_strlen (answer->description, -1), <=, MOST_CHARACTERS);
    }
  if (answer->error != NULL)
    {
      error = tpt_redirect_answer_to_error (answer);
      g_assert_nonnull (error);
    }

  return 0;
}
