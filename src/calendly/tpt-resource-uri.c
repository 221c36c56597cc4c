/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-resource-uri.h"

#include "tpt-api-error.h"
#include "tpt-text.h"

#define MAX_ID 64

/* The collections below which something of ours can stand, so that no other path can be made up
 * by an answer. */
static const char *const COLLECTIONS[] = {
  "users",    "organizations", "organization_memberships", "event_types", "scheduled_events",
  "invitees", "invitee_no_shows", "webhook_subscriptions",
  "meeting_recaps", NULL,
};

/* Some of Calendly's own examples leave the "api." out. */
static const char *const HOSTS[] = { "api.calendly.com", "calendly.com", NULL };

static gboolean
is_id (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || length > MAX_ID)
    return FALSE;
  for (; *text != '\0'; text++)
    {
      if (!g_ascii_isalnum (*text) && *text != '-' && *text != '_')
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_pair (const char *collection,
         const char *id)
{
  return g_strv_contains (COLLECTIONS, collection) && is_id (id);
}

static char *
get_path (const char *uri,
          const char *collection)
{
  g_auto (GStrv) parts = NULL;
  guint length;

  if (uri == NULL || strlen (uri) > 400 || !g_str_has_prefix (uri, "https://"))
    return NULL;
  parts = g_strsplit (uri + strlen ("https://"), "/", 6);
  length = g_strv_length (parts);
  if ((length != 3 && length != 5) || !g_strv_contains (HOSTS, parts[0]))
    return NULL;
  if (strcmp (parts[length - 2], collection) != 0 || !is_pair (parts[1], parts[2]))
    return NULL;
  if (length == 3)
    return g_strdup_printf ("/%s/%s", parts[1], parts[2]);
  if (strcmp (parts[1], "scheduled_events") != 0 || strcmp (parts[3], "invitees") != 0
      || !is_id (parts[4]))
    return NULL;

  return g_strdup_printf ("/%s/%s/%s/%s", parts[1], parts[2], parts[3], parts[4]);
}

/**
 * tpt_resource_uri_get_path:
 * @uri: (nullable): how the service names a resource:
 *   `https://api.calendly.com/scheduled_events/GBGB…`
 * @collection: what the resource has to be: "scheduled_events", "invitees", …
 *
 * Resource URIs come out of data, so none is ever fetched as it stands: the path of a request is
 * put together anew from
 * parts that were looked at.
 *
 * Returns: (transfer full) (nullable): the path, or %NULL with %TPT_API_ERROR_PROTOCOL
 */
char *
tpt_resource_uri_get_path (const char  *uri,
                           const char  *collection,
                           GError     **error)
{
  char *path = get_path (uri, collection);
  g_autofree char *shown = NULL;

  if (path != NULL)
    return path;
  shown = tpt_text_cut (uri, 80);
  g_set_error (error, TPT_API_ERROR, TPT_API_ERROR_PROTOCOL,
               "Not the address of one of Calendly’s %s: “%s”", collection, shown);

  return NULL;
}
