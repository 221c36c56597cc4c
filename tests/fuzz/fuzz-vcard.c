/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-fuzz.h"

#include "tpt-vcard.h"

static void
check_text (const char *text)
{
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GPtrArray) cards = tpt_vcard_parse (bytes);

  tpt_vcard_is_card (bytes);
  for (guint i = 0; i < cards->len; i++)
    {
      const TptPersonCard *card = g_ptr_array_index (cards, i);

      check_text (card->name);
      check_text (card->organization);
      for (guint j = 0; card->emails != NULL && j < card->emails->len; j++)
        check_text (g_ptr_array_index (card->emails, j));
    }

  return 0;
}
