/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-account-error.h"
#include "tpt-auth-fixture.h"
#include "tpt-grant.h"
#include "tpt-keyring.h"
#include "tpt-keyring-fixture.h"
#include "tpt-secret.h"

#include <signal.h>

#define APPLICATION "io.github.touchpoint_desk.Test"
#define TICK_MS     5
#define TICKS       20

/* Somebody whose token has run out, and whose new one is to go into a real keyring. */
typedef struct
{
  TptAuthFixture *auth;
  TptTokenStore *store;
  TptClock *clock;
  TptTokenRefresh *refresh;
  guint ticks;             /* of the main loop */
  guint ticker;
} Fixture;

static TptKeyringFixture *session;

static gboolean
tick_cb (gpointer user_data)
{
  ((Fixture *) user_data)->ticks++;

  return G_SOURCE_CONTINUE;
}

/* As each process has one. */
static TptTokenRefresh *
make_refresh (Fixture *fixture)
{
  g_autofree char *lock_path = g_build_filename (session->directory, "faults.lock", NULL);

  return tpt_token_refresh_new (fixture->store, fixture->auth->address, lock_path, fixture->clock);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TptGrant) grant = NULL;
  g_autofree char *text = NULL;

  tpt_keyring_fixture_start_daemon (session);
  fixture->auth = tpt_auth_fixture_new ();
  fixture->auth->number = 1;
  fixture->store = tpt_keyring_new (APPLICATION);
  tpt_keyring_set_patience (TPT_KEYRING (fixture->store), 500);
  fixture->clock = tpt_clock_new ();
  fixture->refresh = make_refresh (fixture);
  grant = tpt_auth_fixture_make_grant (fixture->auth, tpt_clock_now (fixture->clock));
  text = tpt_grant_to_string (grant);
  tpt_token_store_clear (fixture->store, TPT_SECRET_TOKENS, NULL, &error);
  g_assert_no_error (error);
  tpt_token_store_save (fixture->store, TPT_SECRET_TOKENS, text, NULL, &error);
  g_assert_no_error (error);
  fixture->ticker = g_timeout_add (TICK_MS, tick_cb, fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_source_remove (fixture->ticker);
  g_object_unref (fixture->refresh);
  g_object_unref (fixture->clock);
  g_object_unref (fixture->store);
  tpt_auth_fixture_free (fixture->auth);
  tpt_keyring_fixture_kill_daemon (session);
}

static void
check_error (Fixture         *fixture,
             TptAccountError  code,
             guint            requests)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tpt_auth_fixture_await (fixture->refresh, NULL, &error));
  g_assert_error (error, TPT_ACCOUNT_ERROR, (int) code);
  g_assert_cmpuint (fixture->auth->forms->len, ==, requests);
}

static void
check_token (Fixture    *fixture,
             const char *expected,
             guint       requests)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = tpt_auth_fixture_await (fixture->refresh, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (token, ==, expected);
  g_assert_cmpuint (fixture->auth->forms->len, ==, requests);
}

