/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-order.h"

#include "tpt-sandbox-slots.h"

#define LOCATION_REFUSED "Specified location kind is not configured for this event type."
#define QUESTIONS_BLANK  "Required Questions and Answers cannot be blank."
#define PAID_REFUSED     "Event types that require payment cannot be scheduled via the API."
#define INVALID          "The supplied parameters are invalid."
#define MOST_GUESTS      10

static JsonNode *
get_node (JsonObject  *object,
          const char  *name,
          JsonNodeType type)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_node_type (node) == type ? node : NULL;
}

static const char *
get_string (JsonObject *object,
            const char *name)
{
  JsonNode *node = get_node (object, name, JSON_NODE_VALUE);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return *json_node_get_string (node) != '\0' ? json_node_get_string (node) : NULL;
}

static gboolean
read_person (TptSandboxRequest *request,
             JsonObject        *body,
             TptSandboxOrder   *order)
{
  JsonNode *node = get_node (body, "invitee", JSON_NODE_OBJECT);
  JsonObject *person = node != NULL ? json_node_get_object (node) : NULL;

  if (person == NULL)
    {
      tpt_sandbox_reply_invalid (request, "invitee", "is missing");
      return FALSE;
    }

  order->email = get_string (person, "email");
  order->timezone = get_string (person, "timezone");
  order->first_name = get_string (person, "first_name");
  order->last_name = get_string (person, "last_name");
  order->phone = get_string (person, "text_reminder_number");
  order->name = get_string (person, "name");
  if (order->name == NULL && order->first_name != NULL)
    {
      g_autofree char *full = g_strjoin (" ", order->first_name, order->last_name, NULL);

      order->name = tpt_sandbox_world_text (request->context->world, full);
    }

  if (order->name == NULL)
    tpt_sandbox_reply_invalid (request, "invitee.name", "is missing");
  else if (order->email == NULL)
    tpt_sandbox_reply_invalid (request, "invitee.email", "is missing");
  else if (!tpt_sandbox_order_is_email (order->email))
    tpt_sandbox_reply_invalid (request, "invitee.email", "is in invalid format");
  else if (order->timezone == NULL)
    tpt_sandbox_reply_invalid (request, "invitee.timezone", "is missing");
  else
    return TRUE;

  return FALSE;
}

