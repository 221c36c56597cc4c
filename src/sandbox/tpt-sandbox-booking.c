/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-booking.h"

#include "tpt-sandbox-answers.h"
#include "tpt-sandbox-sender.h"
#include "tpt-sandbox-slots.h"

static void
set_location (TptSandboxWorld       *world,
              TptSandboxEvent       *event,
              const TptSandboxOrder *order)
{
  const char *text = NULL;
  const char *kind = tpt_sandbox_answers_location (event->event_type, &text);

  if (order->location_kind != NULL && g_strcmp0 (order->location_kind, kind) != 0)
    text = NULL;
  if (order->location_kind != NULL)
    kind = order->location_kind;
  event->location_kind = tpt_sandbox_world_text (world, kind);
  event->location = tpt_sandbox_world_text (world, order->location != NULL ? order->location
                                                                           : text);
}

static TptSandboxEvent *
add_event (TptSandboxContext     *context,
           const TptSandboxOrder *order)
{
  TptSandboxWorld *world = context->world;
  TptSandboxEventType *event_type = order->event_type;
  guint duration = order->link != NULL ? order->link->duration : event_type->duration;
  TptSandboxUser *host = tpt_sandbox_slots_free_host (context, event_type, order->start, duration);
  TptSandboxEvent *event = tpt_sandbox_world_add_event (world, event_type, order->start);

  event->end = event->start + duration * TPT_SANDBOX_MINUTE;
  event->created_at = TPT_SANDBOX_NOW (context);
  event->guests = tpt_sandbox_world_text (world, order->guests);
  if (order->link != NULL)
    event->name = order->link->name;
  if (host != NULL)
    event->hosts[0] = host;
  if (g_strcmp0 (event_type->pooling_type, "collective") == 0)
    {
      for (event->n_hosts = 0; event->n_hosts < event_type->n_hosts; event->n_hosts++)
        event->hosts[event->n_hosts] = event_type->hosts[event->n_hosts];
    }
  set_location (world, event, order);

  return event;
}

static TptSandboxInvitee *
add_invitee (TptSandboxContext     *context,
             TptSandboxEvent       *event,
             const TptSandboxOrder *order)
{
  TptSandboxWorld *world = context->world;
  TptSandboxInvitee *invitee = tpt_sandbox_world_add_invitee (world, event);

  invitee->name = tpt_sandbox_world_text (world, order->name);
  if (order->event_type->split_name && order->first_name != NULL)
    {
      invitee->first_name = tpt_sandbox_world_text (world, order->first_name);
      invitee->last_name = tpt_sandbox_world_text (world, order->last_name);
    }
  invitee->email = tpt_sandbox_world_text (world, order->email);
  invitee->timezone = tpt_sandbox_world_text (world, order->timezone);
  invitee->phone = tpt_sandbox_world_text (world, order->phone);
  invitee->method = order->method;
  invitee->scheduled_by = order->scheduled_by;
  invitee->answers = order->answers != NULL ? json_array_ref (order->answers) : NULL;
  invitee->created_at = TPT_SANDBOX_NOW (context);
  invitee->updated_at = invitee->created_at;
  for (guint i = 0; i < TPT_SANDBOX_UTM; i++)
    invitee->utm[i] = tpt_sandbox_world_text (world, order->utm[i]);
  event->updated_at = invitee->created_at;

  return invitee;
}

static TptSandboxInvitee *
place (TptSandboxContext     *context,
       const TptSandboxOrder *order)
{
  TptSandboxEvent *event = tpt_sandbox_slots_group (context, order->event_type, order->start);

  if (event == NULL)
    event = add_event (context, order);

  return add_invitee (context, event, order);
}

static void
mark_canceled (TptSandboxContext *context,
               TptSandboxInvitee *invitee,
               const char        *by,
               const char        *reason,
               const char        *type)
{
  TptSandboxCancellation *cancellation = &invitee->cancellation;

  cancellation->by = tpt_sandbox_world_text (context->world, by);
  cancellation->reason = tpt_sandbox_world_text (context->world, reason);
  cancellation->type = type;
  cancellation->at = TPT_SANDBOX_NOW (context);
  invitee->updated_at = cancellation->at;
  invitee->event->updated_at = cancellation->at;
}

/* An event of one invitee falls with them; a group stays for the others. */
static void
cancel_for_one (TptSandboxContext *context,
                TptSandboxInvitee *invitee,
                const char        *reason)
{
  mark_canceled (context, invitee, invitee->name, reason, "invitee");
  if (invitee->event->event_type->limit == 1)
    invitee->event->cancellation = invitee->cancellation;
}

/* Books without asking whether the time is free: that is the caller's question. A link that was
 * given is used up. */
