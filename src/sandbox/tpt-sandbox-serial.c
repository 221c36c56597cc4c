/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-serial.h"

/* 0 becomes null. */
void
tpt_sandbox_serial_set_time (JsonObject *object,
                             const char *name,
                             gint64      time)
{
  g_autofree char *text = time != 0 ? tpt_sandbox_time_format (time) : NULL;

  json_object_set_string_member (object, name, text);
}

/* The URI https://api.calendly.com/@resource/@uuid; null when @uuid is NULL. */
void
tpt_sandbox_serial_set_uri (JsonObject *object,
                            const char *name,
                            const char *resource,
                            const char *uuid)
{
  g_autofree char *uri = NULL;

  if (uuid != NULL)
    uri = g_strconcat (TPT_SANDBOX_API "/", resource, "/", uuid, NULL);
  json_object_set_string_member (object, name, uri);
}

static void
set_user (TptSandboxContext    *context,
          JsonObject           *object,
          const TptSandboxUser *user)
{
  g_autofree char *url = g_strconcat (context->base, "/", user->slug, NULL);

  tpt_sandbox_serial_set_uri (object, "uri", "users", user->uuid);
  json_object_set_string_member (object, "name", user->name);
  json_object_set_string_member (object, "slug", user->slug);
  json_object_set_string_member (object, "email", user->email);
  json_object_set_string_member (object, "scheduling_url", url);
  json_object_set_string_member (object, "timezone", user->timezone);
  json_object_set_null_member (object, "avatar_url");
  tpt_sandbox_serial_set_time (object, "created_at", user->created_at);
  tpt_sandbox_serial_set_time (object, "updated_at", user->created_at + 30 * TPT_SANDBOX_DAY);
  json_object_set_string_member (object, "locale", "en");
}

JsonObject *
tpt_sandbox_serial_user (TptSandboxContext *context,
                         gconstpointer      data)
{
  const TptSandboxUser *user = data;
  JsonObject *object = json_object_new ();

  set_user (context, object, user);
  json_object_set_string_member (object, "time_notation", "24h");
  tpt_sandbox_serial_set_uri (object, "current_organization", "organizations",
                              user->organization->uuid);
  json_object_set_string_member (object, "resource_type", "User");

  return object;
}

/* The user as a member of the organisation. */
JsonObject *
tpt_sandbox_serial_membership (TptSandboxContext *context,
                               gconstpointer      data)
{
  const TptSandboxUser *user = data;
  JsonObject *object = json_object_new ();
  JsonObject *inner = json_object_new ();

  set_user (context, inner, user);
  tpt_sandbox_serial_set_uri (object, "uri", "organization_memberships", user->membership);
  json_object_set_string_member (object, "role", user->role);
  json_object_set_object_member (object, "user", inner);
  tpt_sandbox_serial_set_uri (object, "organization", "organizations", user->organization->uuid);
  tpt_sandbox_serial_set_time (object, "updated_at", user->created_at + TPT_SANDBOX_DAY);
  tpt_sandbox_serial_set_time (object, "created_at", user->created_at);

  return object;
}

JsonObject *
tpt_sandbox_serial_organization (TptSandboxContext *context,
                                 gconstpointer      data)
{
  const TptSandboxOrganization *organization = data;
  JsonObject *object = json_object_new ();

  tpt_sandbox_serial_set_uri (object, "uri", "organizations", organization->uuid);
  json_object_set_string_member (object, "name", organization->name);
  json_object_set_string_member (object, "kind", "multiple");
  json_object_set_string_member (object, "plan", organization->plan);
  json_object_set_string_member (object, "stage", "paid");
  tpt_sandbox_serial_set_time (object, "created_at", organization->created_at);
  tpt_sandbox_serial_set_time (object, "updated_at",
                               organization->created_at + TPT_SANDBOX_DAY);

  return object;
}

/* The page where @event_type is booked. */
char *
tpt_sandbox_serial_page_url (TptSandboxContext         *context,
                             const TptSandboxEventType *event_type)
{
  if (event_type->adhoc)
    return g_strconcat (context->base, "/d/", event_type->uuid, "/", event_type->slug, NULL);

  return g_strconcat (context->base, "/", event_type->hosts[0]->slug, "/", event_type->slug, NULL);
}

static void
set_array (JsonObject *object,
           const char *name,
           JsonArray  *array)
{
  if (array != NULL)
    json_object_set_array_member (object, name, json_array_ref (array));
  else
    json_object_set_null_member (object, name);
}

