/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-account-error.h"
#include "tpt-auth-fixture.h"
#include "tpt-keyring.h"
#include "tpt-keyring-fixture.h"
#include "tpt-secret.h"

#define APPLICATION "io.github.touchpoint_desk.Test"
#define PROCESSES   8
static TptKeyringFixture *session;

static char *
lookup (TptTokenStore  *store,
        TptSecretKind   kind,
        GError        **error)
{
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  char *secret = NULL;

  tpt_token_store_lookup_async (store, kind, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_token_store_lookup_finish (store, result, &secret, error);

  return secret;
}

static gboolean
save (TptTokenStore  *store,
      TptSecretKind   kind,
      const char     *secret,
      GError        **error)
{
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  tpt_token_store_save_async (store, kind, secret, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);

  return tpt_token_store_save_finish (store, result, error);
}

static gboolean
clear (TptTokenStore  *store,
       TptSecretKind   kind,
       GError        **error)
{
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  tpt_token_store_clear_async (store, kind, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);

  return tpt_token_store_clear_finish (store, result, error);
}

static void
check_secret (TptTokenStore *store,
              TptSecretKind  kind,
              const char    *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *secret = lookup (store, kind, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, expected);
}

/* There is a bus and nobody on it: said so, and nothing is kept in another place. */
static void
test_absent (void)
{
  g_autoptr (TptTokenStore) store = tpt_keyring_new (APPLICATION);
  g_autoptr (GError) on_lookup = NULL;
  g_autoptr (GError) on_save = NULL;
  g_autoptr (GError) on_clear = NULL;

  g_assert_null (lookup (store, TPT_SECRET_TOKENS, &on_lookup));
  g_assert_error (on_lookup, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_NO_KEYRING);
  g_assert_true (tpt_account_error_is_keyring (on_lookup));
  g_assert_false (save (store, TPT_SECRET_TOKENS, "x", &on_save));
  g_assert_error (on_save, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_NO_KEYRING);
  g_assert_false (clear (store, TPT_SECRET_TOKENS, &on_clear));
  g_assert_error (on_clear, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_NO_KEYRING);
}

static void
test_round_trip (void)
{
  g_autoptr (TptTokenStore) store = tpt_keyring_new (APPLICATION);
  g_autoptr (TptTokenStore) other = tpt_keyring_new ("org.example.Other");
  g_autoptr (GError) error = NULL;
  g_autofree char *huge = g_strnfill (20000, 'k');

  tpt_keyring_fixture_start_daemon (session);
  check_secret (store, TPT_SECRET_TOKENS, NULL);
  g_assert_true (save (store, TPT_SECRET_TOKENS, "one “Ω”", &error));
  g_assert_no_error (error);
  g_assert_true (save (store, TPT_SECRET_RELAY, huge, &error));
  check_secret (store, TPT_SECRET_TOKENS, "one “Ω”");
  check_secret (store, TPT_SECRET_RELAY, huge);
  check_secret (store, TPT_SECRET_DATABASE_KEY, NULL);
  check_secret (other, TPT_SECRET_TOKENS, NULL);
  g_assert_true (save (store, TPT_SECRET_TOKENS, "two", &error));
  check_secret (store, TPT_SECRET_TOKENS, "two");

  g_assert_true (clear (store, TPT_SECRET_TOKENS, &error));
  check_secret (store, TPT_SECRET_TOKENS, NULL);
  g_assert_true (clear (store, TPT_SECRET_TOKENS, &error));
  check_secret (store, TPT_SECRET_RELAY, huge);
}

/* Killed and back: what was stored is there, and so is the way to it. */
static void
test_restart (void)
{
  g_autoptr (TptTokenStore) store = tpt_keyring_new (APPLICATION);
  g_autoptr (GError) error = NULL;

  g_assert_true (save (store, TPT_SECRET_TOKENS, "kept", &error));
  g_assert_no_error (error);
  tpt_keyring_fixture_kill_daemon (session);
  g_assert_null (lookup (store, TPT_SECRET_TOKENS, &error));
  g_assert_error (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_NO_KEYRING);
  tpt_keyring_fixture_start_daemon (session);
  check_secret (store, TPT_SECRET_TOKENS, "kept");
}

/* A window of its own asks for a password; here nobody can. That there is a secret must not look
 * like there being none. */
static void
test_locked (void)
{
  g_autoptr (TptTokenStore) store = tpt_keyring_new (APPLICATION);
  g_autoptr (GError) on_lookup = NULL;
  g_autoptr (GError) on_save = NULL;

  tpt_keyring_set_patience (TPT_KEYRING (store), 500);
  tpt_keyring_fixture_lock (session);
  g_assert_null (lookup (store, TPT_SECRET_TOKENS, &on_lookup));
  g_assert_error (on_lookup, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_LOCKED);
  g_assert_false (save (store, TPT_SECRET_TOKENS, "x", &on_save));
  g_assert_error (on_save, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_LOCKED);
}

/* Signed in without a password, as by a finger: nobody has opened the keyring since the session
 * began, and of what is in it the service tells less than later. A secret that seems to be missing
 * would have the record put aside that it opens. */
static void
test_never_opened (void)
{
  g_autoptr (TptTokenStore) store = tpt_keyring_new (APPLICATION);
  g_autoptr (GError) error = NULL;

  tpt_keyring_set_patience (TPT_KEYRING (store), 500);
  tpt_keyring_fixture_kill_daemon (session);
  tpt_keyring_fixture_start_locked (session);
  g_assert_null (lookup (store, TPT_SECRET_TOKENS, &error));
  g_assert_error (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_LOCKED);
  /* What follows waits for nobody, and a busy machine answers when it can. */
  tpt_keyring_set_patience (TPT_KEYRING (store), 60 * 1000);
  g_assert_true (tpt_token_store_is_locked (store, TPT_SECRET_TOKENS, NULL));
  tpt_keyring_fixture_unlock (session);
  check_secret (store, TPT_SECRET_TOKENS, "kept");
}

static void
ignore_call (GDBusConnection       *connection,
             const char            *sender,
             const char            *path,
             const char            *interface,
             const char            *method,
             GVariant              *parameters,
             GDBusMethodInvocation *invocation,
             gpointer               user_data)
{
  g_ptr_array_add (user_data, invocation);
}

/* The prompter is there and never answers: the waiting has an end, and can be ended. */
static void
test_silent_prompt (void)
{
  static const GDBusInterfaceVTable vtable = { .method_call = ignore_call };
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (
    "<node><interface name='org.gnome.keyring.internal.Prompter'><method name='BeginPrompting'>"
    "<arg type='o' direction='in'/></method></interface></node>", NULL);
  g_autoptr (GDBusConnection) connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (TptTokenStore) store = tpt_keyring_new (APPLICATION);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) late = NULL;
  g_autoptr (GError) cancelled = NULL;
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  char *secret = NULL;
  guint object = g_dbus_connection_register_object (
      connection, "/org/gnome/keyring/Prompter", info->interfaces[0], &vtable, calls, NULL, NULL);
  guint name = g_bus_own_name_on_connection (connection, "org.gnome.keyring.SystemPrompter", 0,
                                             NULL, NULL, NULL, NULL);

  tpt_keyring_set_patience (TPT_KEYRING (store), 300);
  g_assert_null (lookup (store, TPT_SECRET_TOKENS, &late));
  g_assert_error (late, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_LOCKED);
  g_assert_cmpuint (calls->len, ==, 1);

  tpt_keyring_set_patience (TPT_KEYRING (store), 60 * 1000);
  tpt_token_store_lookup_async (store, TPT_SECRET_TOKENS, cancellable, tpt_test_result_cb,
                                &waiting);
  g_cancellable_cancel (cancellable);
  result = tpt_test_await (&waiting);
  g_assert_false (tpt_token_store_lookup_finish (store, result, &secret, &cancelled));
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_bus_unown_name (name);
  g_dbus_connection_unregister_object (connection, object);
}

