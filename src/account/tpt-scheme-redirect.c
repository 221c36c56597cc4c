/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-scheme-redirect.h"

#include "tpt-account-error.h"
#include "tpt-config.h"
#include "tpt-portal-keyring.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_ADDRESS 4096

struct _TptSchemeRedirect
{
  TptRedirect parent_instance;
};

G_DEFINE_FINAL_TYPE (TptSchemeRedirect, tpt_scheme_redirect, TPT_TYPE_REDIRECT)

/* Any program may name itself for the scheme, and the code would go to that one. It could not use
 * it without the verifier, but the sign-in would not come to its end here. */
static gboolean
check_handler (GError **error)
{
  g_autoptr (GAppInfo) handler = NULL;
  const char *name;

  /* What the host opens with what cannot be seen from inside. */
  if (tpt_portal_keyring_is_needed ())
    return TRUE;

  handler = g_app_info_get_default_for_uri_scheme (TPT_SCHEME);
  if (handler != NULL && g_strcmp0 (g_app_info_get_id (handler), TPT_APP_ID ".desktop") == 0)
    return TRUE;
  name = handler != NULL ? g_app_info_get_name (handler) : NULL;
  if (name != NULL)
    g_set_error (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_PORT,
                 _ ("Addresses that begin with “touchpoint:” are opened with %s here, so the "
                    "browser cannot come back. Make Touchpoint the program for them, or choose "
                    "another way in the preferences."),
                 name);
  else
    g_set_error_literal (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_PORT,
                         _ ("Nothing opens addresses that begin with “touchpoint:” here, so the "
                            "browser cannot come back. Touchpoint has to be installed for that; "
                            "or choose another way in the preferences."));

  return FALSE;
}

static void
scheme_start_async (TptRedirect         *redirect,
                    const char          *state,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (redirect, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, scheme_start_async);
  if (check_handler (&error))
    g_task_return_pointer (task, g_strdup (TPT_SCHEME_REDIRECT_URI), g_free);
  else
    g_task_return_error (task, error);
}

static void
tpt_scheme_redirect_class_init (TptSchemeRedirectClass *klass)
{
  TPT_REDIRECT_CLASS (klass)->start_async = scheme_start_async;
}

static void
tpt_scheme_redirect_init (TptSchemeRedirect *self)
{
}

TptRedirect *
tpt_scheme_redirect_new (void)
{
  return g_object_new (TPT_TYPE_SCHEME_REDIRECT, NULL);
}

/**
 * tpt_scheme_redirect_take:
 * @address: from anybody: every program, and every web page that a person says yes to, may open one
 *
 * Returns: whether it was the one right answer; anything else changes nothing
 */
gboolean
tpt_scheme_redirect_take (TptSchemeRedirect *self,
                          const char        *address)
{
  TptRedirect *redirect = TPT_REDIRECT (self);

  g_return_val_if_fail (TPT_IS_SCHEME_REDIRECT (self), FALSE);
  g_return_val_if_fail (address != NULL, FALSE);

  if (strlen (address) > MAX_ADDRESS || !g_utf8_validate (address, -1, NULL)
      || !g_str_has_prefix (address, TPT_SCHEME_REDIRECT_URI "?")
      || tpt_redirect_judge (redirect, address + strlen (TPT_SCHEME_REDIRECT_URI "?"))
             != TPT_REDIRECT_RIGHT)
    return FALSE;
  tpt_redirect_settle (redirect);

  return TRUE;
}
