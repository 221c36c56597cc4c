/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-world.h"

#include <string.h>

const char *const tpt_sandbox_utm_keys[TPT_SANDBOX_UTM] = {
  "utm_campaign", "utm_source", "utm_medium", "utm_content", "utm_term", "salesforce_uuid",
};

typedef struct
{
  GPtrArray *records;
  gpointer record;
} Entry;

static void
user_free (gpointer data)
{
  TptSandboxUser *user = data;

  g_clear_pointer (&user->zone, g_time_zone_unref);
  g_free (user);
}

static void
event_type_free (gpointer data)
{
  TptSandboxEventType *event_type = data;

  g_clear_pointer (&event_type->durations, json_array_unref);
  g_clear_pointer (&event_type->locations, json_array_unref);
  g_clear_pointer (&event_type->questions, json_array_unref);
  g_free (event_type);
}

static void
event_free (gpointer data)
{
  TptSandboxEvent *event = data;

  g_ptr_array_unref (event->invitees);
  g_free (event);
}

static void
invitee_free (gpointer data)
{
  TptSandboxInvitee *invitee = data;

  g_clear_pointer (&invitee->answers, json_array_unref);
  g_free (invitee);
}

static void
add (TptSandboxWorld *self,
     GPtrArray       *records,
     const char      *uuid,
     gpointer         record)
{
  Entry *entry = g_new (Entry, 1);

  entry->records = records;
  entry->record = record;
  g_ptr_array_add (records, record);
  g_hash_table_insert (self->by_uuid, (gpointer) uuid, entry);
}

static int
compare_events (gconstpointer a,
                gconstpointer b)
{
  const TptSandboxEvent *first = *(TptSandboxEvent *const *) a;
  const TptSandboxEvent *second = *(TptSandboxEvent *const *) b;

  if (first->start != second->start)
    return first->start < second->start ? -1 : 1;

  return strcmp (first->uuid, second->uuid);
}

TptSandboxWorld *
tpt_sandbox_world_new (guint64 seed)
{
  TptSandboxWorld *self = g_new0 (TptSandboxWorld, 1);

  tpt_sandbox_random_seed (&self->random, seed);
  self->texts = g_string_chunk_new (64 * 1024);
  self->organizations = g_ptr_array_new_with_free_func (g_free);
  self->users = g_ptr_array_new_with_free_func (user_free);
  self->event_types = g_ptr_array_new_with_free_func (event_type_free);
  self->customers = g_ptr_array_new_with_free_func (g_free);
  self->links = g_ptr_array_new_with_free_func (g_free);
  self->events = g_ptr_array_new_with_free_func (event_free);
  self->invitees = g_ptr_array_new_with_free_func (invitee_free);
  self->by_uuid = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->no_shows = g_hash_table_new (g_str_hash, g_str_equal);

  return self;
}

void
tpt_sandbox_world_free (TptSandboxWorld *self)
{
  g_hash_table_unref (self->no_shows);
  g_hash_table_unref (self->by_uuid);
  g_ptr_array_unref (self->invitees);
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->links);
  g_ptr_array_unref (self->customers);
  g_ptr_array_unref (self->event_types);
  g_ptr_array_unref (self->users);
  g_ptr_array_unref (self->organizations);
  g_string_chunk_free (self->texts);
  g_free (self);
}

/* A copy of @text that lives as long as the world; NULL stays NULL. */
const char *
tpt_sandbox_world_text (TptSandboxWorld *self,
                        const char      *text)
{
  return text != NULL ? g_string_chunk_insert_const (self->texts, text) : NULL;
}

const char *
tpt_sandbox_world_id (TptSandboxWorld *self)
{
  g_autofree char *id = tpt_sandbox_random_id (&self->random);

  return g_string_chunk_insert (self->texts, id);
}

TptSandboxOrganization *
tpt_sandbox_world_add_org (TptSandboxWorld *self,
                           const char      *name)
{
  TptSandboxOrganization *organization = g_new0 (TptSandboxOrganization, 1);

  organization->uuid = tpt_sandbox_world_id (self);
  organization->name = tpt_sandbox_world_text (self, name);
  add (self, self->organizations, organization->uuid, organization);

  return organization;
}

TptSandboxUser *
tpt_sandbox_world_add_user (TptSandboxWorld *self,
                            const char      *name)
{
  TptSandboxUser *user = g_new0 (TptSandboxUser, 1);

  user->uuid = tpt_sandbox_world_id (self);
  user->name = tpt_sandbox_world_text (self, name);
  user->membership = tpt_sandbox_world_id (self);
  user->schedule = tpt_sandbox_world_id (self);
  add (self, self->users, user->uuid, user);

  return user;
}

TptSandboxEventType *
tpt_sandbox_world_add_event_type (TptSandboxWorld *self,
                                  TptSandboxUser  *host,
                                  const char      *name)
{
  TptSandboxEventType *event_type = g_new0 (TptSandboxEventType, 1);

  event_type->uuid = tpt_sandbox_world_id (self);
  event_type->name = tpt_sandbox_world_text (self, name);
  event_type->hosts[event_type->n_hosts++] = host;
  event_type->profile = host->name;
  event_type->position = self->event_types->len;
  event_type->duration = 30;
  event_type->limit = 1;
  event_type->active = TRUE;
  event_type->locale = "en";
  event_type->color = "#0069ff";
  event_type->questions = json_array_new ();
  add (self, self->event_types, event_type->uuid, event_type);

  return event_type;
}

