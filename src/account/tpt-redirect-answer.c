/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-redirect-answer.h"

#include "tpt-account-error.h"
#include "tpt-config.h"
#include "tpt-secret.h"
#include "tpt-text.h"

#include <glib/gi18n-lib.h>

#define MAX_QUERY 4096
#define MAX_TEXT  200

/* Form encoding has a plus for a space. */
static char *
decode (const char *text)
{
  char *spaced = g_strdelimit (g_strdup (text), "+", ' ');
  char *value = g_uri_unescape_string (spaced, NULL);

  tpt_secret_free (spaced);
  if (value != NULL && g_utf8_validate (value, -1, NULL))
    return value;
  tpt_secret_free (value);

  return NULL;
}

static char **
find_field (TptRedirectAnswer *self,
            const char        *name)
{
  if (g_str_equal (name, "state"))
    return &self->state;
  if (g_str_equal (name, "code"))
    return &self->code;
  if (g_str_equal (name, "error"))
    return &self->error;
  if (g_str_equal (name, "error_description"))
    return &self->description;

  return NULL;
}

/* FALSE for a pair that is malformed or there already; names that are not known are ignored. */
static gboolean
take_pair (TptRedirectAnswer *self,
           char              *pair)
{
  char *equals = strchr (pair, '=');
  char **field;

  if (equals == NULL)
    return TRUE;
  *equals = '\0';
  field = find_field (self, pair);
  if (field == NULL)
    return TRUE;
  if (*field != NULL)
    return FALSE;
  *field = decode (equals + 1);

  return *field != NULL;
}

/* Takes the parts of a query; the code is in one of them. */
static gboolean
take_pairs (TptRedirectAnswer *self,
            char             **pairs)
{
  gboolean good = TRUE;

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      gsize length = strlen (pairs[i]);

      good = good && take_pair (self, pairs[i]);
      explicit_bzero (pairs[i], length);
    }
  g_strfreev (pairs);

  return good;
}

static void
shorten (char **text)
{
  char *whole = *text;

  *text = whole != NULL ? tpt_text_cut (whole, MAX_TEXT) : NULL;
  g_free (whole);
}

/**
 * tpt_redirect_answer_parse:
 * @query: (nullable): still encoded
 *
 * Returns: (transfer full) (nullable): the answer; %NULL when the query is too long, malformed,
 *   or has a parameter twice
 */
TptRedirectAnswer *
tpt_redirect_answer_parse (const char *query)
{
  g_autoptr (TptRedirectAnswer) self = g_new0 (TptRedirectAnswer, 1);

  if (query == NULL || strlen (query) > MAX_QUERY
      || !take_pairs (self, g_strsplit (query, "&", -1)))
    return NULL;
  shorten (&self->error);
  shorten (&self->description);

  return g_steal_pointer (&self);
}

/**
 * tpt_redirect_answer_to_error:
 *
 * (returns: transfer full, nullable) what an answer without a code means
 */
GError *
tpt_redirect_answer_to_error (const TptRedirectAnswer *self)
{
  if (self->error == NULL)
    return NULL;
  if (g_str_equal (self->error, "access_denied"))
    return g_error_new_literal (
        TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_DENIED,
        _ ("Access was not allowed in the browser, so nothing was connected"));

  return g_error_new (TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_EXCHANGE,
                      _ ("Calendly refuses the sign-in: %s"),
                      self->description != NULL ? self->description : self->error);
}

void
tpt_redirect_answer_free (TptRedirectAnswer *self)
{
  if (self == NULL)
    return;
  tpt_secret_free (self->state);
  tpt_secret_free (self->code);
  g_free (self->error);
  g_free (self->description);
  g_free (self);
}
