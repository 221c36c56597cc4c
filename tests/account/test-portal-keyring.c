/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-account-error.h"
#include "tpt-portal-keyring.h"
#include "tpt-test.h"

/* libsecret's file is the same as inside Flatpak; its variables for tests name the file and what
 * the portal would answer. */
#define APPLICATION "io.github.touchpoint_desk.Test"
#define PROCESSES   6
#define ROUNDS      5

static const char *program;
static char *path;

static void
check_secret (TptTokenStore *store,
              TptSecretKind  kind,
              const char    *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *secret = NULL;

  g_assert_true (tpt_token_store_lookup (store, kind, &secret, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, expected);
}

static void
save (TptTokenStore *store,
      TptSecretKind  kind,
      const char    *secret)
{
  g_autoptr (GError) error = NULL;

  tpt_token_store_save (store, kind, secret, NULL, &error);
  g_assert_no_error (error);
}

/* What another process does: saves a secret, again and again. */
static int
run_child (const char *application,
           const char *secret)
{
  g_autoptr (TptTokenStore) store = tpt_portal_keyring_new (application);

  for (guint i = 0; i < ROUNDS; i++)
    save (store, TPT_SECRET_TOKENS, secret);

  return 0;
}

static GSubprocess *
start_child (const char *application,
             const char *secret)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *child = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, "--child",
                                         application, secret, NULL);

  g_assert_no_error (error);

  return child;
}

static void
end_child (GSubprocess *child)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_check (child, NULL, &error);
  g_assert_no_error (error);
  g_object_unref (child);
}

static void
test_round_trip (void)
{
  g_autoptr (TptTokenStore) store = tpt_portal_keyring_new (APPLICATION);
  g_autoptr (TptTokenStore) other = tpt_portal_keyring_new ("org.example.Other");
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize length;

  check_secret (store, TPT_SECRET_TOKENS, NULL);
  save (store, TPT_SECRET_TOKENS, "one “Ω”");
  save (store, TPT_SECRET_RELAY, "relay");
  check_secret (store, TPT_SECRET_TOKENS, "one “Ω”");
  check_secret (store, TPT_SECRET_DATABASE_KEY, NULL);
  check_secret (other, TPT_SECRET_TOKENS, NULL);
  save (store, TPT_SECRET_TOKENS, "two");
  check_secret (store, TPT_SECRET_TOKENS, "two");

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_null (g_strstr_len (contents, (gssize) length, "relay"));

  g_assert_true (tpt_token_store_clear (store, TPT_SECRET_TOKENS, NULL, &error));
  check_secret (store, TPT_SECRET_TOKENS, NULL);
  g_assert_true (tpt_token_store_clear (store, TPT_SECRET_TOKENS, NULL, &error));
  check_secret (store, TPT_SECRET_RELAY, "relay");
}

/* A token that another process has renewed is seen, and what is saved here does not undo it. */
static void
test_other_process (void)
{
  g_autoptr (TptTokenStore) store = tpt_portal_keyring_new (APPLICATION);

  save (store, TPT_SECRET_TOKENS, "old");
  end_child (start_child (APPLICATION, "new"));
  check_secret (store, TPT_SECRET_TOKENS, "new");
  end_child (start_child (APPLICATION, "newer"));
  save (store, TPT_SECRET_RELAY, "relay");
  check_secret (store, TPT_SECRET_TOKENS, "newer");
}

/* All write the one file at the same time, and nothing gets lost. */
static void
test_processes (void)
{
  GSubprocess *children[PROCESSES];

  for (guint i = 0; i < PROCESSES; i++)
    {
      g_autofree char *name = g_strdup_printf ("org.example.App%u", i);

      children[i] = start_child (name, name);
    }
  for (guint i = 0; i < PROCESSES; i++)
    end_child (children[i]);
  for (guint i = 0; i < PROCESSES; i++)
    {
      g_autofree char *name = g_strdup_printf ("org.example.App%u", i);
      g_autoptr (TptTokenStore) store = tpt_portal_keyring_new (name);

      check_secret (store, TPT_SECRET_TOKENS, name);
    }
}

/* A file that cannot be read must not look like one without secrets, and is left as it is. */
static void
test_broken (void)
{
  g_autoptr (TptTokenStore) store = tpt_portal_keyring_new (APPLICATION);
  g_autoptr (GError) on_lookup = NULL;
  g_autoptr (GError) on_save = NULL;
  g_autofree char *secret = NULL;
  g_autofree char *contents = NULL;

  g_assert_true (g_file_set_contents (path, "no keyring", -1, NULL));
  g_assert_false (
    tpt_token_store_lookup (store, TPT_SECRET_TOKENS, &secret, NULL, &on_lookup));
  g_assert_error (on_lookup, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_REFUSED);
  g_assert_false (tpt_token_store_save (store, TPT_SECRET_TOKENS, "x", NULL, &on_save));
  g_assert_error (on_save, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_REFUSED);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "no keyring");
}

static void
test_cancelled (void)
{
  g_autoptr (TptTokenStore) store = tpt_portal_keyring_new (APPLICATION);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *secret = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (
    tpt_token_store_lookup (store, TPT_SECRET_TOKENS, &secret, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *directory = NULL;
  int code;

  if (argc == 4 && g_str_equal (argv[1], "--child"))
    return run_child (argv[2], argv[3]);

  program = argv[0];
  tpt_test_init (&argc, &argv);
  directory = tpt_test_make_dir ();
  path = g_build_filename (directory, "default.keyring", NULL);
  g_setenv ("XDG_DATA_HOME", directory, TRUE);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "what the portal hands out", TRUE);
  g_test_add_func ("/account/portal-keyring/round-trip", test_round_trip);
  g_test_add_func ("/account/portal-keyring/other-process", test_other_process);
  g_test_add_func ("/account/portal-keyring/processes", test_processes);
  g_test_add_func ("/account/portal-keyring/broken", test_broken);
  g_test_add_func ("/account/portal-keyring/cancelled", test_cancelled);
  code = g_test_run ();
  tpt_test_remove_dir (directory);
  g_free (path);

  return code;
}
