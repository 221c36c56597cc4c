/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-database-key.h"

#include "tpt-config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/random.h>

#include "tpt-process-lock.h"
#include "tpt-secret.h"
#include "tpt-services.h"

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
set_missing (GError **error)
{
  g_set_error (error, TPT_SERVICES_ERROR, TPT_SERVICES_ERROR_KEY_MISSING, "%s",
               _ ("The keyring has no key for the data on this computer. Restore the "
                  "keyring, or start anew (“touchpointctl connect --start-anew”): the "
                  "old data is then put aside, and the meetings are fetched again "
                  "from Calendly."));
}

static gboolean
save_key (TptTokenStore  *secrets,
          GBytes         *key,
          GCancellable   *cancellable,
          GError        **error)
{
  char *text = g_base64_encode (g_bytes_get_data (key, NULL), TPT_STORE_KEY_BYTES);
  gboolean saved =
    tpt_token_store_save (secrets, TPT_SECRET_DATABASE_KEY, text, cancellable, error);

  tpt_secret_free (text);

  return saved;
}

/* @key: (out): NULL where there is none, or what is there is no key */
static gboolean
look_up (TptTokenStore  *secrets,
         GBytes        **key,
         GCancellable   *cancellable,
         GError        **error)
{
  char *text = NULL;

  if (!tpt_token_store_lookup (secrets, TPT_SECRET_DATABASE_KEY, &text, cancellable, error))
    return FALSE;
  if (text != NULL)
    *key = read_key (text);
  tpt_secret_free (text);

  return TRUE;
}

/* Another process may have found none at the same time: who comes second takes the key of the
 * first, with which the database is sealed by now. */
static GBytes *
make_first (TptTokenStore  *secrets,
            const char     *lock_path,
            GCancellable   *cancellable,
            GError        **error)
{
  int lock = lock_path != NULL ? tpt_process_lock_take (lock_path, cancellable, error) : -1;
  g_autoptr (GBytes) key = NULL;
  gboolean is_there;

  if (lock_path != NULL && lock < 0)
    return NULL;
  is_there = look_up (secrets, &key, cancellable, error);
  if (is_there && key == NULL)
    {
      key = make_key ();
      is_there = save_key (secrets, key, cancellable, error);
    }
  if (lock >= 0)
    tpt_process_lock_release (lock);

  return is_there ? g_steal_pointer (&key) : NULL;
}

/**
 * tpt_database_key_get:
 * @lock_path: (nullable): by what processes that make a key know of each other; %NULL: @secrets
 *   are of this one alone
 * @may_make: whether there is no record that another key would lock out for good
 *
 * May wait for a person: not for the main thread. Errors are of %TPT_ACCOUNT_ERROR, or
 * %TPT_SERVICES_ERROR_KEY_MISSING.
 *
 * Returns: (transfer full)
 */
GBytes *
tpt_database_key_get (TptTokenStore  *secrets,
                      const char     *lock_path,
                      gboolean        may_make,
                      GCancellable   *cancellable,
                      GError        **error)
{
  GBytes *key = NULL;

  if (!look_up (secrets, &key, cancellable, error) || key != NULL)
    return key;
  if (may_make)
    return make_first (secrets, lock_path, cancellable, error);
  set_missing (error);

  return NULL;
}
