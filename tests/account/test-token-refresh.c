/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-account-error.h"
#include "tpt-auth-fixture.h"
#include "tpt-memory-token-store.h"
#include "tpt-secret.h"

#define NOW (1800000000 * TPT_SECOND)

static gint64 uptime;

static gint64
get_uptime (void)
{
  return uptime;
}

typedef struct
{
  TptAuthFixture *auth;
  TptTokenStore *store;
  TptClock *clock;
  TptTokenRefresh *refresh;
  char *directory;
} Fixture;

/* Somebody who signed in long ago: the stored token has @left to go. */
static void
set_up (Fixture *fixture,
        TptTime  left)
{
  g_autofree char *lock_path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (TptGrant) grant = NULL;

  uptime = TPT_HOUR;
  fixture->auth = tpt_auth_fixture_new ();
  fixture->auth->number = 1;
  fixture->store = tpt_memory_token_store_new ();
  fixture->clock = tpt_clock_new_frozen (NOW);
  fixture->directory = tpt_test_make_dir ();
  lock_path = g_build_filename (fixture->directory, "lock", NULL);
  fixture->refresh
      = tpt_token_refresh_new (fixture->store, fixture->auth->address, lock_path, fixture->clock);
  tpt_token_refresh_set_uptime (fixture->refresh, get_uptime);
  grant = tpt_auth_fixture_make_grant (fixture->auth, NOW + left);
  text = tpt_grant_to_string (grant);
  g_assert_true (tpt_token_store_save (fixture->store, TPT_SECRET_TOKENS, text, NULL, NULL));
}

static void
tear_down (Fixture *fixture)
{
  g_object_unref (fixture->refresh);
  g_object_unref (fixture->store);
  g_object_unref (fixture->clock);
  tpt_auth_fixture_free (fixture->auth);
  tpt_test_remove_dir (fixture->directory);
  g_free (fixture->directory);
}

static void
check_get (Fixture    *fixture,
           const char *rejected,
           const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = tpt_auth_fixture_await (fixture->refresh, rejected, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (token, ==, expected);
}

static void
check_error (Fixture         *fixture,
             const char      *rejected,
             TptAccountError  code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tpt_auth_fixture_await (fixture->refresh, rejected, &error));
  g_assert_error (error, TPT_ACCOUNT_ERROR, (int) code);
}

static TptGrant *
stored (Fixture *fixture)
{
  char *text = NULL;
  TptGrant *grant;

  g_assert_true (tpt_token_store_lookup (fixture->store, TPT_SECRET_TOKENS, &text, NULL, NULL));
  g_assert_nonnull (text);
  grant = tpt_grant_parse (text, NULL);
  g_assert_nonnull (grant);
  tpt_secret_free (text);

  return grant;
}

/* What is to be had at once, without asking anybody. */
static void
check_at_once (Fixture    *fixture,
               const char *expected)
{
  char *token = tpt_token_refresh_dup_token (fixture->refresh);

  g_assert_cmpstr (token, ==, expected);
  tpt_secret_free (token);
}

/* Six minutes are enough, four are not; and what came is stored. */
static void
test_early (void)
{
  Fixture fixture;
  g_autoptr (TptGrant) kept = NULL;

  set_up (&fixture, 6 * TPT_MINUTE);
  check_at_once (&fixture, NULL);
  check_get (&fixture, NULL, "access-1");
  check_at_once (&fixture, "access-1");
  g_assert_cmpuint (fixture.auth->forms->len, ==, 0);
  tpt_clock_set (fixture.clock, NOW + 2 * TPT_MINUTE);
  check_at_once (&fixture, NULL);
  check_get (&fixture, NULL, "access-2");
  check_at_once (&fixture, "access-2");
  g_assert_cmpuint (fixture.auth->refreshes, ==, 1);
  g_assert_cmpstr (tpt_auth_fixture_get_field (fixture.auth, 0, "client_id"), ==, "client");
  kept = stored (&fixture);
  g_assert_cmpstr (kept->refresh_token, ==, "refresh-2");
  g_assert_cmpstr (kept->owner, ==, "https://api.calendly.com/users/A");
  check_get (&fixture, NULL, "access-2");
  g_assert_cmpuint (fixture.auth->forms->len, ==, 1);
  tear_down (&fixture);
}

static void
test_rejected (void)
{
  Fixture fixture;

  set_up (&fixture, TPT_HOUR);
  check_get (&fixture, "access-1", "access-2");
  /* Said late by a request that had the old one: the new one will do. */
  check_get (&fixture, "access-1", "access-2");
  g_assert_cmpuint (fixture.auth->refreshes, ==, 1);
  tear_down (&fixture);
}

