/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-seal.h"
#include "tpt-test-store.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define TEXT "anna@acme.example"

/* Behind format and key. */
#define NONCE_AT 2
#define NONCE_BYTES 24

typedef struct
{
  TptSeal *seal;
  GByteArray *sealed;
  GByteArray *plain;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GBytes) key = tpt_test_store_key (1);
  g_autoptr (GByteArray) text = g_byte_array_new ();

  fixture->seal = tpt_seal_new (key);
  fixture->sealed = g_byte_array_new ();
  fixture->plain = g_byte_array_new ();
  g_byte_array_append (text, (const guint8 *) TEXT, strlen (TEXT));
  tpt_seal_close (fixture->seal, "invitees", "sealed", 5, text, fixture->sealed);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  tpt_seal_free (fixture->seal);
  g_byte_array_unref (fixture->sealed);
  g_byte_array_unref (fixture->plain);
}

static gboolean
opens (Fixture    *fixture,
       TptSeal    *seal,
       const char *table,
       const char *column,
       gint64      row)
{
  g_autoptr (GError) error = NULL;
  gboolean opened;

  opened = tpt_seal_open (seal, table, column, row, fixture->sealed->data, fixture->sealed->len,
                          fixture->plain, &error);
  if (!opened)
    g_assert_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT);

  return opened;
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GByteArray) again = g_byte_array_new ();

  g_assert_true (opens (fixture, fixture->seal, "invitees", "sealed", 5));
  g_assert_cmpmem (fixture->plain->data, fixture->plain->len, TEXT, strlen (TEXT));
  /* The same text never looks the same twice. */
  tpt_seal_close (fixture->seal, "invitees", "sealed", 5, fixture->plain, again);
  g_assert_cmpuint (again->len, ==, fixture->sealed->len);
  g_assert_cmpint (memcmp (again->data, fixture->sealed->data, again->len), !=, 0);
}

static void
test_moved (Fixture       *fixture,
            gconstpointer  data)
{
  g_assert_false (opens (fixture, fixture->seal, "invitees", "sealed", 6));
  g_assert_false (opens (fixture, fixture->seal, "customers", "sealed", 5));
  g_assert_false (opens (fixture, fixture->seal, "invitees", "payload", 5));
}

static void
test_other_key (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GBytes) key = tpt_test_store_key (2);
  g_autoptr (TptSeal) other = tpt_seal_new (key);

  g_assert_false (opens (fixture, other, "invitees", "sealed", 5));
  g_assert_cmpint (tpt_seal_index (other, "e-mail", TEXT), !=,
                   tpt_seal_index (fixture->seal, "e-mail", TEXT));
}

/* Every bit counts, those of the header included, and every length but the right one is refused. */
static void
test_changed (Fixture       *fixture,
              gconstpointer  data)
{
  guint length = fixture->sealed->len;

  for (guint i = 0; i < length * 8; i++)
    {
      fixture->sealed->data[i / 8] ^= (guint8) (1 << i % 8);
      g_assert_false (opens (fixture, fixture->seal, "invitees", "sealed", 5));
      fixture->sealed->data[i / 8] ^= (guint8) (1 << i % 8);
    }
  for (guint i = 0; i < length; i++)
    {
      fixture->sealed->len = i;
      g_assert_false (opens (fixture, fixture->seal, "invitees", "sealed", 5));
    }
  fixture->sealed->len = length;
  g_assert_true (opens (fixture, fixture->seal, "invitees", "sealed", 5));
}

static void
test_index (Fixture       *fixture,
            gconstpointer  data)
{
  gint64 index = tpt_seal_index (fixture->seal, "e-mail", TEXT);

  g_assert_cmpint (index, !=, 0);
  g_assert_cmpint (index, ==, tpt_seal_index (fixture->seal, "e-mail", TEXT));
  g_assert_cmpint (index, !=, tpt_seal_index (fixture->seal, "customer", TEXT));
  g_assert_cmpint (index, !=, tpt_seal_index (fixture->seal, "e-mail", TEXT "x"));
  g_assert_cmpint (tpt_seal_index (fixture->seal, "e-mail", NULL), ==, 0);
  g_assert_cmpint (tpt_seal_index (fixture->seal, "e-mail", ""), ==, 0);
}

static guint8 *
copy_nonce (Fixture *fixture)
{
  g_autoptr (GByteArray) nothing = g_byte_array_new ();
  g_autoptr (GByteArray) sealed = g_byte_array_new ();

  tpt_seal_close (fixture->seal, "invitees", "sealed", 5, nothing, sealed);

  return g_memdup2 (sealed->data + NONCE_AT, NONCE_BYTES);
}

static guint
hash_nonce (gconstpointer nonce)
{
  guint hash;

  memcpy (&hash, nonce, sizeof hash);

  return hash;
}

static gboolean
equal_nonces (gconstpointer a,
              gconstpointer b)
{
  return memcmp (a, b, NONCE_BYTES) == 0;
}

static gpointer
list_nonces (gpointer user_data)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < 1000; i++)
    g_ptr_array_add (list, copy_nonce (user_data));

  return list;
}

/* They are drawn by the dozen. None is used twice, by whatever thread or process. */
static void
test_nonces (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (hash_nonce, equal_nonces, g_free, NULL);
  GThread *threads[4];
  guint8 childs[NONCE_BYTES];
  int ends[2];
  pid_t child;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("nonces", list_nonces, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (GPtrArray) list = g_thread_join (threads[i]);

      for (guint j = 0; j < list->len; j++)
        g_assert_true (g_hash_table_add (seen, g_ptr_array_index (list, j)));
    }

  g_assert_true (g_hash_table_add (seen, copy_nonce (fixture)));
  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    _exit (write (ends[1], copy_nonce (fixture), NONCE_BYTES) == NONCE_BYTES ? 0 : 1);
  g_assert_cmpint (read (ends[0], childs, NONCE_BYTES), ==, NONCE_BYTES);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  g_assert_true (g_hash_table_add (seen, copy_nonce (fixture)));
  g_assert_false (g_hash_table_contains (seen, childs));
  close (ends[0]);
  close (ends[1]);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  g_test_add ("/seal/round-trip", Fixture, NULL, set_up, test_round_trip, tear_down);
  g_test_add ("/seal/moved", Fixture, NULL, set_up, test_moved, tear_down);
  g_test_add ("/seal/other-key", Fixture, NULL, set_up, test_other_key, tear_down);
  g_test_add ("/seal/changed", Fixture, NULL, set_up, test_changed, tear_down);
  g_test_add ("/seal/nonces", Fixture, NULL, set_up, test_nonces, tear_down);
  g_test_add ("/seal/index", Fixture, NULL, set_up, test_index, tear_down);

  return g_test_run ();
}
