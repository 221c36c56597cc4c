/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-database-key.h"

#include "tpt-config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/random.h>

#include "tpt-secret.h"
#include "tpt-services.h"

typedef struct
{
  gboolean may_make;
  GBytes *key;
} Get;

static void
get_free (Get *get)
{
  g_clear_pointer (&get->key, g_bytes_unref);
  g_free (get);
}

static void
free_key (gpointer key)
{
  explicit_bzero (key, TPT_STORE_KEY_BYTES);
  g_free (key);
}

static GBytes *
take_key (guchar *key)
{
  return g_bytes_new_with_free_func (key, TPT_STORE_KEY_BYTES, free_key, key);
}

static GBytes *
make_key (void)
{
  guchar *key = g_malloc (TPT_STORE_KEY_BYTES);

  if (getrandom (key, TPT_STORE_KEY_BYTES, 0) != TPT_STORE_KEY_BYTES)
    g_error ("The system has no random numbers: %s", g_strerror (errno));

  return take_key (key);
}

/* Returns: (nullable): %NULL where @text is no key */
static GBytes *
read_key (const char *text)
{
  gsize length;
  guchar *key = g_base64_decode (text, &length);

  if (length == TPT_STORE_KEY_BYTES)
    return take_key (key);
  g_free (key);

  return NULL;
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Get *get = g_task_get_task_data (task);
  GError *error = NULL;

  if (tpt_token_store_save_finish (TPT_TOKEN_STORE (source), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&get->key), (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
return_missing (GTask *task)
{
  g_task_return_new_error (task, TPT_SERVICES_ERROR, TPT_SERVICES_ERROR_KEY_MISSING, "%s",
                           _ ("The keyring has no key for the data on this computer. Restore the "
                              "keyring, or start anew (“touchpointctl connect --start-anew”): the "
                              "old data is then put aside, and the meetings are fetched again "
                              "from Calendly."));
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Get *get = g_task_get_task_data (task);
  GError *error = NULL;
  char *text = NULL;

  if (!tpt_token_store_lookup_finish (TPT_TOKEN_STORE (source), result, &text, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (text != NULL)
    get->key = read_key (text);
  tpt_secret_free (text);
  if (get->key != NULL)
    {
      g_task_return_pointer (task, g_steal_pointer (&get->key), (GDestroyNotify) g_bytes_unref);
      return;
    }
  if (!get->may_make)
    {
      return_missing (task);
      return;
    }

  get->key = make_key ();
  text = g_base64_encode (g_bytes_get_data (get->key, NULL), TPT_STORE_KEY_BYTES);
  tpt_token_store_save_async (TPT_TOKEN_STORE (source), TPT_SECRET_DATABASE_KEY, text,
                              g_task_get_cancellable (task), saved_cb, g_object_ref (task));
  tpt_secret_free (text);
}

/**
 * tpt_database_key_get_async:
 * @may_make: whether there is no database that another key would lock out for good
 *
 * Errors are of %TPT_ACCOUNT_ERROR, or %TPT_SERVICES_ERROR_KEY_MISSING.
 */
void
tpt_database_key_get_async (TptTokenStore       *secrets,
                            gboolean             may_make,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task = g_task_new (secrets, cancellable, callback, user_data);
  Get *get = g_new0 (Get, 1);

  get->may_make = may_make;
  g_task_set_source_tag (task, tpt_database_key_get_async);
  g_task_set_task_data (task, get, (GDestroyNotify) get_free);
  tpt_token_store_lookup_async (secrets, TPT_SECRET_DATABASE_KEY, cancellable, looked_up_cb,
                                task);
}

/* Returns: (transfer full) */
GBytes *
tpt_database_key_get_finish (GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
