/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-pack.h"
#include "tpt-test.h"

static void
put_sample (TptPack *pack)
{
  const char *const domains[] = { "a.example", "", "b.example", NULL };

  tpt_pack_put_string (pack, "Ω שלום");
  tpt_pack_put_string (pack, NULL);
  tpt_pack_put_string (pack, "");
  tpt_pack_put_int (pack, G_MININT64);
  tpt_pack_put_int (pack, G_MAXINT64);
  tpt_pack_put_int (pack, -1);
  tpt_pack_put_strv (pack, domains);
}

static void
test_round_trip (void)
{
  g_auto (TptPack) pack = { 0 };
  g_autofree char *text = NULL;
  g_autofree char *empty = NULL;
  g_auto (GStrv) domains = NULL;

  tpt_pack_init (&pack);
  put_sample (&pack);
  text = tpt_pack_take_string (&pack);
  g_assert_cmpstr (text, ==, "Ω שלום");
  g_assert_null (tpt_pack_take_string (&pack));
  empty = tpt_pack_take_string (&pack);
  g_assert_cmpstr (empty, ==, "");
  g_assert_cmpint (tpt_pack_take_int (&pack), ==, G_MININT64);
  g_assert_cmpint (tpt_pack_take_int (&pack), ==, G_MAXINT64);
  g_assert_cmpint (tpt_pack_take_int (&pack), ==, -1);
  domains = tpt_pack_take_strv (&pack);
  g_assert_cmpuint (g_strv_length (domains), ==, 3);
  g_assert_cmpstr (domains[2], ==, "b.example");
  g_assert_false (pack.failed);
}

/* What a later version reads from a record of an earlier one. */
static void
test_past_the_end (void)
{
  g_auto (TptPack) pack = { 0 };
  g_auto (GStrv) none = NULL;

  tpt_pack_init (&pack);
  g_assert_null (tpt_pack_take_string (&pack));
  g_assert_cmpint (tpt_pack_take_int (&pack), ==, 0);
  none = tpt_pack_take_strv (&pack);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_false (pack.failed);
}

/* Cut off anywhere, and with any byte changed, it stays inside its bytes. */
static void
test_damaged (void)
{
  g_auto (TptPack) whole = { 0 };
  guint failures = 0;

  tpt_pack_init (&whole);
  put_sample (&whole);
  for (guint i = 0; i < whole.bytes->len * 257; i++)
    {
      g_auto (TptPack) pack = { 0 };
      guint position = i / 257;
      guint change = i % 257;

      tpt_pack_init (&pack);
      g_byte_array_append (pack.bytes, whole.bytes->data, whole.bytes->len);
      if (change == 256)
        g_byte_array_set_size (pack.bytes, position);
      else
        pack.bytes->data[position] = (guint8) change;
      for (guint field = 0; field < 3; field++)
        g_free (tpt_pack_take_string (&pack));
      for (guint field = 0; field < 3; field++)
        tpt_pack_take_int (&pack);
      g_strfreev (tpt_pack_take_strv (&pack));
      failures += pack.failed ? 1 : 0;
      g_assert_cmpuint (pack.offset, <=, pack.bytes->len);
    }
  g_assert_cmpuint (failures, >, 0);
}

static void
test_invalid_text (void)
{
  g_auto (TptPack) pack = { 0 };
  g_autofree char *text = NULL;

  tpt_pack_init (&pack);
  tpt_pack_put_string (&pack, "caf\xe9");
  text = tpt_pack_take_string (&pack);
  g_assert_cmpstr (text, ==, "caf\xef\xbf\xbd");
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/pack/round-trip", test_round_trip);
  g_test_add_func ("/pack/past-the-end", test_past_the_end);
  g_test_add_func ("/pack/damaged", test_damaged);
  g_test_add_func ("/pack/invalid-text", test_invalid_text);

  return g_test_run ();
}
