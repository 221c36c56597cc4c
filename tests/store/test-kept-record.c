/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-kept-record.h"

#include <glib/gstdio.h>

#include "tpt-test-store.h"

#define START ((TptTime) 1780000000 * TPT_SECOND)

typedef struct
{
  char *folder;
  char *path;
  TptStore *store;
  TptUser *first;
  TptUser *second;
} Fixture;

static TptUser *
make_account (const char *name,
              const char *organization)
{
  TptUser *account = tpt_user_new ();

  account->uri = g_strdup_printf ("https://api.example/users/%s", name);
  account->organization = g_strdup_printf ("https://api.example/organizations/%s", organization);
  account->email = g_strdup_printf ("%s@example.org", name);

  return account;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = tpt_test_make_dir ();
  fixture->path = g_build_filename (fixture->folder, "touchpoint.db", NULL);
  fixture->store = tpt_test_store_open (fixture->path);
  fixture->first = make_account ("anna", "one");
  fixture->second = make_account ("ben", "two");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  tpt_test_store_close (fixture->store);
  g_object_unref (fixture->first);
  g_object_unref (fixture->second);
  tpt_test_remove_dir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
add (Fixture    *fixture,
     const char *name,
     int         meetings)
{
  g_autofree char *domain = g_strdup_printf ("%s.example", name);
  g_autofree char *email = g_strdup_printf ("who@%s.example", name);
  g_autoptr (TptCustomer) customer =
    tpt_test_store_add_customer (fixture->store, name, domain, email);

  for (int i = 0; i < meetings; i++)
    {
      g_autoptr (TptMeeting) meeting = tpt_test_store_make_meeting (i, START + i * TPT_DAY);

      tpt_test_store_make_invitee (meeting, i, email, customer->id);
      tpt_test_store_save_meeting (fixture->store, meeting);
    }
}

static gboolean
put (Fixture  *fixture,
     TptUser  *account,
     GError  **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_kept_record_put_async (fixture->store, account, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);

  return tpt_kept_record_put_finish (fixture->store, result, error);
}

static gboolean
take (Fixture   *fixture,
      TptUser   *account,
      gboolean  *found,
      GError   **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_kept_record_take_async (fixture->store, account, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);

  return tpt_kept_record_take_finish (fixture->store, result, found, error);
}

/* The customer @name and its meetings are there, and nobody else's; the search knows it, too. */
static void
check (Fixture    *fixture,
       const char *name,
       guint       meetings)
{
  TptMeetingQuery query = { .with_superseded = TRUE };
  g_autoptr (GPtrArray) customers = tpt_test_store_list_customers (fixture->store);
  g_autoptr (GPtrArray) list = tpt_test_store_list_meetings (fixture->store, &query);

  g_assert_cmpuint (customers->len, ==, name != NULL);
  g_assert_cmpuint (list->len, ==, meetings);
  if (name != NULL)
    {
      TptCustomer *customer = g_ptr_array_index (customers, 0);
      g_autoptr (GArray) hits = tpt_test_store_search (fixture->store, name, 0);

      g_assert_cmpstr (customer->name, ==, name);
      g_assert_cmpuint (hits->len, >, meetings);
    }
}

/* Two accounts take turns, and each finds its own again, also after a restart. */
static void
test_turns (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *kept = tpt_kept_record_get_path (fixture->path, fixture->first);
  g_autoptr (GArray) hits = NULL;
  g_autoptr (GError) error = NULL;
  gboolean found = TRUE;
  GStatBuf info;

  add (fixture, "zebra", 30);
  g_assert_true (put (fixture, fixture->first, &error));
  g_assert_no_error (error);
  check (fixture, NULL, 0);
  hits = tpt_test_store_search (fixture->store, "zebra", 0);
  g_assert_cmpuint (hits->len, ==, 0);
  g_assert_cmpint (g_stat (kept, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  g_assert_true (take (fixture, fixture->second, &found, &error));
  g_assert_no_error (error);
  g_assert_false (found);
  add (fixture, "walrus", 2);
  g_assert_true (put (fixture, fixture->second, &error));
  tpt_test_store_close (fixture->store);
  fixture->store = tpt_test_store_open (fixture->path);
  g_assert_true (take (fixture, fixture->first, &found, &error));
  g_assert_no_error (error);
  g_assert_true (found);
  check (fixture, "zebra", 30);
  g_assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));

  g_assert_true (put (fixture, fixture->first, &error));
  g_assert_true (take (fixture, fixture->second, &found, &error));
  g_assert_true (found);
  check (fixture, "walrus", 2);
  tpt_test_store_close (fixture->store);
  fixture->store = tpt_test_store_open (fixture->path);
  check (fixture, "walrus", 2);
}

/* The same person in another organisation is another account. */
static void
test_organization (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (TptUser) moved = make_account ("anna", "two");
  g_autoptr (GError) error = NULL;
  gboolean found = TRUE;

  add (fixture, "zebra", 1);
  g_assert_true (put (fixture, fixture->first, &error));
  g_assert_true (take (fixture, moved, &found, &error));
  g_assert_no_error (error);
  g_assert_false (found);
  check (fixture, NULL, 0);
}

/* What is there is not the record that it should be: told, and nothing is lost on either side. */
static void
test_foreign (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *kept = tpt_kept_record_get_path (fixture->path, fixture->second);
  g_autofree char *other = g_build_filename (fixture->folder, "other", "touchpoint.db", NULL);
  g_autoptr (GBytes) key = tpt_test_store_key (77);
  g_autoptr (GError) corrupt = NULL;
  g_autoptr (GError) sealed = NULL;
  g_autoptr (GError) error = NULL;
  TptStore *stranger = tpt_test_store_try_open (other, key, &error);
  gboolean found;

  g_assert_no_error (error);
  tpt_test_store_close (stranger);
  add (fixture, "zebra", 3);
  g_assert_true (g_file_set_contents (kept, "no database", -1, NULL));
  g_assert_false (take (fixture, fixture->second, &found, &corrupt));
  g_assert_error (corrupt, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT);
  check (fixture, "zebra", 3);

  g_assert_cmpint (g_rename (other, kept), ==, 0);
  g_assert_false (take (fixture, fixture->second, &found, &sealed));
  g_assert_error (sealed, TPT_STORE_ERROR, TPT_STORE_ERROR_KEY);
  check (fixture, "zebra", 3);
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
}

/* The copy cannot be written: nothing is erased. */
static void
test_no_room (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *kept = tpt_kept_record_get_path (fixture->path, fixture->first);
  g_autoptr (GError) error = NULL;

  add (fixture, "zebra", 3);
  g_assert_cmpint (g_mkdir (kept, 0700), ==, 0);
  g_assert_false (put (fixture, fixture->first, &error));
  g_assert_cmpint (error->domain, ==, TPT_STORE_ERROR);
  check (fixture, "zebra", 3);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "/store/kept-record/turns", test_turns },
    { "/store/kept-record/organization", test_organization },
    { "/store/kept-record/foreign", test_foreign },
    { "/store/kept-record/no-room", test_no_room },
  };

  tpt_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);

  return g_test_run ();
}
