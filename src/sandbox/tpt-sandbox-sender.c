/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-sender.h"

#include "tpt-sandbox-delivery.h"
#include "tpt-sandbox-serial.h"

struct _TptSandboxSender
{
  TptSandboxContext *context;
  SoupSession *session;
  GPtrArray *subscriptions;
  GPtrArray *deliveries;
};

static void
subscription_free (gpointer data)
{
  TptSandboxSubscription *subscription = data;

  g_free (subscription->url);
  g_free (subscription->scope);
  g_free (subscription->signing_key);
  g_strfreev (subscription->events);
  g_free (subscription);
}

static void
delivery_close (gpointer delivery)
{
  tpt_sandbox_delivery_close (delivery);
}

static gboolean
wants (TptSandboxSubscription *subscription,
       const char             *kind,
       TptSandboxUser *const  *hosts,
       guint                   n_hosts)
{
  if (subscription->deleted || subscription->disabled
      || !g_strv_contains ((const char *const *) subscription->events, kind))
    return FALSE;

  for (guint i = 0; i < n_hosts; i++)
    {
      if (g_str_equal (subscription->scope, "user") && hosts[i] == subscription->user)
        return TRUE;
      if (g_str_equal (subscription->scope, "organization")
          && hosts[i]->organization == subscription->creator->organization)
        return TRUE;
    }

  return FALSE;
}

static void
deliver (TptSandboxSender       *self,
         TptSandboxSubscription *subscription,
         const char             *kind,
         JsonObject             *payload)
{
  g_autoptr (JsonNode) envelope = tpt_sandbox_sender_envelope (self->context, kind,
                                                               subscription->creator, payload);
  char *text = json_to_string (envelope, FALSE);
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));
  guint copies = tpt_sandbox_faults_get_webhook (self->context->faults, "duplicate") ? 2 : 1;

  for (guint i = 0; i < copies; i++)
    {
      TptSandboxDelivery *delivery = tpt_sandbox_delivery_new (self->context, subscription,
                                                               self->session, kind, body);

      g_ptr_array_add (self->deliveries, delivery);
      tpt_sandbox_delivery_start (delivery);
    }
}

TptSandboxSender *
tpt_sandbox_sender_new (TptSandboxContext *context)
{
  TptSandboxSender *self = g_new0 (TptSandboxSender, 1);

  self->context = context;
  self->session = soup_session_new_with_options ("max-conns", 128,
                                                 "max-conns-per-host", 64,
                                                 "user-agent", "CalendlySandbox/1",
                                                 NULL);
  self->subscriptions = g_ptr_array_new_with_free_func (subscription_free);
  self->deliveries = g_ptr_array_new_with_free_func (delivery_close);

  return self;
}

void
tpt_sandbox_sender_free (TptSandboxSender *self)
{
  g_ptr_array_unref (self->deliveries);
  g_ptr_array_unref (self->subscriptions);
  g_object_unref (self->session);
  g_free (self);
}

/* A new subscription to nothing yet: the caller sets its events, key and user. */
TptSandboxSubscription *
tpt_sandbox_sender_subscribe (TptSandboxSender *self,
                              const char       *url,
                              const char       *scope,
                              TptSandboxUser   *creator)
{
  TptSandboxSubscription *subscription = g_new0 (TptSandboxSubscription, 1);

  subscription->uuid = tpt_sandbox_world_id (self->context->world);
  subscription->url = g_strdup (url);
  subscription->scope = g_strdup (scope);
  subscription->creator = creator;
  subscription->created_at = TPT_SANDBOX_NOW (self->context);
  subscription->updated_at = subscription->created_at;
  g_ptr_array_add (self->subscriptions, subscription);

  return subscription;
}

TptSandboxSubscription *
tpt_sandbox_sender_find (TptSandboxSender *self,
                         const char       *uuid)
{
  for (guint i = 0; i < self->subscriptions->len; i++)
    {
      TptSandboxSubscription *subscription = self->subscriptions->pdata[i];

      if (g_str_equal (subscription->uuid, uuid) && !subscription->deleted)
        return subscription;
    }

  return NULL;
}

/* All subscriptions ever made, deleted ones too. The array is the sender's. */
GPtrArray *
tpt_sandbox_sender_list (TptSandboxSender *self)
{
  return self->subscriptions;
}

JsonArray *
tpt_sandbox_sender_list_deliveries (TptSandboxSender *self)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < self->deliveries->len; i++)
    json_array_add_object_element (list, tpt_sandbox_delivery_show (self->deliveries->pdata[i]));

  return list;
}

/* The flat invitee of the invitee events, with its event inside: without the calendar's entry. */
JsonObject *
tpt_sandbox_sender_payload (TptSandboxContext *context,
                            TptSandboxInvitee *invitee)
{
  JsonObject *payload = tpt_sandbox_serial_invitee (context, invitee);
  JsonObject *event = tpt_sandbox_serial_event (context, invitee->event);

  json_object_remove_member (event, "calendar_event");
  json_object_set_null_member (event, "meeting_notes_html");
  json_object_set_object_member (payload, "scheduled_event", event);

  return payload;
}

/* The document of a delivery, keys in alphabetical order. Takes @payload. */
JsonNode *
tpt_sandbox_sender_envelope (TptSandboxContext *context,
                             const char        *kind,
                             TptSandboxUser    *creator,
                             JsonObject        *payload)
{
  g_autoptr (JsonNode) node = json_node_alloc ();
  JsonObject *object = json_object_new ();

  json_node_init_object (node, object);
  json_object_set_string_member (object, "event", kind);
  tpt_sandbox_serial_set_time (object, "created_at", TPT_SANDBOX_NOW (context));
  tpt_sandbox_serial_set_uri (object, "created_by", "users", creator->uuid);
  json_object_set_object_member (object, "payload", payload);
  json_object_unref (object);

  return tpt_sandbox_serial_sort (node);
}

/* Tells every subscription that wants to hear of @kind, one of the invitee and no-show events. */
void
tpt_sandbox_sender_invitee (TptSandboxContext *context,
                            const char        *kind,
                            TptSandboxInvitee *invitee)
{
  TptSandboxSender *self = context->sender;

  for (guint i = 0; i < self->subscriptions->len && !context->quiet; i++)
    {
      TptSandboxSubscription *subscription = self->subscriptions->pdata[i];

      if (wants (subscription, kind, invitee->event->hosts, invitee->event->n_hosts))
        deliver (self, subscription, kind, tpt_sandbox_sender_payload (context, invitee));
    }
}

void
tpt_sandbox_sender_event_type (TptSandboxContext   *context,
                               const char          *kind,
                               TptSandboxEventType *event_type)
{
  TptSandboxSender *self = context->sender;

  for (guint i = 0; i < self->subscriptions->len && !context->quiet; i++)
    {
      TptSandboxSubscription *subscription = self->subscriptions->pdata[i];

      if (wants (subscription, kind, event_type->hosts, event_type->n_hosts))
        deliver (self, subscription, kind, tpt_sandbox_serial_event_type (context, event_type));
    }
}