TptSandboxInvitee *
tpt_sandbox_booking_book (TptSandboxContext     *context,
                          const TptSandboxOrder *order)
{
  TptSandboxInvitee *invitee = place (context, order);

  if (order->link != NULL)
    order->link->used_by = invitee;
  tpt_sandbox_sender_invitee (context, "invitee.created", invitee);

  return invitee;
}

/* The host cancels, for all invitees. */
void
tpt_sandbox_booking_cancel_event (TptSandboxContext *context,
                                  TptSandboxEvent   *event,
                                  const char        *by,
                                  const char        *reason)
{
  g_autoptr (GPtrArray) canceled = g_ptr_array_new ();

  g_return_if_fail (event->cancellation.at == 0);

  for (guint i = 0; i < event->invitees->len; i++)
    {
      TptSandboxInvitee *invitee = event->invitees->pdata[i];

      if (invitee->cancellation.at != 0)
        continue;
      mark_canceled (context, invitee, by, reason, "host");
      event->cancellation = invitee->cancellation;
      g_ptr_array_add (canceled, invitee);
    }
  for (guint i = 0; i < canceled->len; i++)
    tpt_sandbox_sender_invitee (context, "invitee.canceled", canceled->pdata[i]);
}

/* The invitee cancels for themselves. */
void
tpt_sandbox_booking_cancel_invitee (TptSandboxContext *context,
                                    TptSandboxInvitee *invitee,
                                    const char        *reason)
{
  g_return_if_fail (invitee->cancellation.at == 0);

  cancel_for_one (context, invitee, reason);
  tpt_sandbox_sender_invitee (context, "invitee.canceled", invitee);
}

/* Replaces the booking by one at @start and sends the two webhooks, in either order when
 * "shuffle" is set. */
TptSandboxInvitee *
tpt_sandbox_booking_reschedule (TptSandboxContext *context,
                                TptSandboxInvitee *invitee,
                                gint64             start,
                                const char        *reason)
{
  TptSandboxEvent *event = invitee->event;
  gboolean keep = tpt_sandbox_faults_get_switch (context->faults, "utm_on_reschedule");
  gboolean swap = tpt_sandbox_faults_get_webhook (context->faults, "shuffle")
                  && tpt_sandbox_random_chance (&context->world->random, 50);
  TptSandboxOrder order = {
    .event_type = event->event_type,
    .start = start,
    .name = invitee->name,
    .first_name = invitee->first_name,
    .last_name = invitee->last_name,
    .email = invitee->email,
    .timezone = invitee->timezone,
    .phone = invitee->phone,
    .guests = event->guests,
    .location_kind = event->location_kind,
    .location = event->location,
    .answers = invitee->answers,
  };
  TptSandboxInvitee *newer;

  g_return_val_if_fail (invitee->cancellation.at == 0, NULL);

  for (guint i = 0; keep && i < TPT_SANDBOX_UTM; i++)
    order.utm[i] = invitee->utm[i];
  cancel_for_one (context, invitee, reason);
  newer = place (context, &order);
  if (newer->event->event_type->limit == 1)
    {
      newer->event->end = newer->event->start + event->end - event->start;
      newer->event->name = event->name;
    }
  invitee->rescheduled = TRUE;
  invitee->new_invitee = newer;
  newer->old_invitee = invitee;

  tpt_sandbox_sender_invitee (context, swap ? "invitee.created" : "invitee.canceled",
                              swap ? newer : invitee);
  tpt_sandbox_sender_invitee (context, swap ? "invitee.canceled" : "invitee.created",
                              swap ? invitee : newer);

  return newer;
}

void
tpt_sandbox_booking_no_show (TptSandboxContext *context,
                             TptSandboxInvitee *invitee)
{
  tpt_sandbox_world_mark_no_show (context->world, invitee, TPT_SANDBOX_NOW (context));
  tpt_sandbox_sender_invitee (context, "invitee_no_show.created", invitee);
}

/* Whether the webhook still shows the mark is not documented: "clear_no_show" makes it go first. */
void
tpt_sandbox_booking_undo_no_show (TptSandboxContext *context,
                                  TptSandboxInvitee *invitee)
{
  gboolean clear_first = tpt_sandbox_faults_get_webhook (context->faults, "clear_no_show");

  invitee->updated_at = TPT_SANDBOX_NOW (context);
  if (!clear_first)
    tpt_sandbox_sender_invitee (context, "invitee_no_show.deleted", invitee);
  tpt_sandbox_world_clear_no_show (context->world, invitee);
  if (clear_first)
    tpt_sandbox_sender_invitee (context, "invitee_no_show.deleted", invitee);
}
