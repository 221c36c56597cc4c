/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-request.h"
#include "tpt-sandbox-serial.h"
#include "tpt-sandbox-slots.h"

#define MOST_SLOTS 2000

static JsonObject *
make_slot (TptSandboxContext   *context,
           TptSandboxEventType *event_type,
           gint64               start)
{
  JsonObject *slot = json_object_new ();
  g_autofree char *page = tpt_sandbox_serial_page_url (context, event_type);
  g_autofree char *time = tpt_sandbox_time_format (start);
  g_autofree char *url = g_strdup_printf ("%s/%.19sZ?month=%.7s&date=%.10s",
                                          page, time, time, time);

  json_object_set_string_member (slot, "status", "available");
  json_object_set_int_member (slot, "invitees_remaining",
                              tpt_sandbox_slots_remaining (context, event_type, start,
                                                           event_type->duration));
  json_object_set_string_member (slot, "start_time", time);
  json_object_set_string_member (slot, "scheduling_url", url);

  return slot;
}

/* Both ends are needed, the start lies ahead and the range is no longer than @most. */
static gboolean
read_range (TptSandboxRequest *request,
            gint64             most,
            gint64            *from,
            gint64            *to)
{
  *from = 0;
  *to = 0;
  if (!tpt_sandbox_request_get_time (request, "start_time", from)
      || !tpt_sandbox_request_get_time (request, "end_time", to))
    return FALSE;

  if (*from == 0)
    tpt_sandbox_reply_invalid (request, "start_time", "is missing");
  else if (*to == 0)
    tpt_sandbox_reply_invalid (request, "end_time", "is missing");
  else if (*from < TPT_SANDBOX_NOW (request->context))
    tpt_sandbox_reply_invalid (request, "start_time", "start_time must be in the future");
  else if (*to <= *from)
    tpt_sandbox_reply_invalid (request, "end_time", "end_time must be after start_time");
  else if (*to - *from > most)
    tpt_sandbox_reply_invalid (request, "end_time", "date range is too long");
  else
    return TRUE;

  return FALSE;
}

static TptSandboxEventType *
find_event_type (TptSandboxRequest *request)
{
  TptSandboxWorld *world = request->context->world;
  TptSandboxEventType *event_type = tpt_sandbox_world_find_uri (
    world, world->event_types, "event_types",
    tpt_sandbox_request_get_query (request, "event_type"));

  if (event_type == NULL || event_type->deleted_at != 0)
    tpt_sandbox_reply_missing (request);
  else if (event_type->hosts[0]->organization != request->user->organization)
    tpt_sandbox_reply_denied (request, "You do not have permission");
  else
    return event_type;

  return NULL;
}

static TptSandboxUser *
find_user (TptSandboxRequest *request)
{
  TptSandboxWorld *world = request->context->world;
  TptSandboxUser *user = tpt_sandbox_world_find_uri (
    world, world->users, "users", tpt_sandbox_request_get_query (request, "user"));

  if (user == NULL)
    tpt_sandbox_reply_invalid (request, "user", "is invalid");
  else if (user->organization != request->user->organization)
    tpt_sandbox_reply_denied (request, "This user is not in your organization");
  else if (user != request->user && !tpt_sandbox_request_is_admin (request))
    tpt_sandbox_reply_denied (request, "You do not have permission");
  else
    return user;

  return NULL;
}

static void
get_available_times (TptSandboxRequest *request)
{
  gint64 from;
  gint64 to;
  g_autoptr (GArray) starts = NULL;
  JsonArray *collection;
  TptSandboxEventType *event_type = find_event_type (request);

  if (event_type == NULL || !read_range (request, 31 * TPT_SANDBOX_DAY, &from, &to))
    return;

  collection = json_array_new ();
  if (event_type->active)
    starts = tpt_sandbox_slots_find (request->context, event_type, event_type->duration,
                                     from, to, MOST_SLOTS);
  for (guint i = 0; starts != NULL && i < starts->len; i++)
    json_array_add_object_element (collection, make_slot (request->context, event_type,
                                                          g_array_index (starts, gint64, i)));
  tpt_sandbox_reply_collection (request, collection);
}

static void
add_busy (JsonArray             *collection,
          const TptSandboxUser  *user,
          const TptSandboxEvent *event)
{
  for (guint i = 0; i < event->n_hosts && event->cancellation.at == 0; i++)
    {
      JsonObject *busy;
      JsonObject *reference;

      if (event->hosts[i] != user)
        continue;
      busy = json_object_new ();
      reference = json_object_new ();
      json_object_set_string_member (busy, "type", "calendly");
      tpt_sandbox_serial_set_time (busy, "start_time", event->start);
      tpt_sandbox_serial_set_time (busy, "end_time", event->end);
      tpt_sandbox_serial_set_time (busy, "buffered_start_time", event->start);
      tpt_sandbox_serial_set_time (busy, "buffered_end_time", event->end);
      tpt_sandbox_serial_set_uri (reference, "uri", "scheduled_events", event->uuid);
      json_object_set_object_member (busy, "event", reference);
      json_array_add_object_element (collection, busy);
    }
}

