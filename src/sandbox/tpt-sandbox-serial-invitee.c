/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-serial.h"

static void
set_tracking (JsonObject              *object,
              const TptSandboxInvitee *invitee)
{
  JsonObject *tracking = json_object_new ();

  for (guint i = 0; i < TPT_SANDBOX_UTM; i++)
    json_object_set_string_member (tracking, tpt_sandbox_utm_keys[i], invitee->utm[i]);
  json_object_set_object_member (object, "tracking", tracking);
}

static void
set_invitee_uri (JsonObject              *object,
                 const char              *name,
                 const TptSandboxInvitee *invitee)
{
  g_autofree char *uri = invitee != NULL ? tpt_sandbox_serial_invitee_uri (invitee) : NULL;

  json_object_set_string_member (object, name, uri);
}

static void
set_page_url (TptSandboxContext       *context,
              JsonObject              *object,
              const char              *name,
              const char              *page,
              const TptSandboxInvitee *invitee)
{
  g_autofree char *url = g_strconcat (context->base, "/", page, "/", invitee->uuid, NULL);

  json_object_set_string_member (object, name, url);
}

static void
set_payment (JsonObject              *object,
             const TptSandboxInvitee *invitee)
{
  JsonObject *payment;
  g_autofree char *id = NULL;

  if (!invitee->paid)
    {
      json_object_set_null_member (object, "payment");
      return;
    }

  payment = json_object_new ();
  id = g_strdup_printf ("ch_%.12s", invitee->uuid);
  json_object_set_string_member (payment, "external_id", id);
  json_object_set_string_member (payment, "provider", "stripe");
  json_object_set_double_member (payment, "amount", 480.5);
  json_object_set_string_member (payment, "currency", "EUR");
  json_object_set_string_member (payment, "terms", "Half a day");
  json_object_set_boolean_member (payment, "successful", TRUE);
  json_object_set_object_member (object, "payment", payment);
}

static void
set_no_show (JsonObject              *object,
             const TptSandboxInvitee *invitee)
{
  JsonObject *no_show;

  if (invitee->no_show == NULL)
    {
      json_object_set_null_member (object, "no_show");
      return;
    }

  no_show = json_object_new ();
  tpt_sandbox_serial_set_uri (no_show, "uri", "invitee_no_shows", invitee->no_show);
  tpt_sandbox_serial_set_time (no_show, "created_at", invitee->no_show_at);
  json_object_set_object_member (object, "no_show", no_show);
}

/* The answer of /invitee_no_shows. */
JsonObject *
tpt_sandbox_serial_no_show (TptSandboxContext *context,
                            gconstpointer      data)
{
  const TptSandboxInvitee *invitee = data;
  JsonObject *object = json_object_new ();

  tpt_sandbox_serial_set_uri (object, "uri", "invitee_no_shows", invitee->no_show);
  set_invitee_uri (object, "invitee", invitee);
  tpt_sandbox_serial_set_time (object, "created_at", invitee->no_show_at);

  return object;
}

JsonObject *
tpt_sandbox_serial_invitee (TptSandboxContext *context,
                            gconstpointer      data)
{
  const TptSandboxInvitee *invitee = data;
  JsonObject *object = json_object_new ();
  JsonArray *answers = invitee->answers != NULL ? json_array_ref (invitee->answers)
                                                : json_array_new ();

  set_invitee_uri (object, "uri", invitee);
  json_object_set_string_member (object, "email", invitee->email);
  json_object_set_string_member (object, "first_name", invitee->first_name);
  json_object_set_string_member (object, "last_name", invitee->last_name);
  json_object_set_string_member (object, "name", invitee->name);
  json_object_set_string_member (object, "status",
                                 invitee->cancellation.at != 0 ? "canceled" : "active");
  json_object_set_array_member (object, "questions_and_answers", answers);
  json_object_set_string_member (object, "timezone", invitee->timezone);
  tpt_sandbox_serial_set_uri (object, "event", "scheduled_events", invitee->event->uuid);
  tpt_sandbox_serial_set_time (object, "created_at", invitee->created_at);
  tpt_sandbox_serial_set_time (object, "updated_at", invitee->updated_at);
  set_tracking (object, invitee);
  json_object_set_string_member (object, "text_reminder_number", invitee->phone);
  json_object_set_boolean_member (object, "rescheduled", invitee->rescheduled);
  set_invitee_uri (object, "old_invitee", invitee->old_invitee);
  set_invitee_uri (object, "new_invitee", invitee->new_invitee);
  set_page_url (context, object, "cancel_url", "cancellations", invitee);
  set_page_url (context, object, "reschedule_url", "reschedulings", invitee);
  json_object_set_null_member (object, "routing_form_submission");
  if (invitee->cancellation.at != 0)
    json_object_set_object_member (object, "cancellation",
                                   tpt_sandbox_serial_cancellation (&invitee->cancellation));
  set_payment (object, invitee);
  set_no_show (object, invitee);
  json_object_set_null_member (object, "reconfirmation");
  json_object_set_string_member (object, "scheduling_method", invitee->method);
  tpt_sandbox_serial_set_uri (object, "invitee_scheduled_by", "users",
                              invitee->scheduled_by != NULL ? invitee->scheduled_by->uuid : NULL);

  return object;
}
