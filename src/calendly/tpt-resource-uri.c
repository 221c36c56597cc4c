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

#define SCHEME "https://"
#define MAX_PARTS 5

/* What stands between two slashes: not terminated. Every record has several addresses, so none of
 * their parts is copied to be looked at. */
typedef struct
{
  const char *start;
  gsize length;
} Part;

static gboolean
is_word (const Part *part,
         const char *word)
{
  return strncmp (part->start, word, part->length) == 0 && word[part->length] == '\0';
}

static gboolean
is_one_of (const Part        *part,
           const char *const *words)
{
  for (; *words != NULL; words++)
    {
      if (is_word (part, *words))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_id (const Part *part)
{
  if (part->length == 0 || part->length > MAX_ID)
    return FALSE;
  for (gsize i = 0; i < part->length; i++)
    {
      if (!g_ascii_isalnum (part->start[i]) && part->start[i] != '-' && part->start[i] != '_')
        return FALSE;
    }

  return TRUE;
}

/* Returns: how many parts @text has, or MAX_PARTS + 1 if there are more */
static guint
split (const char *text,
       Part       *parts)
{
  for (guint count = 0; count < MAX_PARTS; count++)
    {
      parts[count].start = text;
      parts[count].length = strcspn (text, "/");
      text += parts[count].length;
      if (*text++ == '\0')
        return count + 1;
    }

  return MAX_PARTS + 1;
}

static char *
get_path (const char *uri,
          const char *collection)
{
  Part parts[MAX_PARTS];
  guint count;

  if (uri == NULL || strlen (uri) > 400 || !g_str_has_prefix (uri, SCHEME))
    return NULL;
  count = split (uri + strlen (SCHEME), parts);
  if ((count != 3 && count != 5) || !is_one_of (&parts[0], HOSTS))
    return NULL;
  if (!is_word (&parts[count - 2], collection) || !is_one_of (&parts[1], COLLECTIONS)
      || !is_id (&parts[2]))
    return NULL;
  if (count == 5
      && (!is_word (&parts[1], "scheduled_events") || !is_word (&parts[3], "invitees")
          || !is_id (&parts[4])))
    return NULL;

  /* From the slash behind the host on, and all of it was looked at. */
  return g_strdup (parts[1].start - 1);
}

/**
 * tpt_resource_uri_get_path:
 * @uri: (nullable): how the service names a resource:
 *   `https://api.calendly.com/scheduled_events/GBGB…`
 * @collection: what the resource has to be: "scheduled_events", "invitees", …
 *
 * Resource URIs come out of data, so none is ever fetched as it stands: what is asked for is the
 * path alone, once each of its parts was looked at.
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
