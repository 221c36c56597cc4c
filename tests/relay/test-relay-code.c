/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "tpt-relay-code.h"
#include "tpt-test.h"

#define NOW G_GINT64_CONSTANT (1800000000)
#define DAY (24 * 60 * 60)

static GBytes *
make_key (guint8 fill)
{
  guint8 key[32];

  memset (key, fill, sizeof key);

  return g_bytes_new (key, sizeof key);
}

static void
test_life (void)
{
  g_autoptr (GBytes) key = make_key (1);
  g_autoptr (GBytes) other = make_key (2);
  g_autofree char *code = tpt_relay_code_make (key, NOW);
  g_autofree char *second = tpt_relay_code_make (key, NOW);
  guint8 hash[TPT_RELAY_HASH_SIZE], second_hash[TPT_RELAY_HASH_SIZE];
  gint64 expires_at;

  g_assert_cmpstr (code, !=, second);
  g_assert_true (tpt_relay_code_check (key, code, NOW, &expires_at, hash));
  g_assert_cmpint (expires_at, ==, NOW + DAY);
  g_assert_true (tpt_relay_code_check (key, code, NOW + DAY - 1, &expires_at, hash));
  g_assert_false (tpt_relay_code_check (key, code, NOW + DAY, &expires_at, hash));
  g_assert_false (tpt_relay_code_check (other, code, NOW, &expires_at, hash));
  g_assert_true (tpt_relay_code_check (key, second, NOW, &expires_at, second_hash));
  g_assert_cmpint (memcmp (hash, second_hash, sizeof hash), !=, 0);
}

static void
test_changed (void)
{
  g_autoptr (GBytes) key = make_key (1);
  g_autofree char *code = tpt_relay_code_make (key, NOW);
  g_autofree char *longer = g_strconcat (code, "A", NULL);
  guint8 hash[TPT_RELAY_HASH_SIZE];
  gint64 expires_at;

  g_assert_false (tpt_relay_code_check (key, "", NOW, &expires_at, hash));
  g_assert_false (tpt_relay_code_check (key, longer, NOW, &expires_at, hash));
  for (gsize i = 0; i < strlen (code); i++)
    {
      g_autofree char *changed = g_strdup (code);

      changed[i] = changed[i] == 'A' ? 'B' : 'A';
      g_assert_false (tpt_relay_code_check (key, changed, NOW, &expires_at, hash));
      changed[i] = '=';
      g_assert_false (tpt_relay_code_check (key, changed, NOW, &expires_at, hash));
    }
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/code/life", test_life);
  g_test_add_func ("/relay/code/changed", test_changed);

  return g_test_run ();
}
