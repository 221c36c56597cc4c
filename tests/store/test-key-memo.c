/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-key-memo.h"

static gint64
hash_cb (const char *text,
         gpointer    user_data)
{
  guint *calls = user_data;

  (*calls)++;

  return g_str_hash (text);
}

static void
check (TptKeyMemo *memo,
       const char *text,
       guint      *calls)
{
  g_assert_cmpint (tpt_key_memo_get (memo, text, hash_cb, calls), ==, g_str_hash (text));
}

/* The same text gives the same key, and is not worked out again while it is remembered. */
static void
test_again (void)
{
  TptKeyMemo memo = { 0 };
  guint calls = 0;

  check (&memo, "https://calendly.example/1", &calls);
  check (&memo, "https://calendly.example/1", &calls);
  g_assert_cmpuint (calls, ==, 1);
  tpt_key_memo_clear (&memo);
  check (&memo, "https://calendly.example/1", &calls);
  g_assert_cmpuint (calls, ==, 2);
  tpt_key_memo_clear (&memo);
}

/* Texts that share a place take it from each other, never each other's key. */
static void
test_crowd (void)
{
  TptKeyMemo memo = { 0 };
  guint calls = 0;

  for (guint i = 0; i < 40 * TPT_KEY_MEMO_SLOTS; i++)
    {
      g_autofree char *text = g_strdup_printf ("https://calendly.example/%u", i / 2);

      check (&memo, text, &calls);
      check (&memo, "", &calls);
      check (&memo, "a", &calls);
    }
  g_assert_cmpuint (calls, >, 20 * TPT_KEY_MEMO_SLOTS);
  tpt_key_memo_clear (&memo);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/key-memo/again", test_again);
  g_test_add_func ("/key-memo/crowd", test_crowd);

  return g_test_run ();
}