static void
get_busy_times (TptSandboxRequest *request)
{
  TptSandboxWorld *world = request->context->world;
  GPtrArray *events = tpt_sandbox_world_get_events (world);
  TptSandboxUser *user = find_user (request);
  JsonArray *collection;
  gint64 from;
  gint64 to;

  if (user == NULL || !read_range (request, 7 * TPT_SANDBOX_DAY, &from, &to))
    return;

  collection = json_array_new ();
  for (guint i = tpt_sandbox_world_first_event (world, from); i < events->len; i++)
    {
      TptSandboxEvent *event = events->pdata[i];

      if (event->start >= to)
        break;
      add_busy (collection, user, event);
    }
  tpt_sandbox_reply_collection (request, collection);
}

static JsonArray *
make_rules (void)
{
  static const char *const days[] = {
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
  };
  JsonArray *rules = json_array_new ();
  g_autofree char *opens = g_strdup_printf ("%02d:00", TPT_SANDBOX_OPENS);
  g_autofree char *closes = g_strdup_printf ("%02d:00", TPT_SANDBOX_CLOSES);

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      JsonObject *rule = json_object_new ();
      JsonArray *intervals = json_array_new ();

      if (i > 0 && i < 6)
        {
          JsonObject *interval = json_object_new ();

          json_object_set_string_member (interval, "from", opens);
          json_object_set_string_member (interval, "to", closes);
          json_array_add_object_element (intervals, interval);
        }
      json_object_set_string_member (rule, "type", "wday");
      json_object_set_array_member (rule, "intervals", intervals);
      json_object_set_string_member (rule, "wday", days[i]);
      json_array_add_object_element (rules, rule);
    }

  return rules;
}

static JsonObject *
make_schedule (const TptSandboxUser *user)
{
  JsonObject *schedule = json_object_new ();

  tpt_sandbox_serial_set_uri (schedule, "uri", "user_availability_schedules", user->schedule);
  json_object_set_boolean_member (schedule, "default", TRUE);
  json_object_set_string_member (schedule, "name", "Working hours");
  tpt_sandbox_serial_set_uri (schedule, "user", "users", user->uuid);
  json_object_set_string_member (schedule, "timezone", user->timezone);
  json_object_set_array_member (schedule, "rules", make_rules ());

  return schedule;
}

static void
get_schedules (TptSandboxRequest *request)
{
  TptSandboxUser *user = find_user (request);
  JsonArray *collection;

  if (user == NULL)
    return;
  collection = json_array_new ();
  json_array_add_object_element (collection, make_schedule (user));
  tpt_sandbox_reply_collection (request, collection);
}

static void
get_schedule (TptSandboxRequest *request)
{
  GPtrArray *users = request->context->world->users;

  for (guint i = 0; i < users->len; i++)
    {
      TptSandboxUser *user = users->pdata[i];

      if (g_str_equal (user->schedule, request->args[0])
          && user->organization == request->user->organization)
        {
          tpt_sandbox_reply_resource (request, 200, make_schedule (user));
          return;
        }
    }
  tpt_sandbox_reply_missing (request);
}

static JsonObject *
make_event_type_schedule (TptSandboxContext *context,
                          gconstpointer      data)
{
  const TptSandboxEventType *event_type = data;
  JsonObject *object = json_object_new ();
  JsonObject *rule = make_schedule (event_type->hosts[0]);

  json_object_remove_member (rule, "default");
  tpt_sandbox_serial_set_uri (object, "event_type", "event_types", event_type->uuid);
  json_object_set_string_member (object, "availability_setting", "host");
  json_object_set_object_member (object, "availability_rule", rule);

  return object;
}

static void
get_event_type_schedules (TptSandboxRequest *request)
{
  TptSandboxEventType *event_type = find_event_type (request);
  g_autoptr (GPtrArray) records = g_ptr_array_new ();

  if (event_type == NULL)
    return;
  g_ptr_array_add (records, event_type);
  tpt_sandbox_reply_page (request, records, make_event_type_schedule);
}

static void
get_locations (TptSandboxRequest *request)
{
  static const char *const kinds[] = { "zoom_conference", "google_conference",
                                       "microsoft_teams_conference", "webex_conference" };
  TptSandboxUser *user = find_user (request);
  JsonArray *collection;

  if (user == NULL)
    return;
  collection = json_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      JsonObject *location = json_object_new ();

      json_object_set_string_member (location, "kind", kinds[i]);
      json_object_set_boolean_member (location, "connected", i < 2);
      json_array_add_object_element (collection, location);
    }
  tpt_sandbox_reply_collection (request, collection);
}

const TptSandboxRoute tpt_sandbox_availability_routes[] = {
  { "GET", "/event_type_available_times", "availability:read", get_available_times },
  { "GET", "/event_type_availability_schedules", "availability:read", get_event_type_schedules },
  { "GET", "/user_busy_times", "availability:read", get_busy_times },
  { "GET", "/user_availability_schedules", "availability:read", get_schedules },
  { "GET", "/user_availability_schedules/{}", "availability:read", get_schedule },
  { "GET", "/locations", "locations:read", get_locations },
  { NULL, NULL, NULL, NULL },
};
