/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-listener-inbox.h"

#include <string.h>

/* A transaction of so many takes some milliseconds: others wait no longer for the store. */
#define BATCH_MAX 64

/* More than a batch has to wait, so that the next one can begin at once; a chunk of the network
 * may come on top of that. */
#define CROWD_EVENTS 256
#define CROWD_BYTES (2 * 1024 * 1024)

struct _TptListenerInbox
{
  GObject parent_instance;

  /* owned */
  TptListenerDesk desk;
  GQueue waiting;          /* of TptListenerDelivery */
  gsize waiting_bytes;
  GPtrArray *batch;        /* NULL: none is under way */
  GCancellable *cancellable;
  char *cursor;            /* of the last event that was kept */
  char *seen;              /* of the last event that was taken */

  guint careful;           /* how many of the next are taken alone, after a batch failed */
  gboolean is_crowded;
};

/* One batch under way; it may end after the inbox was closed or opened for another relay. */
typedef struct
{
  TptListenerInbox *inbox;
  GPtrArray *deliveries;
} Run;

enum
{
  KEPT,
  CROWDED,
  LOST,
  TESTED,
  DOUBT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptListenerInbox, tpt_listener_inbox, G_TYPE_OBJECT)

static void take_next (TptListenerInbox *self);

static void
run_free (Run *run)
{
  g_object_unref (run->inbox);
  g_ptr_array_unref (run->deliveries);
  g_free (run);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

static void
set_text (char       **text,
          const char  *value)
{
  char *copy = g_strdup (value);

  g_free (*text);
  *text = copy;
}

/* Whether the stream repeats what was taken already: it promises each event at least once. */
static gboolean
is_known (TptListenerInbox *self,
          const char       *cursor)
{
  TptRelayCursor known, place;

  return self->seen != NULL && tpt_relay_cursor_parse (self->seen, &known, NULL)
         && tpt_relay_cursor_parse (cursor, &place, NULL) && strcmp (known.epoch, place.epoch) == 0
         && place.seq <= known.seq;
}

static void
look_at_crowd (TptListenerInbox *self)
{
  guint length = g_queue_get_length (&self->waiting);
  gboolean is_full = length >= CROWD_EVENTS || self->waiting_bytes >= CROWD_BYTES;
  gboolean has_room = length < CROWD_EVENTS / 2 && self->waiting_bytes < CROWD_BYTES / 2;

  if (self->is_crowded ? !has_room : !is_full)
    return;
  self->is_crowded = !self->is_crowded;
  g_signal_emit (self, signals[CROWDED], 0, self->is_crowded);
}

static void
forget_waiting (TptListenerInbox *self)
{
  g_queue_clear_full (&self->waiting, (GDestroyNotify) tpt_listener_delivery_free);
  self->waiting_bytes = 0;
  self->careful = 0;
  look_at_crowd (self);
}

static void
put_back (TptListenerInbox *self,
          GPtrArray        *deliveries)
{
  self->careful = deliveries->len;
  g_ptr_array_set_free_func (deliveries, NULL);
  for (guint i = deliveries->len; i > 0; i--)
    {
      TptListenerDelivery *delivery = g_ptr_array_index (deliveries, i - 1);

      self->waiting_bytes += strlen (delivery->data);
      g_queue_push_head (&self->waiting, delivery);
    }
  g_ptr_array_set_size (deliveries, 0);
}

/* The store cannot take anything now. */
static void
give_up (TptListenerInbox *self,
         const GError     *error)
{
  forget_waiting (self);
  set_text (&self->seen, self->cursor);
  g_message ("What the relay brought could not be kept: %s", error->message);
  g_signal_emit (self, signals[LOST], 0);
  g_signal_emit (self, signals[DOUBT], 0);
}

/* Whether it is @error's own record that cannot be stored, and not the store that stores nothing.
 * Such a record must not keep the others from coming in. */
static gboolean
is_about_record (const GError *error)
{
  return error->domain != TPT_STORE_ERROR
         || g_error_matches (error, TPT_STORE_ERROR, TPT_STORE_ERROR_FAILED);
}

static void
note_failure (TptListenerInbox *self,
              GPtrArray        *deliveries,
              const GError     *error)
{
  TptListenerDelivery *first = g_ptr_array_index (deliveries, 0);

  if (!is_about_record (error) || (deliveries->len == 1 && first->reason != NULL))
    {
      give_up (self, error);
      return;
    }
  if (deliveries->len == 1)
    tpt_listener_delivery_set_aside (first, error->message);
  put_back (self, deliveries);
}

static void
note_success (TptListenerInbox       *self,
              GPtrArray              *deliveries,
              const TptListenerTally *tally)
{
  const TptListenerDelivery *last = g_ptr_array_index (deliveries, deliveries->len - 1);

  set_text (&self->cursor, last->cursor);
  g_signal_emit (self, signals[KEPT], 0, self->cursor);
  if (tally->set_aside > 0)
    g_signal_emit (self, signals[DOUBT], 0);
  if (tally->tests > 0)
    g_signal_emit (self, signals[TESTED], 0);
}

static void
taken_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Run) run = user_data;
  TptListenerInbox *self = run->inbox;
  g_autoptr (GError) error = NULL;
  TptListenerTally tally;
  gboolean is_taken = tpt_listener_batch_run_finish (result, &tally, &error);

  if (self->batch != run->deliveries)
    return;

  self->batch = NULL;
  if (is_taken)
    note_success (self, run->deliveries, &tally);
  else
    note_failure (self, run->deliveries, error);
  take_next (self);
}

