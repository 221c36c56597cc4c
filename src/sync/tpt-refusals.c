/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-refusals.h"

#include "tpt-api-error.h"

/* What is refused right after it was made may come with the next beat; what has been refused for
 * long will not come soon. */
#define FIRST_PAUSE (30 * TPT_SECOND)
#define LAST_PAUSE (6 * TPT_HOUR)

struct _TptRefusals
{
  TptUser *account;        /* NULL before the first refusal */
  GHashTable *refused;     /* what → Refusal */
};

typedef struct
{
  TptTime version;
  TptTime at;
  TptTime pause;
} Refusal;

TptRefusals *
tpt_refusals_new (void)
{
  TptRefusals *self = g_new0 (TptRefusals, 1);

  self->refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
tpt_refusals_free (TptRefusals *self)
{
  g_clear_object (&self->account);
  g_hash_table_unref (self->refused);
  g_free (self);
}

/* What is no refusal may be answered at any time. */
static gboolean
is_refusal (const GError *error)
{
  static const TptApiError codes[] = {
    TPT_API_ERROR_SCOPE,     TPT_API_ERROR_PLAN,    TPT_API_ERROR_PERMISSION,
    TPT_API_ERROR_NOT_FOUND, TPT_API_ERROR_INVALID,
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      if (g_error_matches (error, TPT_API_ERROR, (int) codes[i]))
        return TRUE;
    }

  return FALSE;
}

/**
 * tpt_refusals_note:
 * @what: was asked for
 * @version: of what was asked for; another one was not refused
 * @error: what came of it; what is no refusal is forgotten
 */
void
tpt_refusals_note (TptRefusals  *self,
                   TptUser      *account,
                   const char   *what,
                   TptTime       version,
                   TptTime       now,
                   const GError *error)
{
  Refusal *refusal;

  if (!is_refusal (error))
    {
      tpt_refusals_forget (self, what);
      return;
    }
  if (g_set_object (&self->account, account))
    g_hash_table_remove_all (self->refused);
  refusal = g_hash_table_lookup (self->refused, what);
  if (refusal == NULL || refusal->version != version)
    {
      refusal = g_new0 (Refusal, 1);
      refusal->version = version;
      g_hash_table_replace (self->refused, g_strdup (what), refusal);
    }
  refusal->at = now;
  refusal->pause = CLAMP (2 * refusal->pause, FIRST_PAUSE, LAST_PAUSE);
}

void
tpt_refusals_forget (TptRefusals *self,
                     const char  *what)
{
  g_hash_table_remove (self->refused, what);
}

/* Whether @what would be asked for in vain at @now, as far as can be told. */
gboolean
tpt_refusals_stands (TptRefusals *self,
                     TptUser     *account,
                     const char  *what,
                     TptTime      version,
                     TptTime      now)
{
  const Refusal *refusal = g_hash_table_lookup (self->refused, what);

  return refusal != NULL && self->account == account && refusal->version == version
         && refusal->at <= now && now - refusal->at < refusal->pause;
}
