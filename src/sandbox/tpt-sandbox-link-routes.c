/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-request.h"
#include "tpt-sandbox-serial.h"

static TptSandboxEventType *
find_event_type (TptSandboxRequest *request,
                 const char        *parameter,
                 const char        *uri)
{
  TptSandboxWorld *world = request->context->world;
  TptSandboxEventType *event_type = tpt_sandbox_world_find_uri (world, world->event_types,
                                                                "event_types", uri);

  if (uri == NULL)
    tpt_sandbox_reply_invalid (request, parameter, "is missing");
  else if (event_type == NULL || event_type->deleted_at != 0)
    tpt_sandbox_reply_missing (request);
  else if (event_type->hosts[0]->organization != request->user->organization)
    tpt_sandbox_reply_denied (request, "You do not have permission");
  else
    return event_type;

  return NULL;
}

static JsonObject *
serialise (TptSandboxContext *context,
           TptSandboxLink    *link)
{
  JsonObject *object = json_object_new ();
  g_autofree char *url = g_strconcat (context->base, "/d/", link->uuid, "/",
                                      link->event_type->slug, NULL);

  json_object_set_string_member (object, "booking_url", url);
  tpt_sandbox_serial_set_uri (object, "owner", "event_types", link->event_type->uuid);
  json_object_set_string_member (object, "owner_type", "EventType");

  return object;
}

static void
post_link (TptSandboxRequest *request)
{
  g_autoptr (JsonObject) body = tpt_sandbox_request_get_json (request);
  TptSandboxEventType *event_type;
  TptSandboxLink *link;

  if (body == NULL)
    return;
  if (json_object_get_int_member_with_default (body, "max_event_count", 0) != 1)
    {
      tpt_sandbox_reply_invalid (request, "max_event_count", "must be 1");
      return;
    }
  if (g_strcmp0 (json_object_get_string_member_with_default (body, "owner_type", NULL),
                 "EventType") != 0)
    {
      tpt_sandbox_reply_invalid (request, "owner_type", "must be EventType");
      return;
    }
  event_type = find_event_type (request, "owner",
                                json_object_get_string_member_with_default (body, "owner", NULL));
  if (event_type == NULL)
    return;

  link = tpt_sandbox_world_add_link (request->context->world, event_type);
  link->created_at = TPT_SANDBOX_NOW (request->context);
  tpt_sandbox_reply_resource (request, 201, serialise (request->context, link));
}

/* A day such as "2026-03-01" in UTC; @end: its end. FALSE when it is there and no day. */
static gboolean
read_day (TptSandboxRequest *request,
          JsonObject        *body,
          const char        *name,
          gboolean           end,
          gint64            *time)
{
  const char *day = json_object_get_string_member_with_default (body, name, NULL);
  g_autofree char *text = day != NULL ? g_strconcat (day, "T00:00:00Z", NULL) : NULL;

  if (day == NULL)
    return TRUE;
  if (!tpt_sandbox_time_parse (text, time))
    {
      tpt_sandbox_reply_invalid (request, name, "is not a date");
      return FALSE;
    }
  if (end)
    *time += TPT_SANDBOX_DAY;

  return TRUE;
}

static JsonObject *
make_override (JsonObject     *body,
               TptSandboxLink *link)
{
  static const char *const copied[] = {
    "duration_options", "period_type", "start_date", "end_date", "max_booking_time",
    "hide_location", "location_configurations", "availability_rule",
  };
  JsonObject *override = json_object_new ();

  json_object_set_string_member (override, "name", link->name);
  json_object_set_int_member (override, "duration", link->duration);
  for (guint i = 0; i < G_N_ELEMENTS (copied); i++)
    {
      if (json_object_has_member (body, copied[i]))
        json_object_set_member (override, copied[i],
                                json_node_copy (json_object_get_member (body, copied[i])));
    }

  return override;
}

/* A single-use link with other durations or dates than its type's: one-on-one types only. */
static void
post_share (TptSandboxRequest *request)
{
  TptSandboxWorld *world = request->context->world;
  g_autoptr (JsonObject) body = tpt_sandbox_request_get_json (request);
  TptSandboxEventType *event_type;
  TptSandboxLink *link;
  JsonObject *resource;
  JsonArray *links;
  const char *name;
  gint64 duration;

  if (body == NULL)
    return;
  event_type = find_event_type (request, "event_type",
                                json_object_get_string_member_with_default (body, "event_type",
                                                                            NULL));
  if (event_type == NULL)
    return;
  name = json_object_get_string_member_with_default (body, "name", event_type->name);
  duration = json_object_get_int_member_with_default (body, "duration", event_type->duration);
  if (event_type->limit > 1 || event_type->n_hosts > 1)
    {
      tpt_sandbox_reply_invalid (request, "event_type", "must be a one-on-one event type");
      return;
    }
  if (g_utf8_strlen (name, -1) > 55 || duration < 1 || duration > 720)
    {
      tpt_sandbox_reply_invalid (request, "duration", "name or duration is out of range");
      return;
    }

  link = tpt_sandbox_world_add_link (world, event_type);
  link->created_at = TPT_SANDBOX_NOW (request->context);
  link->name = tpt_sandbox_world_text (world, name);
  link->duration = (guint) duration;
  if (!read_day (request, body, "start_date", FALSE, &link->not_before)
      || !read_day (request, body, "end_date", TRUE, &link->not_after))
    return;

  links = json_array_new ();
  json_array_add_object_element (links, serialise (request->context, link));
  resource = json_object_new ();
  json_object_set_array_member (resource, "scheduling_links", links);
  json_object_set_object_member (resource, "share_override", make_override (body, link));
  tpt_sandbox_reply_resource (request, 201, resource);
}

const TptSandboxRoute tpt_sandbox_link_routes[] = {
  { "POST", "/scheduling_links", "scheduling_links:write", post_link },
  { "POST", "/shares", "shares:write", post_share },
  { NULL, NULL, NULL, NULL },
};
