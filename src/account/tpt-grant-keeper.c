/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-grant-keeper.h"

#include "tpt-account-error.h"
#include "tpt-config.h"
#include "tpt-process-lock.h"
#include "tpt-secret.h"
#include "tpt-token-endpoint.h"

#include <time.h>

#include <glib/gi18n-lib.h>

/* A token is renewed when it has less than this left. */
#define EARLY (5 * TPT_MINUTE)

/* The service allows eight a minute and user; nothing sensible needs more than two. */
#define MAX_CALLS    2
#define CALLS_WINDOW TPT_MINUTE

struct _TptGrantKeeper
{
  TptTokenStore *store;
  TptClock *clock;
  char *auth_url;
  char *lock_path;
  gint64 (*uptime) (void);

  GMutex turn;             /* held while the keyring and the service are asked, so for minutes */
  TptGrant *unsaved;       /* a pair that the keyring did not take; the one before is used up */
  gint64 calls[MAX_CALLS]; /* when the token endpoint was asked, newest first, on a clock that
                            * nobody sets */

  GMutex lock;             /* guards what is below, for the main thread may ask at any time */
  char *known_token;       /* got by this process … */
  gint64 known_until;      /* … and good until then, on the same clock */
};

/* Unlike the monotonic clock this one goes on while the machine sleeps. */
static gint64
boot_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);

  return (gint64) now.tv_sec * TPT_SECOND + now.tv_nsec / 1000;
}

static gboolean
save (TptGrantKeeper  *self,
      const TptGrant  *grant,
      GCancellable    *cancellable,
      GError         **error)
{
  char *text = tpt_grant_to_string (grant);
  gboolean saved = tpt_token_store_save (self->store, TPT_SECRET_TOKENS, text, cancellable, error);

  tpt_secret_free (text);

  return saved;
}

/* The stored grant, or the one that still has to be stored. Needs the process lock. */
static gboolean
read_stored (TptGrantKeeper  *self,
             TptGrant       **grant,
             GCancellable    *cancellable,
             GError         **error)
{
  char *text = NULL;

  *grant = NULL;
  if (self->unsaved != NULL)
    {
      if (!save (self, self->unsaved, cancellable, error))
        return FALSE;
      *grant = g_steal_pointer (&self->unsaved);
      return TRUE;
    }
  if (!tpt_token_store_lookup (self->store, TPT_SECRET_TOKENS, &text, cancellable, error))
    return FALSE;
  if (text == NULL)
    return TRUE;
  *grant = tpt_grant_parse (text, error);
  tpt_secret_free (text);

  return *grant != NULL;
}

static void
remember (TptGrantKeeper *self,
          const TptGrant *grant)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  g_clear_pointer (&self->known_token, tpt_secret_free);
  self->known_token = g_strdup (grant->access_token);
  self->known_until = self->uptime () + (grant->expires_at - tpt_clock_now (self->clock));
}

static void
forget (TptGrantKeeper *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  g_clear_pointer (&self->known_token, tpt_secret_free);
}

static gboolean
count_call (TptGrantKeeper  *self,
            GError         **error)
{
  gint64 now = self->uptime ();

  if (self->calls[MAX_CALLS - 1] != 0 && now - self->calls[MAX_CALLS - 1] < CALLS_WINDOW)
    {
      g_set_error_literal (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_RATE_LIMITED,
                           _("The sign-in was renewed twice within a minute; trying again later"));
      return FALSE;
    }
  memmove (self->calls + 1, self->calls, sizeof (gint64) * (MAX_CALLS - 1));
  self->calls[0] = now;

  return TRUE;
}

static TptGrant *
end (TptGrantKeeper  *self,
     TptGrant        *grant,
     GCancellable    *cancellable,
     GError         **error)
{
  /* Without its tokens nobody tries them again, not even after a restart. That it can't be written
   * changes nothing. A personal token stays: the service may accept it again, and asking costs
   * no token. */
  if (grant->kind == TPT_GRANT_OAUTH)
    {
      tpt_grant_end (grant);
      save (self, grant, cancellable, NULL);
    }
  g_set_error_literal (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_INVALID_GRANT,
                       _("The sign-in has ended; please sign in again"));

  return NULL;
}

