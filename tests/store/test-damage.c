/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>

#include "tpt-backup-files.h"
#include "tpt-restoration.h"
#include "tpt-test-record.h"

/* Of each kind, unless TPT_DAMAGE_ROUNDS says more: 1,430 are 10,000 together. */
#define ROUNDS 50
#define PAGE 4096

/* D-9. What the file was before, and the backup of it. */
typedef struct
{
  TptTestStorePlace place; /* first */
  char *bytes;
  gsize length;
  char *backup_path;
  char *backup;
  gsize backup_length;
  char *dump;
  char *local;
} Fixture;

typedef void (*Damage) (guint8 *bytes,
                        gsize  *length,
                        GRand  *rand);

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const char *path;

  tpt_test_store_set_up (&fixture->place, data);
  path = fixture->place.path;
  tpt_test_record_make (path);
  fixture->backup_path = tpt_backup_files_get_path (path, 1);
  fixture->dump = tpt_test_record_dump (path);
  fixture->local = tpt_test_record_dump_local (path);
  g_assert_true (g_file_get_contents (path, &fixture->bytes, &fixture->length, NULL));
  g_assert_true (g_file_get_contents (fixture->backup_path, &fixture->backup,
                                      &fixture->backup_length, NULL));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  tpt_test_store_tear_down (&fixture->place, data);
  g_free (fixture->bytes);
  g_free (fixture->backup_path);
  g_free (fixture->backup);
  g_free (fixture->dump);
  g_free (fixture->local);
}

static void
fill (guint8 *bytes,
      gsize   length,
      GRand  *rand)
{
  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) g_rand_int (rand);
}

static gsize
choose_page (gsize  length,
             GRand *rand)
{
  return (gsize) g_rand_int_range (rand, 0, (int) (length / PAGE)) * PAGE;
}

static void
overwrite_page (guint8 *bytes,
                gsize  *length,
                GRand  *rand)
{
  fill (bytes + choose_page (*length, rand), PAGE, rand);
}

/* The page of one table in the place of that of another: every byte of it is well-formed. */
static void
misplace_page (guint8 *bytes,
               gsize  *length,
               GRand  *rand)
{
  gsize from = choose_page (*length, rand);
  gsize to = choose_page (*length, rand);

  memmove (bytes + to, bytes + from, PAGE);
}

static void
cut_end (guint8 *bytes,
         gsize  *length,
         GRand  *rand)
{
  *length = (gsize) g_rand_int_range (rand, 1, (int) *length);
}

static void
zero_header (guint8 *bytes,
             gsize  *length,
             GRand  *rand)
{
  memset (bytes, 0, (gsize) g_rand_int_range (rand, 16, PAGE));
}

static void
lose_header (guint8 *bytes,
             gsize  *length,
             GRand  *rand)
{
  fill (bytes, 100, rand);
}

/* Anywhere but in the number of the version: that of a newer program is a matter of its own. */
static void
flip_bit (guint8 *bytes,
          gsize  *length,
          GRand  *rand)
{
  gsize place = (gsize) g_rand_int_range (rand, 0, (int) *length);

  if (place < 60 || place >= 64)
    bytes[place] ^= (guint8) (1 << g_rand_int_range (rand, 0, 8));
}

/* One bit in the text of a table, which then reads as another table's: its rows are sound, and what
 * they are called is not. */
static void
rename_column (guint8 *bytes,
               gsize  *length,
               GRand  *rand)
{
  static const char column[] = "  id INTEGER PRIMARY KEY";
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (gsize));

  for (gsize i = 0; i + sizeof column < *length; i++)
    {
      if (memcmp (bytes + i, column, sizeof column - 1) == 0)
        g_array_append_val (places, i);
    }
  g_assert_cmpuint (places->len, >, 3);
  bytes[g_array_index (places, gsize, g_rand_int_range (rand, 0, (int) places->len)) + 2] ^= 2;
}

static gboolean
read_each (TptSession  *session,
           gpointer     uris,
           GError     **error)
{
  GPtrArray *links = NULL;

  for (int i = 0; i < TPT_TEST_RECORD_MEETINGS; i++)
    {
      g_autofree char *uri =
        g_strdup_printf ("https://api.example.com/scheduled_events/EVENT%d", i);
      g_autoptr (TptMeeting) meeting = NULL;

      if (!tpt_meetings_table_find (session, uri, &meeting, error))
        return FALSE;
    }
  if (!tpt_links_table_list (session, 0, &links, error))
    return FALSE;
  g_ptr_array_unref (links);

  return TRUE;
}

static gboolean
read_customers (TptSession  *session,
                gpointer     data,
                GError     **error)
{
  GPtrArray *customers = NULL;

  if (!tpt_customers_table_list (session, &customers, error))
    return FALSE;
  g_ptr_array_unref (customers);

  return TRUE;
}

