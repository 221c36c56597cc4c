/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-account-error.h"
#include "tpt-auth-fixture.h"
#include "tpt-keyring.h"
#include "tpt-keyring-fixture.h"

#define APPLICATION "io.github.touchpoint_desk.Test"

/* How long after its start, or after its request, a process is killed at the latest. */
#define LATEST_KILL_MS 40
#define LATEST_LOSS_MS 12

typedef struct
{
  TptKeyringFixture *session;
  TptAuthFixture *auth;
  TptTokenStore *store;
  char *lock_path;
  guint ended;             /* how often the sign-in was over afterwards */
} Fixture;

/* Of this run, which is one of several. */
static int kills = 20;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->session = tpt_keyring_fixture_new ();
  tpt_keyring_fixture_start_daemon (fixture->session);
  fixture->auth = tpt_auth_fixture_new ();
  fixture->store = tpt_keyring_new (APPLICATION);
  fixture->lock_path = g_build_filename (fixture->session->directory, "lock", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_object_unref (fixture->store);
  tpt_auth_fixture_free (fixture->auth);
  tpt_keyring_fixture_free (fixture->session);
  g_free (fixture->lock_path);
}

static void
store_expired (Fixture *fixture)
{
  g_autoptr (TptGrant) grant =
    tpt_auth_fixture_make_grant (fixture->auth, g_get_real_time ());
  g_autofree char *text = tpt_grant_to_string (grant);
  g_autoptr (GError) error = NULL;

  tpt_token_store_save (fixture->store, TPT_SECRET_TOKENS, text, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
kill_cb (gpointer user_data)
{
  g_subprocess_force_exit (user_data);

  return G_SOURCE_REMOVE;
}

static gboolean
has_refreshed (gpointer user_data)
{
  TptAuthFixture *auth = user_data;

  return auth->refreshes > auth->seen;
}

/* A process that refreshes, and is killed at some moment of that: in half of the cases between the
 * use of the old token and the storing of the new one. */
static void
kill_one (Fixture  *fixture,
          gboolean  is_late)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "account", "grant-worker", NULL);
  int latest = is_late ? LATEST_LOSS_MS : LATEST_KILL_MS;
  g_autoptr (GSource) timer = g_timeout_source_new ((guint) g_test_rand_int_range (0, latest));
  g_autoptr (GSubprocess) worker = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  fixture->auth->seen = fixture->auth->refreshes;
  worker = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, APPLICATION,
                             fixture->auth->address, fixture->lock_path, NULL);
  g_assert_no_error (error);
  if (is_late)
    tpt_test_await_func (has_refreshed, fixture->auth);
  g_source_set_callback (timer, kill_cb, worker, NULL);
  g_source_attach (timer, NULL);
  g_subprocess_wait_async (worker, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_source_destroy (timer);
}

/* What the next process finds that wants a token: one that the service accepts, or that the sign-in
 * has ended. Returns: whether there is one */
static gboolean
ask_again (Fixture *fixture)
{
  g_autoptr (TptTokenStore) store = tpt_keyring_new (APPLICATION);
  g_autoptr (TptClock) clock = tpt_clock_new ();
  g_autoptr (TptTokenRefresh) refresh =
    tpt_token_refresh_new (store, fixture->auth->address, fixture->lock_path, clock);
  g_autofree char *newest = NULL;
  g_autofree char *token = NULL;
  g_autoptr (GError) error = NULL;

  token = tpt_auth_fixture_await (refresh, NULL, &error);
  newest = g_strdup_printf ("access-%u", fixture->auth->number);
  if (token != NULL)
    g_assert_cmpstr (token, ==, newest);
  else
    g_assert_error (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_INVALID_GRANT);

  return token != NULL;
}

/* K-7: killed at any moment of a refresh: afterwards there are tokens that the service accepts, or
 * the sign-in has ended, and nobody asks for it any more. */
static void
test_kills (Fixture       *fixture,
            gconstpointer  user_data)
{
  guint forms;
  gboolean is_well;

  for (int i = 0; i < kills; i++)
    {
      fixture->auth->number++;
      store_expired (fixture);
      forms = fixture->auth->forms->len;
      kill_one (fixture, i % 2 == 1);
      is_well = ask_again (fixture);
      g_assert_cmpuint (fixture->auth->forms->len - forms, <=, 2);
      fixture->ended += !is_well;

      forms = fixture->auth->forms->len;
      g_assert_true (ask_again (fixture) == is_well);
      g_assert_cmpuint (fixture->auth->forms->len, ==, forms);
    }
  g_test_message ("%d kills, %u of them with the end of the sign-in", kills, fixture->ended);
  /* Between the use of a token and the storing of the next one there is no way out. */
  g_assert_cmpuint (fixture->ended, >, 0);
  g_assert_cmpuint (fixture->ended, <, (guint) kills);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  if (argc > 1)
    kills = atoi (argv[1]);
  g_test_add ("/account/keyring-kills", Fixture, NULL, set_up, test_kills, tear_down);

  return g_test_run ();
}