static void
set_profile (JsonObject                *object,
             const TptSandboxEventType *event_type)
{
  JsonObject *profile;

  if (event_type->profile == NULL)
    {
      json_object_set_null_member (object, "profile");
      return;
    }

  profile = json_object_new ();
  json_object_set_string_member (profile, "type", event_type->n_hosts > 1 ? "Team" : "User");
  json_object_set_string_member (profile, "name", event_type->profile);
  if (event_type->n_hosts > 1)
    tpt_sandbox_serial_set_uri (profile, "owner", "teams", event_type->uuid);
  else
    tpt_sandbox_serial_set_uri (profile, "owner", "users", event_type->hosts[0]->uuid);
  json_object_set_object_member (object, "profile", profile);
}

JsonObject *
tpt_sandbox_serial_event_type (TptSandboxContext *context,
                               gconstpointer      data)
{
  const TptSandboxEventType *event_type = data;
  JsonObject *object = json_object_new ();
  g_autofree char *url = tpt_sandbox_serial_page_url (context, event_type);
  g_autofree char *escaped = NULL;
  g_autofree char *html = NULL;

  if (event_type->description != NULL)
    {
      escaped = g_markup_escape_text (event_type->description, -1);
      html = g_strconcat ("<p>", escaped, "</p>", NULL);
    }
  tpt_sandbox_serial_set_uri (object, "uri", "event_types", event_type->uuid);
  json_object_set_string_member (object, "name", event_type->name);
  json_object_set_boolean_member (object, "active", event_type->active);
  json_object_set_string_member (object, "booking_method", "instant");
  json_object_set_string_member (object, "slug", event_type->slug);
  json_object_set_string_member (object, "scheduling_url", url);
  json_object_set_int_member (object, "duration", event_type->duration);
  set_array (object, "duration_options", event_type->durations);
  json_object_set_string_member (object, "kind", event_type->limit > 1 ? "group" : "solo");
  json_object_set_string_member (object, "pooling_type", event_type->pooling_type);
  json_object_set_string_member (object, "type", event_type->adhoc ? "AdhocEventType"
                                                                   : "StandardEventType");
  json_object_set_string_member (object, "color", event_type->color);
  tpt_sandbox_serial_set_time (object, "created_at", event_type->created_at);
  tpt_sandbox_serial_set_time (object, "updated_at", event_type->updated_at);
  json_object_set_string_member (object, "internal_note", event_type->internal_note);
  json_object_set_boolean_member (object, "is_paid", event_type->paid);
  json_object_set_string_member (object, "description_plain", event_type->description);
  json_object_set_string_member (object, "description_html", html);
  set_profile (object, event_type);
  json_object_set_boolean_member (object, "secret", event_type->secret);
  tpt_sandbox_serial_set_time (object, "deleted_at", event_type->deleted_at);
  json_object_set_boolean_member (object, "admin_managed", FALSE);
  set_array (object, "custom_questions", event_type->questions);
  set_array (object, "locations", event_type->locations);
  json_object_set_int_member (object, "position", event_type->position);
  json_object_set_string_member (object, "locale", event_type->locale);

  return object;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (a, b);
}

static JsonNode *
sort_object (JsonObject *object)
{
  g_autoptr (GList) names = g_list_sort (json_object_get_members (object), compare_names);
  JsonObject *sorted = json_object_new ();

  for (GList *name = names; name != NULL; name = name->next)
    json_object_set_member (sorted, name->data,
                            tpt_sandbox_serial_sort (json_object_get_member (object, name->data)));

  return json_node_init_object (json_node_alloc (), sorted);
}

/* A copy of @node with the keys of every object in alphabetical order, as in Calendly's
 * webhooks. */
JsonNode *
tpt_sandbox_serial_sort (JsonNode *node)
{
  JsonArray *array;
  JsonArray *sorted;

  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      return sort_object (json_node_get_object (node));

    case JSON_NODE_ARRAY:
      array = json_node_get_array (node);
      sorted = json_array_new ();
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          JsonNode *element = json_array_get_element (array, i);

          json_array_add_element (sorted, tpt_sandbox_serial_sort (element));
        }
      return json_node_init_array (json_node_alloc (), sorted);

    case JSON_NODE_VALUE:
    case JSON_NODE_NULL:
    default:
      return json_node_copy (node);
    }
}