/* What is in the keyring, as another process finds it. */
static void
check_kept (const char *expected)
{
  g_autoptr (TptTokenStore) other = tpt_keyring_new (APPLICATION);
  g_autoptr (TptGrant) grant = NULL;
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  tpt_token_store_lookup (other, TPT_SECRET_TOKENS, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (text);
  grant = tpt_grant_parse (text, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (grant->refresh_token, ==, expected);
  tpt_secret_free (text);
}

/* K-3: a refresh whose result could not be kept is not begun. */
static void
test_locked_before (Fixture       *fixture,
                    gconstpointer  user_data)
{
  tpt_keyring_fixture_lock (session);
  check_error (fixture, TPT_ACCOUNT_ERROR_LOCKED, 0);
  tpt_keyring_fixture_unlock (session);
  check_token (fixture, "access-2", 1);
  check_kept ("refresh-2");
}

static gboolean
check_quietly (Fixture  *fixture,
               GError  **error)
{
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  tpt_token_refresh_check_async (fixture->refresh, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);

  return tpt_token_refresh_check_finish (fixture->refresh, result, error);
}

/* K-2: whether it has been opened meanwhile can be found out without asking anybody. */
static void
test_locked_still (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  tpt_keyring_fixture_lock (session);
  g_assert_true (check_quietly (fixture, NULL));
  check_error (fixture, TPT_ACCOUNT_ERROR_LOCKED, 0);
  g_assert_false (check_quietly (fixture, &error));
  g_assert_error (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_LOCKED);
  tpt_keyring_fixture_unlock (session);
  g_assert_true (check_quietly (fixture, NULL));
  check_token (fixture, "access-2", 1);
}

static void
lock_cb (void)
{
  tpt_keyring_fixture_lock (session);
}

/* K-3: locked while the service answers: the new pair, whose like cannot be had again, is held
 * and goes into the keyring as soon as that is open. Until then nothing more is asked for. */
static void
test_locked_between (Fixture       *fixture,
                     gconstpointer  user_data)
{
  fixture->auth->before_answer = lock_cb;
  check_error (fixture, TPT_ACCOUNT_ERROR_LOCKED, 1);
  check_error (fixture, TPT_ACCOUNT_ERROR_LOCKED, 1);
  tpt_keyring_fixture_unlock (session);
  check_kept ("refresh-1");
  check_token (fixture, "access-2", 1);
  check_kept ("refresh-2");
  check_token (fixture, "access-2", 1);
}

/* K-3: another process meanwhile finds the old pair used up, and says that the sign-in has ended;
 * whoever holds the new one puts that right. */
static void
test_locked_and_ended (Fixture       *fixture,
                       gconstpointer  user_data)
{
  g_autoptr (TptTokenRefresh) holder = NULL;

  fixture->auth->before_answer = lock_cb;
  check_error (fixture, TPT_ACCOUNT_ERROR_LOCKED, 1);
  tpt_keyring_fixture_unlock (session);
  holder = g_steal_pointer (&fixture->refresh);
  fixture->refresh = make_refresh (fixture);
  check_error (fixture, TPT_ACCOUNT_ERROR_INVALID_GRANT, 2);

  g_object_unref (fixture->refresh);
  fixture->refresh = g_steal_pointer (&holder);
  check_token (fixture, "access-2", 2);
  check_kept ("refresh-2");
}

/* K-4: the user deletes the item, or writes something else into it: nobody is asked for a token. */
static void
test_changed_by_user (Fixture       *fixture,
                      gconstpointer  user_data)
{
  g_autoptr (TptTokenStore) user = tpt_keyring_new (APPLICATION);
  g_autoptr (GError) error = NULL;

  tpt_token_store_save (user, TPT_SECRET_TOKENS, "remember the milk", NULL, &error);
  g_assert_no_error (error);
  check_error (fixture, TPT_ACCOUNT_ERROR_BROKEN, 0);
  tpt_token_store_clear (user, TPT_SECRET_TOKENS, NULL, &error);
  g_assert_no_error (error);
  check_error (fixture, TPT_ACCOUNT_ERROR_NOT_SIGNED_IN, 0);
}

static gboolean
is_later (gpointer user_data)
{
  return g_get_real_time () / G_USEC_PER_SEC > *(gint64 *) user_data;
}

/* The service keeps times in seconds: what happens from now on is newer than what has happened. */
static void
pass_a_second (void)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  tpt_test_await_func (is_later, &now);
}

/* K-4: two items match, as after keyrings were merged: the newest counts, also after the next
 * refresh, and an end of the sign-in is the end of both. */
static void
test_two_items (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autoptr (TptGrant) grant = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  char *left = NULL;

  fixture->auth->number = 5;
  grant = tpt_auth_fixture_make_grant (fixture->auth, tpt_clock_now (fixture->clock));
  text = tpt_grant_to_string (grant);
  pass_a_second ();
  tpt_keyring_fixture_add_item (session, APPLICATION, "tokens", text);
  check_kept ("refresh-5");
  pass_a_second ();
  check_token (fixture, "access-6", 1);
  check_kept ("refresh-6");

  tpt_token_store_clear (fixture->store, TPT_SECRET_TOKENS, NULL, &error);
  g_assert_no_error (error);
  tpt_token_store_lookup (fixture->store, TPT_SECRET_TOKENS, &left, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (left);
}

static gboolean
has_ticked (gpointer user_data)
{
  return ((Fixture *) user_data)->ticks >= TICKS;
}

/* While somebody waits for a keyring that does not answer, the main loop goes round. */
static void
begin_and_tick (Fixture       *fixture,
                TptTestResult *waiting)
{
  fixture->ticks = 0;
  tpt_token_refresh_get_async (fixture->refresh, NULL, NULL, tpt_test_result_cb, waiting);
  tpt_test_await_func (has_ticked, fixture);
  g_assert_null (waiting->result);
}

/* K-5: as slow as can be, and then killed in the middle of a call. Back again, all is well. */
static void
test_killed (Fixture       *fixture,
             gconstpointer  user_data)
{
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (TptGrant) grant = NULL;
  g_autoptr (GError) error = NULL;

  tpt_keyring_set_patience (TPT_KEYRING (fixture->store), 60 * 1000);
  tpt_keyring_fixture_hold_daemon (session);
  begin_and_tick (fixture, &waiting);
  tpt_keyring_fixture_kill_daemon (session);
  result = tpt_test_await (&waiting);
  grant = tpt_token_refresh_get_finish (fixture->refresh, result, &error);
  g_assert_null (grant);
  g_assert_error (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_NO_KEYRING);
  g_assert_cmpuint (fixture->auth->forms->len, ==, 0);

  tpt_keyring_fixture_start_daemon (session);
  check_token (fixture, "access-2", 1);
  check_kept ("refresh-2");
}

/* K-5: slow, but it answers in the end; and one that does not is given up. */
static void
test_slow (Fixture       *fixture,
           gconstpointer  user_data)
{
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (TptGrant) grant = NULL;
  g_autoptr (GError) error = NULL;

  tpt_keyring_fixture_hold_daemon (session);
  check_error (fixture, TPT_ACCOUNT_ERROR_LOCKED, 0);
  tpt_keyring_set_patience (TPT_KEYRING (fixture->store), 60 * 1000);
  begin_and_tick (fixture, &waiting);
  g_subprocess_send_signal (session->daemon, SIGCONT);
  result = tpt_test_await (&waiting);
  grant = tpt_token_refresh_get_finish (fixture->refresh, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (grant->access_token, ==, "access-2");
  g_assert_cmpuint (fixture->auth->forms->len, ==, 1);
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
    { "/account/keyring-faults/locked-before", test_locked_before },
    { "/account/keyring-faults/locked-still", test_locked_still },
    { "/account/keyring-faults/locked-between", test_locked_between },
    { "/account/keyring-faults/locked-and-ended", test_locked_and_ended },
    { "/account/keyring-faults/changed-by-user", test_changed_by_user },
    { "/account/keyring-faults/two-items", test_two_items },
    { "/account/keyring-faults/killed", test_killed },
    { "/account/keyring-faults/slow", test_slow },
  };
  int code;

  tpt_test_init (&argc, &argv);
  session = tpt_keyring_fixture_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  code = g_test_run ();
  tpt_keyring_fixture_free (session);

  return code;
}