/* One grant, eight processes, one request; everybody has the new token. */
static void
test_processes (void)
{
  g_autoptr (TptTokenStore) store = tpt_keyring_new (APPLICATION);
  TptAuthFixture *auth = tpt_auth_fixture_new ();
  g_autofree char *lock_path = g_build_filename (session->directory, "tokens.lock", NULL);
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "account", "grant-worker", NULL);
  GSubprocess *children[PROCESSES];
  TptTestResult waiting[PROCESSES] = { { NULL } };
  g_autoptr (GError) error = NULL;
  g_autoptr (TptGrant) grant = NULL;
  g_autofree char *text = NULL;

  tpt_keyring_fixture_kill_daemon (session);
  tpt_keyring_fixture_start_daemon (session);
  auth->number = 1;
  grant = tpt_auth_fixture_make_grant (auth, g_get_real_time ());
  text = tpt_grant_to_string (grant);
  save (store, TPT_SECRET_TOKENS, text, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < PROCESSES; i++)
    {
      children[i] = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program,
                                      APPLICATION, auth->address, lock_path, NULL);
      g_assert_no_error (error);
      g_subprocess_communicate_utf8_async (children[i], NULL, NULL, tpt_test_result_cb,
                                           &waiting[i]);
    }
  for (guint i = 0; i < PROCESSES; i++)
    {
      g_autoptr (GAsyncResult) result = tpt_test_await (&waiting[i]);
      g_autofree char *output = NULL;

      g_assert_true (
          g_subprocess_communicate_utf8_finish (children[i], result, &output, NULL, &error));
      g_assert_cmpstr (output, ==, "access-2");
      g_object_unref (children[i]);
    }
  g_assert_cmpuint (auth->forms->len, ==, 1);
  tpt_auth_fixture_free (auth);
}

int
main (int    argc,
      char **argv)
{
  int code;

  tpt_test_init (&argc, &argv);
  session = tpt_keyring_fixture_new ();
  g_test_add_func ("/account/keyring/absent", test_absent);
  g_test_add_func ("/account/keyring/round-trip", test_round_trip);
  g_test_add_func ("/account/keyring/restart", test_restart);
  g_test_add_func ("/account/keyring/never-opened", test_never_opened);
  g_test_add_func ("/account/keyring/locked", test_locked);
  g_test_add_func ("/account/keyring/silent-prompt", test_silent_prompt);
  g_test_add_func ("/account/keyring/processes", test_processes);
  code = g_test_run ();
  tpt_keyring_fixture_free (session);

  return code;
}
