/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-listener-inbox.h"

#include <string.h>

#include "tpt-listener-fetch.h"
#include "tpt-listener-log.h"
#include "tpt-set-aside-table.h"
#include "tpt-settings-table.h"
#include "tpt-webhook-fact.h"

struct _TptListenerInbox
{
  GObject parent_instance;

  /* owned */
  TptStore *store;
  TptApply *apply;
  TptApiClient *client;
  TptOrganizationView *view;
  GCancellable *cancellable;
  GQueue frames;           /* of Delivery */
  char *cursor;            /* of the last event that was kept */
  guint8 secret_key[TPT_RELAY_KEY_SIZE];
  gboolean is_busy;
};

/* One event of the stream, and what has to be written with it. */
typedef struct
{
  TptListenerInbox *inbox;
  char *cursor;
  char *data;
  char *reason;            /* why it was set aside */
  TptTime now;
  TptWebhookFact *fact;
  TptDeliveryOutcome outcome;
  gboolean is_late;
} Delivery;

enum
{
  KEPT,
  DOUBT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptListenerInbox, tpt_listener_inbox, G_TYPE_OBJECT)

static void take_next (TptListenerInbox *self);

static void
delivery_free (Delivery *delivery)
{
  g_object_unref (delivery->inbox);
  g_free (delivery->cursor);
  g_free (delivery->data);
  g_free (delivery->reason);
  g_clear_pointer (&delivery->fact, tpt_webhook_fact_free);
  g_free (delivery);
}

/* Whether the stream repeats what is here already: it promises each event at least once. */
static gboolean
is_known (TptListenerInbox *self,
          const char       *cursor)
{
  TptRelayCursor known, place;

  return self->cursor != NULL && tpt_relay_cursor_parse (self->cursor, &known, NULL)
         && tpt_relay_cursor_parse (cursor, &place, NULL) && strcmp (known.epoch, place.epoch) == 0
         && place.seq <= known.seq;
}

/* The cursor is never ahead of the data: both are one transaction. */
static gboolean
note_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  Delivery *delivery = user_data;

  if (delivery->reason != NULL)
    {
      g_autofree char *uri = g_strconcat ("relay:", delivery->cursor, NULL);

      if (!tpt_set_aside_table_save (session, uri, delivery->reason, NULL, error))
        return FALSE;
    }

  return tpt_settings_table_set_text (session, TPT_SETTING_CURSOR, delivery->cursor, error)
         && tpt_settings_table_set_int (session, TPT_SETTING_LAST_EVENT, delivery->now, error);
}

/* Only whoever looks at the last deliveries misses it. */
static void
logged_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!tpt_listener_log_add_finish (TPT_STORE (source), result, &error))
    g_message ("What became of a delivery could not be noted: %s", error->message);
}

static void
log_delivery (Delivery *delivery)
{
  TptListenerInbox *self = delivery->inbox;
  const TptWebhookFact *fact = delivery->fact;
  TptDelivery line = {
    .at = delivery->now,
    .outcome = delivery->reason != NULL ? TPT_DELIVERY_SET_ASIDE : delivery->outcome,
    .late = delivery->is_late,
    .event = fact != NULL ? fact->event : NULL,
    .meeting = fact != NULL && fact->invitee != NULL ? fact->invitee->event : NULL,
    .reason = delivery->reason,
  };

  tpt_listener_log_add_async (self->store, &line, NULL, logged_cb, NULL);
}

static TptDeliveryOutcome
get_outcome (const TptApplyCounts *counts)
{
  return counts->created + counts->updated > 0 ? TPT_DELIVERY_APPLIED : TPT_DELIVERY_DUPLICATE;
}

static void
settle (Delivery *delivery)
{
  g_autoptr (TptListenerInbox) self = g_object_ref (delivery->inbox);

  log_delivery (delivery);
  g_free (self->cursor);
  self->cursor = g_strdup (delivery->cursor);
  delivery_free (delivery);
  self->is_busy = FALSE;
  if (g_queue_is_empty (&self->frames))
    g_signal_emit (self, signals[KEPT], 0, self->cursor);
  take_next (self);
}

