/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdlib.h>

#include "tpt-grant-keeper.h"
#include "tpt-keyring.h"

/* `grant-worker APPLICATION ADDRESS LOCK` asks for a token as any process does, and says which it
 * got, or why none. */
int
main (int    argc,
      char **argv)
{
  g_autoptr (TptTokenStore) store = NULL;
  g_autoptr (TptClock) clock = NULL;
  g_autoptr (TptGrantKeeper) keeper = NULL;
  g_autoptr (TptGrant) grant = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (argc, ==, 4);
  store = tpt_keyring_new (argv[1]);
  clock = tpt_clock_new ();
  keeper = tpt_grant_keeper_new (store, argv[2], argv[3], clock);
  grant = tpt_grant_keeper_get (keeper, NULL, NULL, &error);
  g_print ("%s", grant != NULL ? grant->access_token : error->message);

  return grant != NULL ? EXIT_SUCCESS : EXIT_FAILURE;
}
