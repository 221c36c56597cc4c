/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-event-type-edit.h"

#include "tpt-sandbox-names.h"
#include "tpt-sandbox-sender.h"
#include "tpt-sandbox-serial.h"

#define LONGEST_MINUTES 720
#define LONGEST_NAME    55

static JsonArray *
get_array (JsonObject *body,
           const char *name)
{
  JsonNode *node = json_object_get_member (body, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static gboolean
check (TptSandboxRequest *request,
       JsonObject        *body)
{
  const char *name = json_object_get_string_member_with_default (body, "name", NULL);
  gint64 duration = json_object_get_int_member_with_default (body, "duration", 30);
  JsonArray *options = get_array (body, "duration_options");

  if (name != NULL && (*name == '\0' || g_utf8_strlen (name, -1) > LONGEST_NAME))
    tpt_sandbox_reply_invalid (request, "name", "must have 1 to 55 characters");
  else if (duration < 1 || duration > LONGEST_MINUTES)
    tpt_sandbox_reply_invalid (request, "duration", "must be between 1 and 720");
  else if (options != NULL && json_array_get_length (options) > 4)
    tpt_sandbox_reply_invalid (request, "duration_options", "must have at most 4 values");
  else
    return TRUE;

  return FALSE;
}

/* "slug" and "custom_questions" are ignored without a word, like the original does. */
static void
apply (TptSandboxRequest   *request,
       TptSandboxEventType *event_type,
       JsonObject          *body)
{
  TptSandboxWorld *world = request->context->world;
  const char *name = json_object_get_string_member_with_default (body, "name", event_type->name);
  const char *text = json_object_get_string_member_with_default (body, "description",
                                                                 event_type->description);
  const char *color = json_object_get_string_member_with_default (body, "color",
                                                                  event_type->color);
  gint64 duration = json_object_get_int_member_with_default (body, "duration",
                                                             event_type->duration);
  JsonArray *locations = get_array (body, "locations");
  JsonArray *options = get_array (body, "duration_options");

  event_type->name = tpt_sandbox_world_text (world, name);
  event_type->description = tpt_sandbox_world_text (world, text);
  event_type->color = tpt_sandbox_world_text (world, color);
  event_type->duration = (guint) duration;
  event_type->active = json_object_get_boolean_member_with_default (body, "active",
                                                                    event_type->active);
  if (locations != NULL)
    {
      g_clear_pointer (&event_type->locations, json_array_unref);
      event_type->locations = json_array_ref (locations);
    }
  if (options != NULL)
    {
      g_clear_pointer (&event_type->durations, json_array_unref);
      event_type->durations = json_array_ref (options);
    }
  event_type->updated_at = TPT_SANDBOX_NOW (request->context);
}

static TptSandboxEventType *
create (TptSandboxRequest *request,
        JsonObject        *body,
        const char        *owner_member)
{
  TptSandboxWorld *world = request->context->world;
  const char *uri = json_object_get_string_member_with_default (body, owner_member, NULL);
  const char *name = json_object_get_string_member_with_default (body, "name", NULL);
  TptSandboxUser *owner = tpt_sandbox_world_find_uri (world, world->users, "users", uri);
  TptSandboxEventType *event_type;
  g_autofree char *slug = NULL;
  g_autofree char *unique = NULL;

  if (name == NULL || owner == NULL)
    {
      tpt_sandbox_reply_invalid (request, name == NULL ? "name" : owner_member, "is missing");
      return NULL;
    }
  if (owner != request->user && (owner->organization != request->user->organization
                                 || !tpt_sandbox_request_is_admin (request)))
    {
      tpt_sandbox_reply_denied (request, "You do not have permission");
      return NULL;
    }
  if (!check (request, body))
    return NULL;

  event_type = tpt_sandbox_world_add_event_type (world, owner, name);
  slug = tpt_sandbox_names_slug (name);
  unique = g_strdup_printf ("%s-%u", slug, event_type->position);
  event_type->slug = tpt_sandbox_world_text (world, unique);
  event_type->active = FALSE;
  event_type->created_at = TPT_SANDBOX_NOW (request->context);

  return event_type;
}

/* POST /event_types: a new one-on-one type, switched off unless the body says otherwise. */
void
tpt_sandbox_event_type_post (TptSandboxRequest *request)
{
  g_autoptr (JsonObject) body = tpt_sandbox_request_get_json (request);
  TptSandboxEventType *event_type = body != NULL ? create (request, body, "owner") : NULL;

  if (event_type == NULL)
    return;
  apply (request, event_type, body);
  tpt_sandbox_sender_event_type (request->context, "event_type.created", event_type);
  tpt_sandbox_reply_resource (request, 201,
                              tpt_sandbox_serial_event_type (request->context, event_type));
}

void
tpt_sandbox_event_type_patch (TptSandboxRequest *request)
{
  TptSandboxWorld *world = request->context->world;
  g_autoptr (JsonObject) body = tpt_sandbox_request_get_json (request);
  TptSandboxEventType *event_type = tpt_sandbox_world_find (world, world->event_types,
                                                            request->args[0]);

  if (body == NULL)
    return;
  if (event_type == NULL || event_type->deleted_at != 0)
    tpt_sandbox_reply_missing (request);
  else if (event_type->hosts[0] != request->user
           && (event_type->hosts[0]->organization != request->user->organization
               || !tpt_sandbox_request_is_admin (request)))
    tpt_sandbox_reply_denied (request, "You do not have permission");
  else if (event_type->limit > 1 || event_type->n_hosts > 1)
    tpt_sandbox_reply_invalid (request, "event_type", "must be a one-on-one event type");
  else if (check (request, body))
    {
      apply (request, event_type, body);
      tpt_sandbox_sender_event_type (request->context, "event_type.updated", event_type);
      tpt_sandbox_reply_resource (request, 200,
                                  tpt_sandbox_serial_event_type (request->context, event_type));
    }
}

/* POST /one_off_event_types: active at once, in no list, reached by its scheduling_url. */
void
tpt_sandbox_event_type_post_one_off (TptSandboxRequest *request)
{
  g_autoptr (JsonObject) body = tpt_sandbox_request_get_json (request);
  TptSandboxEventType *event_type;
  JsonNode *location;

  if (body == NULL)
    return;
  if (!json_object_has_member (body, "date_setting") || !json_object_has_member (body, "duration"))
    {
      tpt_sandbox_reply_invalid (request, "date_setting", "date_setting and duration are required");
      return;
    }
  event_type = create (request, body, "host");
  if (event_type == NULL)
    return;

  apply (request, event_type, body);
  event_type->adhoc = TRUE;
  event_type->active = TRUE;
  location = json_object_get_member (body, "location");
  if (location != NULL && JSON_NODE_HOLDS_OBJECT (location))
    {
      event_type->locations = json_array_new ();
      json_array_add_object_element (event_type->locations, json_node_dup_object (location));
    }
  tpt_sandbox_reply_resource (request, 201,
                              tpt_sandbox_serial_event_type (request->context, event_type));
}