/* Asks for a new pair. An answer that got lost may have used the token up or not: once more, then
 * it is known. */
static TptGrant *
renew (TptGrantKeeper  *self,
       TptGrant        *grant,
       GCancellable    *cancellable,
       GError         **error)
{
  g_autoptr (GError) local = NULL;
  TptGrant *fresh = NULL;

  if (!count_call (self, error))
    return NULL;
  fresh = tpt_token_endpoint_refresh (self->auth_url, grant, tpt_clock_now (self->clock),
                                      cancellable, &local);
  if (fresh == NULL && g_error_matches (local, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_UNAVAILABLE)
      && count_call (self, NULL))
    {
      g_clear_error (&local);
      fresh = tpt_token_endpoint_refresh (self->auth_url, grant, tpt_clock_now (self->clock),
                                          cancellable, &local);
    }
  if (fresh != NULL)
    return fresh;
  if (g_error_matches (local, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_INVALID_GRANT))
    return end (self, grant, cancellable, error);
  g_propagate_error (error, g_steal_pointer (&local));

  return NULL;
}

/* Needs the process lock. Takes @grant. */
static TptGrant *
refresh (TptGrantKeeper  *self,
         TptGrant        *grant,
         GCancellable    *cancellable,
         GError         **error)
{
  g_autoptr (TptGrant) old = grant;
  g_autoptr (TptGrant) fresh = NULL;

  if (old->kind == TPT_GRANT_PERSONAL || old->refresh_token == NULL)
    return end (self, old, cancellable, error);
  /* A pair that can't be stored would be the end of the sign-in: find that out before the old one
   * is used up. */
  if (!save (self, old, cancellable, error))
    return NULL;
  fresh = renew (self, old, cancellable, error);
  if (fresh == NULL)
    return NULL;
  remember (self, fresh);
  if (!save (self, fresh, NULL, error))
    {
      self->unsaved = g_steal_pointer (&fresh);
      return NULL;
    }

  return g_steal_pointer (&fresh);
}

TptGrantKeeper *
tpt_grant_keeper_new (TptTokenStore *store,
                      const char    *auth_url,
                      const char    *lock_path,
                      TptClock      *clock)
{
  TptGrantKeeper *self = g_new0 (TptGrantKeeper, 1);

  g_mutex_init (&self->turn);
  g_mutex_init (&self->lock);
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  self->auth_url = g_strdup (auth_url);
  self->lock_path = g_strdup (lock_path);
  self->uptime = boot_time;

  return self;
}

void
tpt_grant_keeper_free (TptGrantKeeper *self)
{
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_free (self->auth_url);
  g_free (self->lock_path);
  g_clear_pointer (&self->unsaved, tpt_grant_free);
  g_clear_pointer (&self->known_token, tpt_secret_free);
  g_mutex_clear (&self->turn);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/** tpt_grant_keeper_set_uptime: another clock than the machine's that nobody sets */
void
tpt_grant_keeper_set_uptime (TptGrantKeeper *self,
                             gint64        (*uptime) (void))
{
  self->uptime = uptime;
}

/**
 * tpt_grant_keeper_is_fresh:
 *
 * Returns: whether the token of @grant can be used for a while; at once, whatever else is going on
 */
gboolean
tpt_grant_keeper_is_fresh (TptGrantKeeper *self,
                           const TptGrant *grant)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  if (grant->access_token == NULL)
    return FALSE;
  if (grant->kind == TPT_GRANT_PERSONAL)
    return TRUE;
  if (tpt_secret_equal (grant->access_token, self->known_token))
    return self->uptime () < self->known_until - EARLY;

  return tpt_clock_now (self->clock) < grant->expires_at - EARLY;
}