/* However many ask at the same time, one refresh answers them all. */
static void
test_crowd (void)
{
  Fixture fixture;
  TptTestResult waiting[16] = { { NULL } };

  set_up (&fixture, 0);
  for (guint i = 0; i < G_N_ELEMENTS (waiting); i++)
    tpt_token_refresh_get_async (fixture.refresh, i % 2 == 0 ? "access-1" : NULL, NULL,
                                 tpt_test_result_cb, &waiting[i]);
  for (guint i = 0; i < G_N_ELEMENTS (waiting); i++)
    {
      g_autoptr (GAsyncResult) result = tpt_test_await (&waiting[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (TptGrant) grant = tpt_token_refresh_get_finish (fixture.refresh, result, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (grant->access_token, ==, "access-2");
    }
  g_assert_cmpuint (fixture.auth->forms->len, ==, 1);
  tear_down (&fixture);
}

/* The end of a sign-in: said each time, asked for once, also by the next process. */
static void
test_invalid_grant (void)
{
  Fixture fixture;
  g_autoptr (TptGrant) kept = NULL;

  set_up (&fixture, 0);
  fixture.auth->number = 7;
  check_error (&fixture, NULL, TPT_ACCOUNT_ERROR_INVALID_GRANT);
  check_error (&fixture, NULL, TPT_ACCOUNT_ERROR_INVALID_GRANT);
  g_assert_cmpuint (fixture.auth->forms->len, ==, 1);
  kept = stored (&fixture);
  g_assert_null (kept->access_token);
  g_assert_null (kept->refresh_token);
  g_assert_cmpstr (kept->owner, ==, "https://api.calendly.com/users/A");
  tear_down (&fixture);
}

/* Five outcomes, and only the first two need a person; after the others the stored pair is as it
 * was. */
static void
test_outcomes (void)
{
  static const struct
  {
    guint status;
    const char *body;
    TptAccountError code;
    guint requests;
  } cases[] = {
    { 401, "{\"error\":\"invalid_grant\"}", TPT_ACCOUNT_ERROR_INVALID_GRANT, 1 },
    { 401, "{\"error\":\"invalid_client\"}", TPT_ACCOUNT_ERROR_INVALID_CLIENT, 1 },
    { 429, "{}", TPT_ACCOUNT_ERROR_RATE_LIMITED, 1 },
    { 503, "<html>", TPT_ACCOUNT_ERROR_UNAVAILABLE, 2 },
    { 200, "<html>", TPT_ACCOUNT_ERROR_UNAVAILABLE, 2 },
    { 200, "{\"access_token\":7}", TPT_ACCOUNT_ERROR_UNAVAILABLE, 2 },
    { 400, "{\"error\":\"invalid_request\",\"error_description\":\"no\"}",
      TPT_ACCOUNT_ERROR_EXCHANGE, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Fixture fixture;
      g_autoptr (TptGrant) kept = NULL;

      set_up (&fixture, 0);
      fixture.auth->fail_status = cases[i].status;
      fixture.auth->fail_body = cases[i].body;
      fixture.auth->fail_times = 9;
      check_error (&fixture, NULL, cases[i].code);
      g_assert_cmpuint (fixture.auth->forms->len, ==, cases[i].requests);
      kept = stored (&fixture);
      g_assert_cmpstr (kept->refresh_token, ==,
                       cases[i].code == TPT_ACCOUNT_ERROR_INVALID_GRANT ? NULL : "refresh-1");
      tear_down (&fixture);
    }
}

static void
test_offline (void)
{
  Fixture fixture;

  set_up (&fixture, 0);
  soup_server_disconnect (fixture.auth->server);
  check_error (&fixture, NULL, TPT_ACCOUNT_ERROR_OFFLINE);
  tear_down (&fixture);
}

/* The service renewed it and the answer got lost: once more, then it is known that the sign-in
 * has ended. */
static void
test_lost_answer (void)
{
  Fixture fixture;

  set_up (&fixture, 0);
  fixture.auth->lose_answer = TRUE;
  check_error (&fixture, NULL, TPT_ACCOUNT_ERROR_INVALID_GRANT);
  g_assert_cmpuint (fixture.auth->forms->len, ==, 2);
  tear_down (&fixture);
}

/* A keyring that can be read but not written: the refresh is not even begun. */
static void
test_unwritable (void)
{
  Fixture fixture;
  g_autoptr (GError) refusal
      = g_error_new_literal (TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_REFUSED, "Full");

  set_up (&fixture, 0);
  tpt_memory_token_store_set_failure (TPT_MEMORY_TOKEN_STORE (fixture.store), refusal, TRUE);
  check_error (&fixture, NULL, TPT_ACCOUNT_ERROR_REFUSED);
  g_assert_cmpuint (fixture.auth->forms->len, ==, 0);
  tpt_memory_token_store_set_failure (TPT_MEMORY_TOKEN_STORE (fixture.store), NULL, FALSE);
  check_get (&fixture, NULL, "access-2");
  tear_down (&fixture);
}

/* No more than two calls a minute, whatever happens, and the window passes. */
static void
test_cap (void)
{
  Fixture fixture;

  set_up (&fixture, TPT_HOUR);
  check_get (&fixture, "access-1", "access-2");
  check_get (&fixture, "access-2", "access-3");
  check_error (&fixture, "access-3", TPT_ACCOUNT_ERROR_RATE_LIMITED);
  g_assert_cmpuint (fixture.auth->forms->len, ==, 2);
  uptime += 61 * TPT_SECOND;
  check_get (&fixture, "access-3", "access-4");
  tear_down (&fixture);
}

/* Somebody sets the clock: a token that this process got itself is judged by a clock that nobody
 * sets. */
static void
test_clock_jump (void)
{
  Fixture fixture;

  set_up (&fixture, 0);
  check_get (&fixture, NULL, "access-2");
  tpt_clock_set (fixture.clock, NOW + 5 * 365 * TPT_DAY);
  check_get (&fixture, NULL, "access-2");
  tpt_clock_set (fixture.clock, 1);
  check_get (&fixture, NULL, "access-2");
  g_assert_cmpuint (fixture.auth->forms->len, ==, 1);
  uptime += 116 * TPT_MINUTE;
  tpt_clock_set (fixture.clock, NOW);
  check_get (&fixture, NULL, "access-3");
  tear_down (&fixture);
}

static void
test_personal (void)
{
  Fixture fixture;
  g_autoptr (TptGrant) grant = tpt_grant_new_personal ("pasted");
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  set_up (&fixture, TPT_HOUR);
  tpt_token_refresh_put_async (fixture.refresh, grant, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_assert_true (tpt_token_refresh_put_finish (fixture.refresh, result, &error));
  check_get (&fixture, NULL, "pasted");
  check_error (&fixture, "pasted", TPT_ACCOUNT_ERROR_INVALID_GRANT);
  g_assert_cmpuint (fixture.auth->forms->len, ==, 0);
  tear_down (&fixture);
}

static gboolean
remove_grant (Fixture *fixture)
{
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean revoked;

  tpt_token_refresh_remove_async (fixture->refresh, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_assert_true (tpt_token_refresh_remove_finish (fixture->refresh, result, &revoked, &error));
  g_assert_no_error (error);

  return revoked;
}

/* Forgotten in any case; revoked where the service can be reached. */
static void
test_remove (void)
{
  for (guint i = 0; i < 2; i++)
    {
      Fixture fixture;
      char *text = NULL;

      set_up (&fixture, TPT_HOUR);
      check_get (&fixture, NULL, "access-1");
      if (i == 1)
        soup_server_disconnect (fixture.auth->server);
      g_assert_true (remove_grant (&fixture) == (i == 0));
      if (i == 0)
        g_assert_cmpstr (tpt_auth_fixture_get_field (fixture.auth, 0, "token"), ==, "refresh-1");
      g_assert_true (tpt_token_store_lookup (fixture.store, TPT_SECRET_TOKENS, &text, NULL, NULL));
      g_assert_null (text);
      check_error (&fixture, NULL, TPT_ACCOUNT_ERROR_NOT_SIGNED_IN);
      g_assert_false (remove_grant (&fixture));
      tear_down (&fixture);
    }
}

static TptTokenStore *full;

static void
fill_cb (void)
{
  g_autoptr (GError) refusal
      = g_error_new_literal (TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_REFUSED, "Full");

  tpt_memory_token_store_set_failure (TPT_MEMORY_TOKEN_STORE (full), refusal, TRUE);
}

/* A pair that the keyring did not take is all the same the one to be revoked. */
static void
test_remove_unsaved (void)
{
  Fixture fixture;

  set_up (&fixture, 0);
  full = fixture.store;
  fixture.auth->before_answer = fill_cb;
  check_error (&fixture, NULL, TPT_ACCOUNT_ERROR_REFUSED);
  g_assert_true (remove_grant (&fixture));
  g_assert_cmpstr (tpt_auth_fixture_get_field (fixture.auth, 1, "token"), ==, "refresh-2");
  check_error (&fixture, NULL, TPT_ACCOUNT_ERROR_NOT_SIGNED_IN);
  tear_down (&fixture);
}

static TptTokenRefresh *asked;
static char *token_meanwhile;

static void
ask_cb (void)
{
  token_meanwhile = tpt_token_refresh_dup_token (asked);
}

/* The service may take a minute to end a sign-in. Who asks for the token meanwhile, on the main
 * thread, does not wait for that; here the service could not even answer before. */
static void
test_remove_meanwhile (void)
{
  Fixture fixture;

  set_up (&fixture, TPT_HOUR);
  check_get (&fixture, NULL, "access-1");
  asked = fixture.refresh;
  fixture.auth->before_answer = ask_cb;
  g_assert_true (remove_grant (&fixture));
  g_assert_cmpstr (token_meanwhile, ==, "access-1");
  g_clear_pointer (&token_meanwhile, tpt_secret_free);
  check_at_once (&fixture, NULL);
  tear_down (&fixture);
}

/* What the keyring says reaches who asked, whichever way it was asked. */
static void
test_keyring_refuses (void)
{
  Fixture fixture;
  g_autoptr (GError) refusal
      = g_error_new_literal (TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_LOCKED, "Locked");
  g_autoptr (TptGrant) grant = NULL;
  TptGrant *found = NULL;
  gboolean revoked = FALSE;
  TptTestResult waiting[3] = { { NULL } };
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GAsyncResult) put = NULL;
  g_autoptr (GAsyncResult) removed = NULL;
  g_autoptr (GError) on_read = NULL;
  g_autoptr (GError) on_put = NULL;
  g_autoptr (GError) on_remove = NULL;

  set_up (&fixture, TPT_HOUR);
  grant = stored (&fixture);
  tpt_memory_token_store_set_failure (TPT_MEMORY_TOKEN_STORE (fixture.store), refusal, FALSE);
  check_error (&fixture, NULL, TPT_ACCOUNT_ERROR_LOCKED);
  tpt_token_refresh_read_async (fixture.refresh, NULL, tpt_test_result_cb, &waiting[0]);
  read = tpt_test_await (&waiting[0]);
  g_assert_false (tpt_token_refresh_read_finish (fixture.refresh, read, &found, &on_read));
  g_assert_error (on_read, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_LOCKED);
  tpt_token_refresh_put_async (fixture.refresh, grant, NULL, tpt_test_result_cb, &waiting[1]);
  put = tpt_test_await (&waiting[1]);
  g_assert_false (tpt_token_refresh_put_finish (fixture.refresh, put, &on_put));
  g_assert_error (on_put, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_LOCKED);
  tpt_token_refresh_remove_async (fixture.refresh, NULL, tpt_test_result_cb, &waiting[2]);
  removed = tpt_test_await (&waiting[2]);
  g_assert_false (tpt_token_refresh_remove_finish (fixture.refresh, removed, &revoked, &on_remove));
  g_assert_error (on_remove, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_LOCKED);
  tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/account/token-refresh/early", test_early);
  g_test_add_func ("/account/token-refresh/rejected", test_rejected);
  g_test_add_func ("/account/token-refresh/crowd", test_crowd);
  g_test_add_func ("/account/token-refresh/invalid-grant", test_invalid_grant);
  g_test_add_func ("/account/token-refresh/outcomes", test_outcomes);
  g_test_add_func ("/account/token-refresh/offline", test_offline);
  g_test_add_func ("/account/token-refresh/lost-answer", test_lost_answer);
  g_test_add_func ("/account/token-refresh/unwritable", test_unwritable);
  g_test_add_func ("/account/token-refresh/cap", test_cap);
  g_test_add_func ("/account/token-refresh/clock-jump", test_clock_jump);
  g_test_add_func ("/account/token-refresh/personal", test_personal);
  g_test_add_func ("/account/token-refresh/remove", test_remove);
  g_test_add_func ("/account/token-refresh/remove-unsaved", test_remove_unsaved);
  g_test_add_func ("/account/token-refresh/remove-meanwhile", test_remove_meanwhile);
  g_test_add_func ("/account/token-refresh/keyring-refuses", test_keyring_refuses);

  return g_test_run ();
}
