/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-listener-delivery.h"

#include "tpt-apply.h"
#include "tpt-relay-message.h"
#include "tpt-record-label.h"
#include "tpt-set-aside-table.h"

TptListenerDelivery *
tpt_listener_delivery_new (const char *cursor,
                           const char *data,
                           TptTime     now)
{
  TptListenerDelivery *self = g_new0 (TptListenerDelivery, 1);

  self->cursor = g_strdup (cursor);
  self->data = g_strdup (data);
  self->now = now;
  self->outcome = TPT_DELIVERY_NOTED;

  return self;
}

void
tpt_listener_delivery_free (TptListenerDelivery *self)
{
  if (self == NULL)
    return;

  g_free (self->cursor);
  g_free (self->data);
  g_free (self->reason);
  g_clear_pointer (&self->fact, tpt_webhook_fact_free);
  g_clear_object (&self->meeting);
  g_free (self);
}

/**
 * tpt_listener_delivery_read:
 * @secret_key: of this device, %TPT_RELAY_KEY_SIZE bytes
 *
 * Opens the box and decides what has to be done with what is in it. On any thread.
 */
void
tpt_listener_delivery_read (TptListenerDelivery *self,
                            const guint8        *secret_key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TptRelayWebhook) webhook = tpt_relay_webhook_decode (self->data, &error);
  g_autoptr (GBytes) body = NULL;

  if (webhook != NULL)
    body = tpt_relay_box_open (webhook->relay_key, secret_key, webhook->nonce, webhook->box,
                               &error);
  if (body != NULL)
    self->fact = tpt_webhook_fact_parse (body, &error);
  self->is_late = webhook != NULL && webhook->late;
  if (self->fact == NULL)
    {
      tpt_listener_delivery_set_aside (self, error->message);
      return;
    }
  if (self->fact->kind == TPT_WEBHOOK_OTHER)
    return;

  self->asks = self->is_late || self->fact->meeting == NULL;
  if (self->asks)
    return;
  self->meeting = g_object_ref (self->fact->meeting);
  tpt_apply_stamp (self->meeting, TPT_SOURCE_WEBHOOK, self->fact->created_at);
}

void
tpt_listener_delivery_set_aside (TptListenerDelivery *self,
                                 const char          *reason)
{
  char *copy = g_strdup (reason);

  g_free (self->reason);
  self->reason = copy;
  self->outcome = TPT_DELIVERY_SET_ASIDE;
  self->asks = FALSE;
  g_clear_object (&self->meeting);
}

/* Whether it is what was asked of the relay to see whether anything arrives. */
gboolean
tpt_listener_delivery_is_test (const TptListenerDelivery *self)
{
  return self->fact != NULL && g_str_equal (self->fact->event, TPT_LISTENER_TEST_EVENT);
}

/* What it is set aside as: the booking that it tells of, so that whoever reads that from the
 * service takes it off the list; where it tells of none, itself. */
static char *
name_record (const TptListenerDelivery *self)
{
  const TptInvitee *invitee = self->fact != NULL ? self->fact->invitee : NULL;

  if (invitee == NULL)
    return g_strconcat ("relay:", self->cursor, NULL);

  return g_strdup (g_str_has_prefix (invitee->uri, invitee->event) ? invitee->uri
                                                                   : invitee->event);
}

/**
 * tpt_listener_delivery_note:
 * @is_listed: whether it is among the last ones, which can be looked at
 *
 * On the store's thread: writes down what became of it.
 */
gboolean
tpt_listener_delivery_note (const TptListenerDelivery  *self,
                            TptSession                 *session,
                            gboolean                    is_listed,
                            GError                    **error)
{
  const TptWebhookFact *fact = self->fact;
  g_autofree char *uri = name_record (self);
  TptDelivery line = {
    .at = self->now,
    .outcome = self->outcome,
    .late = self->is_late,
    .event = fact != NULL ? fact->event : NULL,
    .meeting = fact != NULL && fact->invitee != NULL ? fact->invitee->event : NULL,
    .reason = self->reason,
  };

  if (self->reason != NULL)
    {
      const TptInvitee *invitee = fact != NULL ? fact->invitee : NULL;
      g_autofree char *label =
        invitee != NULL ? tpt_record_label_make (invitee->name, invitee->email) : NULL;

      if (!tpt_set_aside_table_save (session, uri, self->reason, label, error))
        return FALSE;
    }
  else if (self->asked && !tpt_set_aside_table_remove (session, uri, error))
    return FALSE;

  return !is_listed || tpt_deliveries_table_add (session, &line, error);
}
