/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-scheme-redirect.h"

#include "tpt-account-error.h"
#include "tpt-config.h"
#include "tpt-portal-keyring.h"
#include "tpt-redirect-answer.h"
#include "tpt-secret.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_ADDRESS 4096

struct _TptSchemeRedirect
{
  GObject parent_instance;

  char *state;
  GTask *task;             /* who waits */
  gboolean used;           /* the right answer was there */
  char *code;
  GError *error;
};

static void tpt_scheme_redirect_iface_init (TptRedirectInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TptSchemeRedirect, tpt_scheme_redirect, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TPT_TYPE_REDIRECT,
                                                      tpt_scheme_redirect_iface_init))

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

/* Hands the outcome over once there are both an outcome and somebody who waits for it. */
static void
settle (TptSchemeRedirect *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->task == NULL || (self->code == NULL && self->error == NULL))
    return;
  task = g_steal_pointer (&self->task);
  if (self->error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&self->code), (GDestroyNotify) tpt_secret_free);
}

static void
scheme_start_async (TptRedirect         *redirect,
                    const char          *state,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  TptSchemeRedirect *self = TPT_SCHEME_REDIRECT (redirect);
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (self->state == NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, scheme_start_async);
  if (!check_handler (&error))
    {
      g_task_return_error (task, error);
      return;
    }
  self->state = g_strdup (state);
  g_task_return_pointer (task, g_strdup (TPT_SCHEME_REDIRECT_URI), g_free);
}

static char *
scheme_start_finish (TptRedirect   *redirect,
                     GAsyncResult  *result,
                     GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
scheme_wait_async (TptRedirect         *redirect,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  TptSchemeRedirect *self = TPT_SCHEME_REDIRECT (redirect);

  g_return_if_fail (self->task == NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, scheme_wait_async);
  settle (self);
}

static char *
scheme_wait_finish (TptRedirect   *redirect,
                    GAsyncResult  *result,
                    GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
scheme_stop (TptRedirect *redirect)
{
  TptSchemeRedirect *self = TPT_SCHEME_REDIRECT (redirect);
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  self->used = TRUE;
  if (task != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stopped");
}

static void
tpt_scheme_redirect_finalize (GObject *object)
{
  TptSchemeRedirect *self = TPT_SCHEME_REDIRECT (object);

  tpt_secret_free (self->state);
  tpt_secret_free (self->code);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (tpt_scheme_redirect_parent_class)->finalize (object);
}

static void
tpt_scheme_redirect_iface_init (TptRedirectInterface *iface)
{
  iface->start_async = scheme_start_async;
  iface->start_finish = scheme_start_finish;
  iface->wait_async = scheme_wait_async;
  iface->wait_finish = scheme_wait_finish;
  iface->stop = scheme_stop;
}

static void
tpt_scheme_redirect_class_init (TptSchemeRedirectClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_scheme_redirect_finalize;
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
  g_autoptr (TptRedirectAnswer) parsed = NULL;

  g_return_val_if_fail (TPT_IS_SCHEME_REDIRECT (self), FALSE);
  g_return_val_if_fail (address != NULL, FALSE);

  if (self->used || self->state == NULL || strlen (address) > MAX_ADDRESS
      || !g_utf8_validate (address, -1, NULL)
      || !g_str_has_prefix (address, TPT_SCHEME_REDIRECT_URI "?"))
    return FALSE;
  parsed = tpt_redirect_answer_parse (address + strlen (TPT_SCHEME_REDIRECT_URI "?"));
  if (parsed == NULL || !tpt_secret_equal (parsed->state, self->state)
      || (parsed->code == NULL) == (parsed->error == NULL))
    return FALSE;

  /* From here on the state is spent, before anything is done with the code. */
  self->used = TRUE;
  self->code = g_steal_pointer (&parsed->code);
  self->error = tpt_redirect_answer_to_error (parsed);
  settle (self);

  return TRUE;
}
