/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "tpt-account-error.h"
#include "tpt-config.h"
#include "tpt-scheme-redirect.h"
#include "tpt-secret.h"
#include "tpt-test.h"

#define STATE "the-state-of-this-flow"

/* GIO notices on a thread of its own that the files have changed. */
static gboolean
is_handler (gpointer user_data)
{
  g_autoptr (GAppInfo) handler = g_app_info_get_default_for_uri_scheme ("touchpoint");

  return handler != NULL && g_strcmp0 (g_app_info_get_id (handler), user_data) == 0;
}

/* Makes @id what opens the scheme, in the directories that each test has for itself. */
static void
set_handler (const char *id)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "applications", NULL);
  g_autofree char *path = g_strdup_printf ("%s/%s", folder, id);
  g_autofree char *list = g_build_filename (g_get_user_config_dir (), "mimeapps.list", NULL);
  g_autofree char *text =
    g_strdup_printf ("[Default Applications]\nx-scheme-handler/touchpoint=%s\n", id);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (g_get_user_config_dir (), 0700), ==, 0);
  g_file_set_contents (path,
                       "[Desktop Entry]\nType=Application\nName=Somebody\nExec=/bin/true %u\n"
                       "MimeType=x-scheme-handler/touchpoint;\n",
                       -1, &error);
  g_assert_no_error (error);
  g_file_set_contents (list, text, -1, &error);
  g_assert_no_error (error);
  tpt_test_await_func (is_handler, (gpointer) id);
}

static char *
start (TptRedirect  *redirect,
       GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_redirect_start_async (redirect, STATE, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);

  return tpt_redirect_start_finish (redirect, result, error);
}

static gboolean
take (TptRedirect *redirect,
      const char  *address)
{
  return tpt_scheme_redirect_take (TPT_SCHEME_REDIRECT (redirect), address);
}

/* Only when this program is what opens the scheme does the browser set out. */
static void
test_scheme_handler (void)
{
  g_autoptr (TptRedirect) theirs = tpt_scheme_redirect_new ();
  g_autoptr (TptRedirect) ours = tpt_scheme_redirect_new ();
  g_autofree char *uri = NULL;
  g_autoptr (GError) other = NULL;
  g_autoptr (GError) error = NULL;

  set_handler ("somebody.desktop");
  g_assert_null (start (theirs, &other));
  g_assert_error (other, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_PORT);
  g_assert_nonnull (strstr (other->message, "Somebody"));
  g_assert_false (take (theirs, TPT_SCHEME_REDIRECT_URI "?code=c&state=" STATE));

  set_handler (TPT_APP_ID ".desktop");
  uri = start (ours, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (uri, ==, "touchpoint:/oauth/callback");
}

/* Anybody may have an address opened: only the right one counts, and that once. */
static void
test_scheme_strangers (void)
{
  g_autoptr (TptRedirect) redirect = tpt_scheme_redirect_new ();
  g_autofree char *huge = g_strnfill (1024 * 1024, 'x');
  g_autofree char *long_one =
    g_strconcat (TPT_SCHEME_REDIRECT_URI "?code=c&state=" STATE "&x=", huge, NULL);
  const char *strangers[] = {
    "", "touchpoint:", TPT_SCHEME_REDIRECT_URI, TPT_SCHEME_REDIRECT_URI "?",
    TPT_SCHEME_REDIRECT_URI "?code=c", TPT_SCHEME_REDIRECT_URI "?state=" STATE,
    TPT_SCHEME_REDIRECT_URI "?code=c&state=wrong",
    TPT_SCHEME_REDIRECT_URI "?error=access_denied&state=wrong",
    TPT_SCHEME_REDIRECT_URI "?code=c&code=d&state=" STATE,
    TPT_SCHEME_REDIRECT_URI "?code=c&error=e&state=" STATE,
    TPT_SCHEME_REDIRECT_URI "?code=\xff\xfe&state=" STATE,
    TPT_SCHEME_REDIRECT_URI "?code=%ff&state=" STATE,
    "touchpoint:/oauth/other?code=c&state=" STATE, "https://x/oauth/callback?code=c&state=" STATE,
    long_one,
  };
  g_autofree char *uri = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  char *code;

  set_handler (TPT_APP_ID ".desktop");
  g_assert_false (take (redirect, TPT_SCHEME_REDIRECT_URI "?code=c&state=" STATE));
  uri = start (redirect, &error);
  g_assert_no_error (error);
  tpt_redirect_wait_async (redirect, NULL, tpt_test_result_cb, &waiting);
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    g_assert_false (take (redirect, strangers[i]));
  g_assert_null (waiting.result);

  g_assert_true (take (redirect, TPT_SCHEME_REDIRECT_URI "?code=c0de&state=" STATE));
  g_assert_false (take (redirect, TPT_SCHEME_REDIRECT_URI "?code=other&state=" STATE));
  result = tpt_test_await (&waiting);
  code = tpt_redirect_wait_finish (redirect, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (code, ==, "c0de");
  tpt_secret_free (code);
}

static void
test_scheme_end (gconstpointer address)
{
  g_autoptr (TptRedirect) redirect = tpt_scheme_redirect_new ();
  g_autofree char *uri = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) end = NULL;
  TptTestResult waiting = { NULL };

  set_handler (TPT_APP_ID ".desktop");
  uri = start (redirect, &error);
  g_assert_no_error (error);
  tpt_redirect_wait_async (redirect, NULL, tpt_test_result_cb, &waiting);
  if (address != NULL)
    g_assert_true (take (redirect, address));
  else
    tpt_redirect_stop (redirect);
  result = tpt_test_await (&waiting);
  g_assert_null (tpt_redirect_wait_finish (redirect, result, &end));
  if (address != NULL)
    g_assert_error (end, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_DENIED);
  else
    g_assert_error (end, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (take (redirect, TPT_SCHEME_REDIRECT_URI "?code=c&state=" STATE));
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/account/scheme/handler", test_scheme_handler);
  g_test_add_func ("/account/scheme/strangers", test_scheme_strangers);
  g_test_add_data_func ("/account/scheme/denied",
                        TPT_SCHEME_REDIRECT_URI "?error=access_denied&state=" STATE,
                        test_scheme_end);
  g_test_add_data_func ("/account/scheme/stopped", NULL, test_scheme_end);

  return g_test_run ();
}
