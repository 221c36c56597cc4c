/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-opening.h"

#include "tpt-memory-token-store.h"
#include "tpt-test.h"

/* Returns: (transfer full) */
TptServices *
services_opening_open (const TptServicesOptions *options)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  TptServices *services;

  tpt_services_open_async (options, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  services = tpt_services_open_finish (result, &error);
  g_assert_no_error (error);

  return services;
}

/* The caller's reference stays. */
void
services_opening_close (TptServices *services)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_services_close_async (services, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_services_close_finish (services, result, &error);
  g_assert_no_error (error);
}

/* @tokens: (nullable): the sign-in. The key is always the same, so that the next program can read
 * what this one wrote. */
TptTokenStore *
services_opening_make_secrets (const char *tokens)
{
  TptTokenStore *secrets = tpt_memory_token_store_new ();
  g_autofree char *key = g_base64_encode ((const guchar *) "0123456789abcdef0123456789abcdef",
                                          TPT_STORE_KEY_BYTES);
  g_autoptr (GError) error = NULL;

  tpt_token_store_save (secrets, TPT_SECRET_DATABASE_KEY, key, NULL, &error);
  g_assert_no_error (error);
  if (tokens != NULL)
    tpt_token_store_save (secrets, TPT_SECRET_TOKENS, tokens, NULL, &error);
  g_assert_no_error (error);

  return secrets;
}
