/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <locale.h>

#include "tpt-account-error.h"
#include "tpt-test.h"
#include "tpt-token-endpoint.h"

/* token-probe ADDRESS CERTIFICATES: one refresh, for tests that are not written in C. Prints a
 * line: "fine", "offline" or "unavailable", a space, and what is told. */

static const char *
name_outcome (const GError *error)
{
  if (error == NULL)
    return "fine";
  if (g_error_matches (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_OFFLINE))
    return "offline";
  g_assert_error (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_UNAVAILABLE);

  return "unavailable";
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GTlsDatabase) trust = NULL;
  g_autoptr (TptGrant) grant = NULL;
  g_autoptr (TptGrant) fresh = NULL;
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  if (argc != 3)
    return 2;
  trust = g_tls_file_database_new (argv[2], &error);
  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), trust);
  grant = g_new0 (TptGrant, 1);
  grant->refresh_token = g_strdup ("refresh-1");
  grant->client_id = g_strdup ("client");
  grant->scopes = g_new0 (char *, 1);
  fresh = tpt_token_endpoint_refresh (argv[1], grant, 0, NULL, &error);
  g_assert_true ((fresh != NULL) == (error == NULL));
  g_print ("%s %s\n", name_outcome (error), error != NULL ? error->message : "");

  return 0;
}