/* The store cannot take anything now: what waits comes again with the next connection. */
static void
give_up (Delivery     *delivery,
         const GError *error)
{
  g_autoptr (TptListenerInbox) self = g_object_ref (delivery->inbox);

  delivery_free (delivery);
  self->is_busy = FALSE;
  g_queue_clear_full (&self->frames, (GDestroyNotify) delivery_free);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_message ("What the relay brought could not be kept: %s", error->message);
  g_signal_emit (self, signals[DOUBT], 0);
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (tpt_store_transact_finish (TPT_STORE (source), result, &error))
    settle (user_data);
  else
    give_up (user_data, error);
}

static void
note (Delivery *delivery)
{
  tpt_store_transact_async (delivery->inbox->store, note_func, delivery, NULL,
                            delivery->inbox->cancellable, noted_cb, delivery);
}

static void
set_aside (Delivery   *delivery,
           const char *reason)
{
  g_free (delivery->reason);
  delivery->reason = g_strdup (reason);
  g_signal_emit (delivery->inbox, signals[DOUBT], 0);
  note (delivery);
}

/* A relay may go on telling what colleagues do after it is not wanted any more. */
static gboolean
is_unwanted (Delivery   *delivery,
             TptMeeting *meeting)
{
  if (tpt_organization_view_takes (delivery->inbox->view, meeting))
    return FALSE;
  delivery->outcome = TPT_DELIVERY_NOTED;
  note (delivery);

  return TRUE;
}

static void
refetched_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Delivery *delivery = user_data;
  g_autoptr (GError) error = NULL;
  TptApplyCounts counts;

  if (!tpt_apply_run_finish (TPT_APPLY (source), result, &counts, &error))
    {
      give_up (delivery, error);
      return;
    }

  delivery->outcome = get_outcome (&counts);
  settle (delivery);
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Delivery *delivery = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  TptMeeting *meeting = tpt_listener_fetch_finish (result, &error);

  if (meeting == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    give_up (delivery, error);
  else if (meeting == NULL)
    set_aside (delivery, error->message);
  else if (is_unwanted (delivery, meeting))
    g_object_unref (meeting);
  else
    {
      g_ptr_array_add (facts, meeting);
      tpt_apply_run_async (delivery->inbox->apply, facts, note_func, delivery, NULL,
                           delivery->inbox->cancellable, refetched_cb, delivery);
    }
}

/* Old news: what the service says now counts. */
static void
fetch (Delivery *delivery)
{
  TptListenerInbox *self = delivery->inbox;

  tpt_listener_fetch_async (self->client, delivery->fact->invitee->uri,
                            delivery->fact->invitee->event, tpt_apply_look (self->apply),
                            self->cancellable, fetched_cb, delivery);
}

static void
applied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Delivery *delivery = user_data;
  g_autoptr (GError) error = NULL;
  TptApplyCounts counts;

  if (!tpt_apply_run_finish (TPT_APPLY (source), result, &counts, &error))
    give_up (delivery, error);
  else if (counts.stale > 0)
    fetch (delivery);
  else
    {
      delivery->outcome = get_outcome (&counts);
      settle (delivery);
    }
}

static void
apply (Delivery *delivery)
{
  TptListenerInbox *self = delivery->inbox;
  g_autoptr (GPtrArray) facts = g_ptr_array_new ();

  if (delivery->fact->kind == TPT_WEBHOOK_OTHER)
    {
      delivery->outcome = TPT_DELIVERY_NOTED;
      note (delivery);
    }
  else if (delivery->is_late || delivery->fact->meeting == NULL)
    fetch (delivery);
  else if (!is_unwanted (delivery, delivery->fact->meeting))
    {
      tpt_apply_stamp (delivery->fact->meeting, TPT_SOURCE_WEBHOOK, delivery->fact->created_at);
      g_ptr_array_add (facts, delivery->fact->meeting);
      tpt_apply_run_async (self->apply, facts, note_func, delivery, NULL, self->cancellable,
                           applied_cb, delivery);
    }
}

