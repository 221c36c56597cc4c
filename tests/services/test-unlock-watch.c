/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-account-error.h"
#include "tpt-memory-token-store.h"
#include "tpt-test.h"
#include "tpt-unlock-watch.h"

#define PAUSE_MS 10

/* Long enough for several looks. */
#define A_WHILE_MS 200

static void
count_cb (guint *count)
{
  (*count)++;
}

static gboolean
set_true_cb (gpointer flag)
{
  *(gboolean *) flag = TRUE;

  return G_SOURCE_REMOVE;
}

static void
wait_a_while (void)
{
  gboolean passed = FALSE;

  g_timeout_add (A_WHILE_MS, set_true_cb, &passed);
  tpt_test_await_bool (&passed);
}

static void
set_locked (TptTokenStore *secrets,
            gboolean       locked)
{
  g_autoptr (GError) error =
    g_error_new_literal (TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_LOCKED, "Locked");

  tpt_memory_token_store_set_failure (TPT_MEMORY_TOKEN_STORE (secrets), locked ? error : NULL,
                                      FALSE);
}

static gboolean
was_told (gpointer count)
{
  return *(guint *) count > 0;
}

/* Told once, and nobody was asked for anything. */
static void
test_told (void)
{
  g_autoptr (TptTokenStore) secrets = tpt_memory_token_store_new ();
  g_autoptr (TptUnlockWatch) watch = NULL;
  guint count = 0;

  set_locked (secrets, TRUE);
  watch = tpt_unlock_watch_new (secrets, PAUSE_MS);
  g_signal_connect_swapped (watch, "unlocked", G_CALLBACK (count_cb), &count);
  wait_a_while ();
  g_assert_cmpuint (count, ==, 0);
  set_locked (secrets, FALSE);
  tpt_test_await_func (was_told, &count);
  wait_a_while ();
  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpuint (tpt_memory_token_store_get_refusals (TPT_MEMORY_TOKEN_STORE (secrets)), ==, 0);
}

/* A keyring that does not tell is not tried again and again, which would ask each time. */
static void
test_untold (void)
{
  g_autoptr (TptTokenStore) secrets = tpt_memory_token_store_new ();
  g_autoptr (TptUnlockWatch) open = tpt_unlock_watch_new (secrets, PAUSE_MS);
  g_autoptr (TptUnlockWatch) stopped = NULL;
  guint count = 0;

  g_signal_connect_swapped (open, "unlocked", G_CALLBACK (count_cb), &count);
  wait_a_while ();
  set_locked (secrets, TRUE);
  stopped = tpt_unlock_watch_new (secrets, PAUSE_MS);
  g_signal_connect_swapped (stopped, "unlocked", G_CALLBACK (count_cb), &count);
  wait_a_while ();
  tpt_unlock_watch_stop (stopped);
  set_locked (secrets, FALSE);
  wait_a_while ();
  g_assert_cmpuint (count, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/services/unlock-watch/told", test_told);
  g_test_add_func ("/services/unlock-watch/untold", test_untold);

  return g_test_run ();
}