static gboolean
try_reading (TptStore  *store,
             GError   **error)
{
  return tpt_test_store_try_transact (store, read_customers, NULL, error)
         && tpt_test_store_try_transact (store, read_each, NULL, error);
}

/* Whatever was damaged is told at most a few times; then everything can be read. */
static void
read_all (TptStore *store)
{
  g_autoptr (GError) error = NULL;
  gboolean is_sound = FALSE;

  for (int tries = 0; tries < 3 && !is_sound; tries++)
    {
      g_clear_error (&error);
      is_sound = try_reading (store, &error) && tpt_test_store_check (store);
      if (error != NULL)
        g_assert_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT);
    }
  g_assert_no_error (error);
  g_assert_true (is_sound);
}

/* The damaged file is kept as it was found, and what was only there is back, bit by bit. */
static void
assert_rescued (Fixture         *fixture,
                TptRestoration  *restoration,
                const guint8    *damaged,
                gsize            length)
{
  g_autofree char *kept = NULL;
  g_autofree char *local = NULL;
  gsize kept_length;

  g_assert_cmpint (restoration->source, !=, TPT_RESTORATION_NOTHING);
  g_assert_cmpint (restoration->customers, ==, TPT_TEST_RECORD_CUSTOMERS);
  g_assert_cmpint (restoration->decisions, ==, TPT_TEST_RECORD_DECISIONS);
  g_assert_true (g_file_get_contents (restoration->kept_as, &kept, &kept_length, NULL));
  g_assert_true (kept_length == length && memcmp (kept, damaged, length) == 0);
  local = tpt_test_record_dump_local (fixture->place.path);
  g_assert_true (g_str_equal (local, fixture->local));
}

static void
put_files (Fixture      *fixture,
           const guint8 *bytes,
           gsize         length)
{
  g_autofree char *folder = g_path_get_dirname (fixture->place.path);

  tpt_test_remove_dir (folder);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (fixture->place.path, (const char *) bytes, (gssize) length,
                                      NULL));
  g_assert_true (g_file_set_contents (fixture->backup_path, fixture->backup,
                                      (gssize) fixture->backup_length, NULL));
}

/* Returns: whether the damage was seen; where it was not, nothing that was read has changed */
static gboolean
damage_once (Fixture *fixture,
             Damage   damage,
             guint32  seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autofree guint8 *bytes = g_memdup2 (fixture->bytes, fixture->length);
  g_autoptr (TptRestoration) restoration = NULL;
  g_autofree char *dump = NULL;
  gsize length = fixture->length;
  TptStore *store;

  g_test_message ("seed %u", seed);
  damage (bytes, &length, rand);
  put_files (fixture, bytes, length);
  store = tpt_test_store_open (fixture->place.path);
  read_all (store);
  if (tpt_store_get_restoration (store) != NULL)
    restoration = tpt_restoration_ref (tpt_store_get_restoration (store));
  tpt_test_store_close (store);
  if (restoration != NULL)
    {
      assert_rescued (fixture, restoration, bytes, length);
      return TRUE;
    }
  dump = tpt_test_record_dump (fixture->place.path);
  /* A number that stands open in the file has no seal: one bit of it can be another. */
  if (damage != flip_bit)
    g_assert_true (g_str_equal (dump, fixture->dump));

  return FALSE;
}

static const struct
{
  const char *name;
  Damage func;
  guint least;             /* in how many of 100 rounds something is hit that is in use */
} damages[] = {
  { "/damage/page-overwritten", overwrite_page, 86 },
  { "/damage/page-misplaced", misplace_page, 50 },
  { "/damage/end-cut-off", cut_end, 95 },
  { "/damage/header-zero", zero_header, 100 },
  { "/damage/header-lost", lose_header, 100 },
  { "/damage/bit-flipped", flip_bit, 10 },
  { "/damage/column-renamed", rename_column, 100 },
};

static void
test_damage (Fixture       *fixture,
             gconstpointer  data)
{
  guint which = GPOINTER_TO_UINT (data);
  guint32 seed = (guint32) g_test_rand_int ();
  const char *wanted = g_getenv ("TPT_DAMAGE_ROUNDS");
  guint rounds = wanted != NULL ? (guint) g_ascii_strtoull (wanted, NULL, 10) : ROUNDS;
  guint seen = 0;

  for (guint i = 0; i < rounds; i++)
    seen += damage_once (fixture, damages[which].func, seed + i);
  g_test_message ("%u of %u seen", seen, rounds);
  g_assert_cmpuint (seen * 100, >=, damages[which].least * rounds);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    g_test_add (damages[i].name, Fixture, GUINT_TO_POINTER (i), set_up, test_damage, tear_down);

  return g_test_run ();
}