/* An event of that type with its first host; a round-robin type's caller chooses another host
 * afterwards. */
TptSandboxEvent *
tpt_sandbox_world_add_event (TptSandboxWorld     *self,
                             TptSandboxEventType *event_type,
                             gint64               start)
{
  TptSandboxEvent *event = g_new0 (TptSandboxEvent, 1);

  event->uuid = tpt_sandbox_world_id (self);
  event->event_type = event_type;
  event->name = event_type->name;
  event->hosts[event->n_hosts++] = event_type->hosts[0];
  event->start = start;
  event->end = start + (gint64) event_type->duration * 60 * G_USEC_PER_SEC;
  event->invitees = g_ptr_array_new ();
  add (self, self->events, event->uuid, event);
  self->sorted = FALSE;

  return event;
}

TptSandboxInvitee *
tpt_sandbox_world_add_invitee (TptSandboxWorld *self,
                               TptSandboxEvent *event)
{
  TptSandboxInvitee *invitee = g_new0 (TptSandboxInvitee, 1);

  invitee->uuid = tpt_sandbox_world_id (self);
  invitee->event = event;
  g_ptr_array_add (event->invitees, invitee);
  add (self, self->invitees, invitee->uuid, invitee);

  return invitee;
}

TptSandboxLink *
tpt_sandbox_world_add_link (TptSandboxWorld     *self,
                            TptSandboxEventType *event_type)
{
  g_autofree char *code = tpt_sandbox_random_code (&self->random);
  TptSandboxLink *link = g_new0 (TptSandboxLink, 1);

  link->uuid = g_string_chunk_insert (self->texts, code);
  link->event_type = event_type;
  link->name = event_type->name;
  link->duration = event_type->duration;
  add (self, self->links, link->uuid, link);

  return link;
}

void
tpt_sandbox_world_mark_no_show (TptSandboxWorld   *self,
                                TptSandboxInvitee *invitee,
                                gint64             at)
{
  g_return_if_fail (invitee->no_show == NULL);

  invitee->no_show = tpt_sandbox_world_id (self);
  invitee->no_show_at = at;
  invitee->updated_at = at;
  g_hash_table_insert (self->no_shows, (gpointer) invitee->no_show, invitee);
}

void
tpt_sandbox_world_clear_no_show (TptSandboxWorld   *self,
                                 TptSandboxInvitee *invitee)
{
  g_return_if_fail (invitee->no_show != NULL);

  g_hash_table_remove (self->no_shows, invitee->no_show);
  invitee->no_show = NULL;
  invitee->no_show_at = 0;
}

/* All events in order of their start. The array is the world's. */
GPtrArray *
tpt_sandbox_world_get_events (TptSandboxWorld *self)
{
  if (!self->sorted)
    g_ptr_array_sort (self->events, compare_events);
  self->sorted = TRUE;

  return self->events;
}

/* The index, in tpt_sandbox_world_get_events (), of the first event that starts at @from or
 * later. */
guint
tpt_sandbox_world_first_event (TptSandboxWorld *self,
                               gint64           from)
{
  GPtrArray *events = tpt_sandbox_world_get_events (self);
  guint low = 0;
  guint high = events->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      TptSandboxEvent *event = events->pdata[middle];

      if (event->start < from)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/* The record with that uuid among @records, one of the world's arrays, or NULL. */
gpointer
tpt_sandbox_world_find (TptSandboxWorld *self,
                        GPtrArray       *records,
                        const char      *uuid)
{
  Entry *entry = uuid != NULL ? g_hash_table_lookup (self->by_uuid, uuid) : NULL;

  return entry != NULL && entry->records == records ? entry->record : NULL;
}

/* The same by URI: https://api.calendly.com/@resource/uuid. Invitees have a longer one: give
 * "scheduled_events". */
gpointer
tpt_sandbox_world_find_uri (TptSandboxWorld *self,
                            GPtrArray       *records,
                            const char      *resource,
                            const char      *uri)
{
  g_autofree char *prefix = g_strconcat (TPT_SANDBOX_API "/", resource, "/", NULL);
  TptSandboxInvitee *invitee;
  g_auto (GStrv) parts = NULL;

  if (uri == NULL || !g_str_has_prefix (uri, prefix))
    return NULL;
  if (records != self->invitees)
    return tpt_sandbox_world_find (self, records, uri + strlen (prefix));

  parts = g_strsplit (uri + strlen (prefix), "/", 4);
  if (g_strv_length (parts) != 3 || !g_str_equal (parts[1], "invitees"))
    return NULL;
  invitee = tpt_sandbox_world_find (self, records, parts[2]);

  return invitee != NULL && g_str_equal (invitee->event->uuid, parts[0]) ? invitee : NULL;
}
