/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-scopes.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *scope;
  const char *feature;
} features[] = {
  { "users:read", N_ ("knowing whose account it is") },
  { "organizations:read", N_ ("your plan and role") },
  { "event_types:read", N_ ("event types") },
  { "scheduled_events:read", N_ ("meetings") },
  { "scheduling_links:write", N_ ("single-use links") },
  { "webhooks:write", N_ ("instant updates through a relay") },
};

/* Not asked for, but what a request may be refused for all the same. */
static const struct
{
  const char *scope;
  const char *feature;
} extras[] = {
  { "scheduled_events:write", N_ ("canceling meetings and marking no-shows") },
  { "event_types:write", N_ ("editing event types") },
  { "availability:read", N_ ("free times") },
  { "webhooks:read", N_ ("instant updates through a relay") },
  { "contacts:read", N_ ("people from Calendly’s contacts") },
  { "meeting_recaps:read", N_ ("Calendly’s recaps of meetings") },
};

/* The least that everything here needs; invitees and no-shows belong to scheduled_events. */
const char *const *
tpt_scopes_get_needed (void)
{
  static const char *needed[G_N_ELEMENTS (features) + 1];

  for (gsize i = 0; i < G_N_ELEMENTS (features); i++)
    needed[i] = features[i].scope;

  return needed;
}

/**
 * tpt_scopes_grant:
 * @granted: (nullable): %NULL where nobody said, as with a personal token
 *
 * `x:write` includes `x:read`; "default" is what sign-ins from before March 2026 have, and means
 * everything (release notes of 2026-03-03).
 */
gboolean
tpt_scopes_grant (const char *const *granted,
                  const char        *scope)
{
  g_autofree char *write = NULL;

  if (granted == NULL || granted[0] == NULL)
    return TRUE;
  if (g_strv_contains (granted, scope) || g_strv_contains (granted, "default"))
    return TRUE;
  if (!g_str_has_suffix (scope, ":read"))
    return FALSE;
  write = g_strdup_printf ("%.*s:write", (int) (strlen (scope) - strlen (":read")), scope);

  return g_strv_contains (granted, write);
}

/* Returns: (transfer full): those needed that were not granted */
GStrv
tpt_scopes_get_missing (const char *const *granted)
{
  g_autoptr (GStrvBuilder) missing = g_strv_builder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (features); i++)
    {
      if (!tpt_scopes_grant (granted, features[i].scope))
        g_strv_builder_add (missing, features[i].scope);
    }

  return g_strv_builder_end (missing);
}

/* Returns: (nullable): what does not work without @scope, for a sentence: “Missing for: …” */
const char *
tpt_scopes_get_feature (const char *scope)
{
  for (gsize i = 0; i < G_N_ELEMENTS (features); i++)
    {
      if (g_strcmp0 (features[i].scope, scope) == 0)
        return _ (features[i].feature);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (extras); i++)
    {
      if (g_strcmp0 (extras[i].scope, scope) == 0)
        return _ (extras[i].feature);
    }

  return NULL;
}

/**
 * tpt_scopes_find:
 * @text: (nullable): words, some of which may be scopes: `noun:read` or `noun:write`
 *
 * Returns: (transfer full): the scopes among them
 */
GStrv
tpt_scopes_find (const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\b[a-z][a-z_]*:(?:read|write)\\b", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();

  g_regex_match (regex, text != NULL ? text : "", 0, &match);
  while (g_match_info_matches (match))
    {
      g_autofree char *scope = g_match_info_fetch (match, 0);

      g_strv_builder_add (found, scope);
      g_match_info_next (match, NULL);
    }

  return g_strv_builder_end (found);
}
