/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <sqlite3.h>
#include <string.h>

#include "tpt-restoration.h"
#include "tpt-test-record.h"

#define START        ((TptTime) 1780000000 * TPT_SECOND)
#define COMMITS      2
#define FIRST_NUMBER 1000
#define LENGTH       9000

/* Every one in the beginning, then fewer: most of what comes later is more of the same. */
#define STRIDE 300

/* SQLite's memory, as https://www.sqlite.org/malloc.html lets it be replaced; GLib's own ends the
 * program where there is none. */
static struct
{
  sqlite3_mem_methods real;
  gint count;              /* atomic, as the next two */
  gint failing;            /* the one that fails, from 1 on; 0 for none */
  gint for_ever;
} memory;

static gboolean
strikes (void)
{
  int failing = g_atomic_int_get (&memory.failing);
  int count = g_atomic_int_add (&memory.count, 1) + 1;

  return failing != 0
         && (count == failing || (count > failing && g_atomic_int_get (&memory.for_ever)));
}

static void *
allocate_cb (int size)
{
  return strikes () ? NULL : memory.real.xMalloc (size);
}

static void *
resize_cb (void *block,
           int   size)
{
  return strikes () ? NULL : memory.real.xRealloc (block, size);
}

static void
install (void)
{
  sqlite3_mem_methods methods;

  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_GETMALLOC, &memory.real), ==, SQLITE_OK);
  methods = memory.real;
  methods.xMalloc = allocate_cb;
  methods.xRealloc = resize_cb;
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_MALLOC, &methods), ==, SQLITE_OK);
}

static void
arm (guint    failing,
     gboolean for_ever)
{
  g_atomic_int_set (&memory.for_ever, for_ever);
  g_atomic_int_set (&memory.count, 0);
  g_atomic_int_set (&memory.failing, (int) failing);
}

static gboolean
has_struck (void)
{
  return g_atomic_int_get (&memory.count) >= g_atomic_int_get (&memory.failing);
}

static gboolean
save_number (TptStore  *store,
             int        number,
             GError   **error)
{
  g_autoptr (TptMeeting) meeting = tpt_test_store_make_meeting (FIRST_NUMBER + number, START);

  /* Longer than what fits into a page, so that memory is needed to read it. */
  meeting->event_type = g_strnfill (LENGTH, 'e');
  tpt_test_store_make_invitee (meeting, 1, "anna@acme.example", 0);

  return tpt_test_store_try_save_meeting (store, meeting, error);
}

static gboolean
load_func (TptSession  *session,
           gpointer     data,
           GError     **error)
{
  return tpt_meetings_table_load (session, TPT_TEST_RECORD_MEETINGS + 1, data, error);
}

static void
assert_no_memory (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_cmpuint (error->domain, ==, TPT_STORE_ERROR);
  g_assert_cmpint (error->code, ==, TPT_STORE_ERROR_FAILED);
}

/* What is read is read wholly, or not at all. */
static void
read_one (TptStore *store)
{
  g_autoptr (TptMeeting) meeting = NULL;
  g_autoptr (GError) error = NULL;

  if (!tpt_test_store_try_transact (store, load_func, &meeting, &error))
    {
      assert_no_memory (error);
      return;
    }
  g_assert_nonnull (meeting);
  g_assert_nonnull (meeting->uri);
  g_assert_nonnull (meeting->event_type);
  g_assert_cmpuint (strlen (meeting->event_type), ==, LENGTH);
  g_assert_nonnull (meeting->name);
  g_assert_cmpuint (meeting->invitees->len, >=, 1);
  for (guint i = 0; i < meeting->invitees->len; i++)
    {
      g_assert_nonnull (((TptInvitee *) g_ptr_array_index (meeting->invitees, i))->uri);
      g_assert_nonnull (((TptInvitee *) g_ptr_array_index (meeting->invitees, i))->email);
    }
}

/* Reads and commits while there is no memory. Returns: how many commits were told as done */
static guint
work (TptStore *store)
{
  guint done = 0;

  read_one (store);
  for (int i = 0; i < COMMITS; i++)
    {
      g_autoptr (GError) error = NULL;

      if (save_number (store, i, &error))
        done++;
      else
        assert_no_memory (error);
    }

  return done;
}

static guint
count_meetings (TptStore *store)
{
  g_autoptr (GPtrArray) meetings =
    tpt_test_store_list_meetings (store, &(TptMeetingQuery) { 0 });

  return meetings->len;
}

/* Returns: whether anything failed */
static gboolean
survive (TptTestStorePlace *place,
         guint              failing,
         gboolean           for_ever)
{
  g_autoptr (GBytes) key = tpt_test_store_key (7);
  g_autoptr (GError) error = NULL;
  guint told = TPT_TEST_RECORD_MEETINGS + 1;
  gboolean struck;
  guint count;
  TptStore *store;

  arm (failing, for_ever);
  store = tpt_test_store_try_open (place->path, key, &error);
  if (store != NULL)
    told += work (store);
  else
    assert_no_memory (error);
  g_clear_error (&error);
  struck = has_struck ();
  arm (0, FALSE);
  if (store == NULL)
    store = tpt_test_store_open (place->path);
  count = count_meetings (store);
  g_assert_cmpuint (count, >=, told);
  /* Where there is none for ever, SQLite may be at a loss to say that a commit was done. */
  g_assert_cmpuint (count, <=, for_ever ? told + COMMITS : told);
  save_number (store, COMMITS, &error);
  g_assert_no_error (error);
  g_assert_null (tpt_store_get_restoration (store));
  g_assert_true (tpt_test_store_check (store));
  tpt_test_store_close (store);

  return struck;
}

static void
make_record (const char *path)
{
  TptStore *store;

  tpt_test_record_make (path);
  store = tpt_test_store_open (path);
  g_assert_true (save_number (store, -1, NULL));
  tpt_test_store_close (store);
}

/* D-4: whenever there is no memory for SQLite, once or from then on: it is told, nothing half-done
 * stays, and with memory all goes on. */
static void
test_everywhere (TptTestStorePlace *place,
                 gconstpointer      for_ever)
{
  g_autofree char *whole = NULL;
  gboolean struck = TRUE;
  gsize length;
  guint failing;

  make_record (place->path);
  g_assert_true (g_file_get_contents (place->path, &whole, &length, NULL));
  for (failing = 1; struck; failing += 1 + failing / STRIDE)
    {
      g_test_message ("allocation %u", failing);
      g_assert_true (g_file_set_contents (place->path, whole, (gssize) length, NULL));
      struck = survive (place, failing, GPOINTER_TO_INT (for_ever));
    }
  g_assert_cmpuint (failing, >, 500);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  install ();
  g_test_add ("/no-memory/once", TptTestStorePlace, GINT_TO_POINTER (FALSE),
              tpt_test_store_set_up, test_everywhere, tpt_test_store_tear_down);
  g_test_add ("/no-memory/for-ever", TptTestStorePlace, GINT_TO_POINTER (TRUE),
              tpt_test_store_set_up, test_everywhere, tpt_test_store_tear_down);

  return g_test_run ();
}