static void
take_next (TptListenerInbox *self)
{
  guint most = self->careful > 0 ? 1 : BATCH_MAX;
  Run *run;

  if (self->batch != NULL || g_queue_is_empty (&self->waiting))
    return;

  run = g_new0 (Run, 1);
  run->inbox = g_object_ref (self);
  run->deliveries =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_listener_delivery_free);
  while (run->deliveries->len < most && !g_queue_is_empty (&self->waiting))
    {
      TptListenerDelivery *delivery = g_queue_pop_head (&self->waiting);

      self->waiting_bytes -= strlen (delivery->data);
      g_ptr_array_add (run->deliveries, delivery);
    }
  if (self->careful > 0)
    self->careful--;
  self->batch = run->deliveries;
  tpt_listener_batch_run_async (&self->desk, run->deliveries, self->cancellable, taken_cb, run);
  look_at_crowd (self);
}

static void
tpt_listener_inbox_finalize (GObject *object)
{
  TptListenerInbox *self = TPT_LISTENER_INBOX (object);

  g_queue_clear_full (&self->waiting, (GDestroyNotify) tpt_listener_delivery_free);
  explicit_bzero (self->desk.secret_key, sizeof self->desk.secret_key);
  g_object_unref (self->desk.store);
  g_object_unref (self->desk.apply);
  g_object_unref (self->desk.client);
  g_object_unref (self->desk.view);
  g_object_unref (self->cancellable);
  g_free (self->cursor);
  g_free (self->seen);

  G_OBJECT_CLASS (tpt_listener_inbox_parent_class)->finalize (object);
}

static void
tpt_listener_inbox_class_init (TptListenerInboxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_listener_inbox_finalize;

  signals[KEPT] = g_signal_new ("kept", TPT_TYPE_LISTENER_INBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CROWDED] = g_signal_new ("crowded", TPT_TYPE_LISTENER_INBOX, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[LOST] = g_signal_new ("lost", TPT_TYPE_LISTENER_INBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  signals[TESTED] = g_signal_new ("tested", TPT_TYPE_LISTENER_INBOX, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
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

  self->desk.store = g_object_ref (store);
  self->desk.apply = g_object_ref (apply);
  self->desk.client = g_object_ref (client);
  self->desk.view = g_object_ref (view);

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
  memcpy (self->desk.secret_key, secret->secret_key, sizeof self->desk.secret_key);
  set_text (&self->cursor, cursor);
  set_text (&self->seen, cursor);
}

/* Forgets what waits; it comes again. */
void
tpt_listener_inbox_close (TptListenerInbox *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->batch = NULL;
  explicit_bzero (self->desk.secret_key, sizeof self->desk.secret_key);
  forget_waiting (self);
  set_text (&self->cursor, NULL);
  set_text (&self->seen, NULL);
}

/* Takes an event of the type `webhook`. */
void
tpt_listener_inbox_push (TptListenerInbox    *self,
                         const TptRelayFrame *frame)
{
  if (frame->id == NULL || is_known (self, frame->id))
    return;

  set_text (&self->seen, frame->id);
  self->waiting_bytes += strlen (frame->data);
  g_queue_push_tail (&self->waiting,
                     tpt_listener_delivery_new (
                       frame->id, frame->data,
                       tpt_clock_now (tpt_store_get_clock (self->desk.store))));
  take_next (self);
  look_at_crowd (self);
}

/* The relay's journal has begun anew: places in the old one mean nothing. */
void
tpt_listener_inbox_reset (TptListenerInbox *self)
{
  set_text (&self->cursor, NULL);
  set_text (&self->seen, NULL);
}

/* Returns: (nullable): of the last event that was kept */
const char *
tpt_listener_inbox_get_cursor (TptListenerInbox *self)
{
  return self->cursor;
}