static void
take (Delivery *delivery)
{
  TptListenerInbox *self = delivery->inbox;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptRelayWebhook) webhook = tpt_relay_webhook_decode (delivery->data, &error);
  g_autoptr (GBytes) body = NULL;

  if (webhook != NULL)
    body = tpt_relay_box_open (webhook->relay_key, self->secret_key, webhook->nonce, webhook->box,
                               &error);
  if (body != NULL)
    delivery->fact = tpt_webhook_fact_parse (body, &error);

  delivery->is_late = webhook != NULL && webhook->late;
  if (delivery->fact == NULL)
    set_aside (delivery, error->message);
  else
    apply (delivery);
}

static void
take_next (TptListenerInbox *self)
{
  Delivery *delivery;

  if (self->is_busy || g_queue_is_empty (&self->frames))
    return;

  delivery = g_queue_pop_head (&self->frames);
  self->is_busy = TRUE;
  delivery->now = tpt_clock_now (tpt_store_get_clock (self->store));
  take (delivery);
}

static void
tpt_listener_inbox_finalize (GObject *object)
{
  TptListenerInbox *self = TPT_LISTENER_INBOX (object);

  g_queue_clear_full (&self->frames, (GDestroyNotify) delivery_free);
  explicit_bzero (self->secret_key, sizeof self->secret_key);
  g_object_unref (self->store);
  g_object_unref (self->apply);
  g_object_unref (self->client);
  g_object_unref (self->view);
  g_object_unref (self->cancellable);
  g_free (self->cursor);

  G_OBJECT_CLASS (tpt_listener_inbox_parent_class)->finalize (object);
}

static void
tpt_listener_inbox_class_init (TptListenerInboxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_listener_inbox_finalize;

  signals[KEPT] = g_signal_new ("kept", TPT_TYPE_LISTENER_INBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[DOUBT] = g_signal_new ("doubt", TPT_TYPE_LISTENER_INBOX, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
tpt_listener_inbox_init (TptListenerInbox *self)
{
  self->cancellable = g_cancellable_new ();
}

TptListenerInbox *
tpt_listener_inbox_new (TptStore            *store,
                        TptApply            *apply,
                        TptApiClient        *client,
                        TptOrganizationView *view)
{
  TptListenerInbox *self = g_object_new (TPT_TYPE_LISTENER_INBOX, NULL);

  self->store = g_object_ref (store);
  self->apply = g_object_ref (apply);
  self->client = g_object_ref (client);
  self->view = g_object_ref (view);

  return self;
}

/**
 * tpt_listener_inbox_open:
 * @cursor: (nullable): of the last event that was kept
 */
void
tpt_listener_inbox_open (TptListenerInbox        *self,
                         const TptListenerSecret *secret,
                         const char              *cursor)
{
  tpt_listener_inbox_close (self);
  memcpy (self->secret_key, secret->secret_key, sizeof self->secret_key);
  self->cursor = g_strdup (cursor);
}

/* Forgets what waits; it comes again. */
void
tpt_listener_inbox_close (TptListenerInbox *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_queue_clear_full (&self->frames, (GDestroyNotify) delivery_free);
  g_clear_pointer (&self->cursor, g_free);
}

/* Takes an event of the type `webhook`. */
void
tpt_listener_inbox_push (TptListenerInbox    *self,
                         const TptRelayFrame *frame)
{
  Delivery *delivery;

  if (frame->id == NULL || is_known (self, frame->id))
    return;

  delivery = g_new0 (Delivery, 1);
  delivery->inbox = g_object_ref (self);
  delivery->cursor = g_strdup (frame->id);
  delivery->data = g_strdup (frame->data);
  g_queue_push_tail (&self->frames, delivery);
  take_next (self);
}

/* The relay's journal has begun anew: places in the old one mean nothing. */
void
tpt_listener_inbox_reset (TptListenerInbox *self)
{
  g_clear_pointer (&self->cursor, g_free);
}

const char *
tpt_listener_inbox_get_cursor (TptListenerInbox *self)
{
  return self->cursor;
}