/** tpt_grant_keeper_is_locked: whether the keyring would ask somebody for a password first */
gboolean
tpt_grant_keeper_is_locked (TptGrantKeeper *self,
                            GCancellable   *cancellable)
{
  return tpt_token_store_is_locked (self->store, TPT_SECRET_TOKENS, cancellable);
}

/**
 * tpt_grant_keeper_get:
 * @rejected: (nullable): a token that the service does not accept
 *
 * Returns: (transfer full) (nullable): a grant whose token is fresh and not @rejected, renewed
 *   where it has to be
 */
TptGrant *
tpt_grant_keeper_get (TptGrantKeeper  *self,
                      const char      *rejected,
                      GCancellable    *cancellable,
                      GError         **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->turn);
  g_autoptr (TptGrant) grant = NULL;
  TptGrant *result = NULL;
  int lock = tpt_process_lock_take (self->lock_path, cancellable, error);

  if (lock < 0)
    return NULL;
  /* Read with the lock held: another process may have renewed it while this one waited. */
  if (read_stored (self, &grant, cancellable, error))
    {
      if (grant == NULL)
        g_set_error_literal (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_NOT_SIGNED_IN,
                             _("Nobody is signed in"));
      else if (tpt_grant_keeper_is_fresh (self, grant)
               && !tpt_secret_equal (grant->access_token, rejected))
        result = g_steal_pointer (&grant);
      else
        result = refresh (self, g_steal_pointer (&grant), cancellable, error);
    }
  tpt_process_lock_release (lock);

  return result;
}

/** tpt_grant_keeper_read: what is stored, as it is; TRUE with %NULL in @grant where nothing is */
gboolean
tpt_grant_keeper_read (TptGrantKeeper  *self,
                       TptGrant       **grant,
                       GCancellable    *cancellable,
                       GError         **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->turn);
  gboolean done;
  int lock = tpt_process_lock_take (self->lock_path, cancellable, error);

  if (lock < 0)
    return FALSE;
  done = read_stored (self, grant, cancellable, error);
  tpt_process_lock_release (lock);

  return done;
}

/** tpt_grant_keeper_put: stores a new sign-in in place of what is there */
gboolean
tpt_grant_keeper_put (TptGrantKeeper  *self,
                      const TptGrant  *grant,
                      GCancellable    *cancellable,
                      GError         **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->turn);
  gboolean done;
  int lock = tpt_process_lock_take (self->lock_path, cancellable, error);

  if (lock < 0)
    return FALSE;
  done = save (self, grant, cancellable, error);
  if (done)
    {
      g_clear_pointer (&self->unsaved, tpt_grant_free);
      remember (self, grant);
    }
  tpt_process_lock_release (lock);

  return done;
}

/**
 * tpt_grant_keeper_remove:
 * @revoked: (out): whether the service has confirmed the end; a personal token only its owner can
 *   revoke
 *
 * Forgets the sign-in, whether the service can be reached or not.
 */
gboolean
tpt_grant_keeper_remove (TptGrantKeeper  *self,
                         gboolean        *revoked,
                         GCancellable    *cancellable,
                         GError         **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->turn);
  g_autoptr (TptGrant) grant = NULL;
  gboolean done;
  int lock = tpt_process_lock_take (self->lock_path, cancellable, error);

  *revoked = FALSE;
  if (lock < 0)
    return FALSE;
  /* What can't be read can't be revoked, but it can be removed. What can't be written can. */
  if (self->unsaved != NULL)
    grant = tpt_grant_copy (self->unsaved);
  else
    read_stored (self, &grant, cancellable, NULL);
  if (grant != NULL && grant->kind == TPT_GRANT_OAUTH && grant->access_token != NULL)
    *revoked = tpt_token_endpoint_revoke (self->auth_url, grant, cancellable, NULL);
  done = tpt_token_store_clear (self->store, TPT_SECRET_TOKENS, cancellable, error);
  if (done)
    {
      g_clear_pointer (&self->unsaved, tpt_grant_free);
      forget (self);
    }
  tpt_process_lock_release (lock);

  return done;
}