static gboolean
is_configured (TptSandboxEventType *event_type,
               const char          *kind)
{
  for (guint i = 0; i < json_array_get_length (event_type->locations); i++)
    {
      JsonObject *location = json_array_get_object_element (event_type->locations, i);

      if (g_strcmp0 (json_object_get_string_member (location, "kind"), kind) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Needed whenever the type has locations, to be left out for a round robin. */
static gboolean
read_location (TptSandboxRequest *request,
               JsonObject        *body,
               TptSandboxOrder   *order)
{
  static const char *const with_text[] = { "physical", "outbound_call", "ask_invitee", "custom",
                                           NULL };
  JsonNode *node = get_node (body, "location", JSON_NODE_OBJECT);
  TptSandboxEventType *event_type = order->event_type;
  gboolean has = event_type->locations != NULL
                 && json_array_get_length (event_type->locations) > 0;
  gboolean must_not = g_strcmp0 (event_type->pooling_type, "round_robin") == 0;

  if (node != NULL)
    {
      order->location_kind = get_string (json_node_get_object (node), "kind");
      order->location = get_string (json_node_get_object (node), "location");
    }
  if (must_not || !has ? node == NULL : order->location_kind != NULL
                                        && is_configured (event_type, order->location_kind))
    {
      if (order->location_kind == NULL || order->location != NULL
          || !g_strv_contains (with_text, order->location_kind))
        return TRUE;
      tpt_sandbox_reply_invalid (request, "location.location", "is missing");
      return FALSE;
    }
  tpt_sandbox_reply_invalid_code (request, LOCATION_REFUSED,
                                  "event.location_configuration.location",
                                  "invalid location choice", "invalid_location_choice");

  return FALSE;
}

/* An answer per required question; the text of a question has to match to the letter. */
static gboolean
read_answers (TptSandboxRequest *request,
              JsonObject        *body,
              TptSandboxOrder   *order)
{
  JsonNode *node = get_node (body, "questions_and_answers", JSON_NODE_ARRAY);
  JsonArray *answers = node != NULL ? json_node_get_array (node) : NULL;
  guint n_answers = answers != NULL ? json_array_get_length (answers) : 0;

  for (guint i = 0; i < n_answers; i++)
    {
      JsonNode *element = json_array_get_element (answers, i);

      if (!JSON_NODE_HOLDS_OBJECT (element)
          || get_string (json_node_get_object (element), "question") == NULL)
        {
          tpt_sandbox_reply_invalid (request, "questions_and_answers[0].question", "is missing");
          return FALSE;
        }
    }
  for (guint i = 0; i < json_array_get_length (order->event_type->questions); i++)
    {
      JsonObject *question = json_array_get_object_element (order->event_type->questions, i);
      gboolean answered = !json_object_get_boolean_member (question, "required");

      for (guint j = 0; j < n_answers && !answered; j++)
        {
          JsonObject *answer = json_array_get_object_element (answers, j);

          answered = g_str_equal (get_string (answer, "question"),
                                  json_object_get_string_member (question, "name"))
                     && get_string (answer, "answer") != NULL;
        }
      if (!answered)
        {
          tpt_sandbox_reply_error (request, 400, "Invalid Argument", QUESTIONS_BLANK);
          return FALSE;
        }
    }
  order->answers = answers != NULL ? json_array_ref (answers) : NULL;

  return TRUE;
}

static gboolean
read_guests (TptSandboxRequest  *request,
             JsonObject         *body,
             char              **guests)
{
  JsonNode *node = get_node (body, "event_guests", JSON_NODE_ARRAY);
  JsonArray *list = node != NULL ? json_node_get_array (node) : NULL;
  guint n_guests = list != NULL ? json_array_get_length (list) : 0;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_guests; i++)
    {
      const char *email = json_node_get_string (json_array_get_element (list, i));

      if (email == NULL || !tpt_sandbox_order_is_email (email) || i >= MOST_GUESTS)
        {
          g_string_free (text, TRUE);
          tpt_sandbox_reply_invalid (request, "event_guests", "is in invalid format");
          return FALSE;
        }
      g_string_append_printf (text, "%s%s", i > 0 ? "," : "", email);
    }
  *guests = g_string_free (text, n_guests == 0);

  return TRUE;
}

static gboolean
read_event_type (TptSandboxRequest *request,
                 JsonObject        *body,
                 TptSandboxOrder   *order)
{
  TptSandboxWorld *world = request->context->world;
  TptSandboxEventType *event_type = tpt_sandbox_world_find_uri (
    world, world->event_types, "event_types", get_string (body, "event_type"));

  if (event_type == NULL || event_type->deleted_at != 0 || !event_type->active)
    tpt_sandbox_reply_missing (request);
  else if (event_type->hosts[0]->organization != request->user->organization)
    tpt_sandbox_reply_denied (request, "You do not have permission");
  else if (event_type->paid)
    tpt_sandbox_reply_error (request, 400, "Invalid Argument", PAID_REFUSED);
  else if (!tpt_sandbox_time_parse (get_string (body, "start_time"), &order->start))
    tpt_sandbox_reply_invalid (request, "start_time", "is missing");
  else
    {
      order->event_type = event_type;
      return TRUE;
    }

  return FALSE;
}

void
tpt_sandbox_order_clear (TptSandboxOrder *order)
{
  g_clear_pointer (&order->answers, json_array_unref);
}

gboolean
tpt_sandbox_order_is_email (const char *text)
{
  return g_regex_match_simple ("^[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$", text, 0, 0);
}

/* Reads the body of POST /invitees by the rules of "Scheduling API". The order borrows from
 * @body. FALSE: refused, and the answer says why. */
gboolean
tpt_sandbox_order_read (TptSandboxRequest  *request,
                        JsonObject         *body,
                        TptSandboxOrder    *order,
                        char              **guests)
{
  JsonNode *tracking = get_node (body, "tracking", JSON_NODE_OBJECT);

  if (!read_event_type (request, body, order)
      || !read_person (request, body, order)
      || !read_location (request, body, order)
      || !read_answers (request, body, order)
      || !read_guests (request, body, guests))
    return FALSE;

  for (guint i = 0; tracking != NULL && i < TPT_SANDBOX_UTM; i++)
    order->utm[i] = get_string (json_node_get_object (tracking), tpt_sandbox_utm_keys[i]);
  order->method = "api";
  order->scheduled_by = request->user;
  if (tpt_sandbox_slots_remaining (request->context, order->event_type, order->start,
                                   order->event_type->duration) == 0)
    {
      g_clear_pointer (guests, g_free);
      tpt_sandbox_reply_invalid_code (request, INVALID, "event.start_time",
                                      "That start time has been filled", "already_filled");
      return FALSE;
    }

  return TRUE;
}
