/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-listener-batch.h"

#include <string.h>

#include "tpt-collection.h"
#include "tpt-listener-fetch.h"
#include "tpt-settings-table.h"

/* One batch on its way: read on a thread, what is not believed fetched, all of it applied. */
typedef struct
{
  TptListenerDesk desk;
  GPtrArray *deliveries;
  guint fetching;          /* index of the delivery that the service is asked about */
  gboolean has_stale;      /* so that it must be asked about more of them */
  guint failed;            /* questions in a row */
  gint64 asking_since;     /* monotonic */
} Batch;

static void fetch_next (GTask *task);

static void
batch_free (Batch *batch)
{
  g_object_unref (batch->desk.store);
  g_object_unref (batch->desk.apply);
  g_object_unref (batch->desk.client);
  g_object_unref (batch->desk.view);
  explicit_bzero (batch->desk.secret_key, sizeof batch->desk.secret_key);
  g_ptr_array_unref (batch->deliveries);
  g_free (batch);
}

static gboolean
apply_one (Batch                *batch,
           TptSession           *session,
           TptListenerDelivery  *delivery,
           GError              **error)
{
  g_autoptr (GPtrArray) facts = NULL;
  TptApplyCounts counts = { 0 };

  if (delivery->meeting == NULL)
    return TRUE;

  facts = g_ptr_array_new ();
  g_ptr_array_add (facts, delivery->meeting);
  if (!tpt_apply_facts (batch->desk.apply, session, facts, &counts, error))
    return FALSE;
  /* Of a second run, after the service was asked about others, the first one's answer stays. */
  if (counts.created + counts.updated > 0)
    delivery->outcome = TPT_DELIVERY_APPLIED;
  else if (delivery->outcome != TPT_DELIVERY_APPLIED)
    delivery->outcome = TPT_DELIVERY_DUPLICATE;
  /* Old news that say something else: what the service says now counts. */
  delivery->asks = counts.stale > 0 && !delivery->asked;
  batch->has_stale |= delivery->asks;

  return TRUE;
}

/* The cursor is never ahead of the data, nor of what is still to be asked: all is one
 * transaction. */
static gboolean
apply_func (TptSession  *session,
            gpointer     user_data,
            GError     **error)
{
  Batch *batch = user_data;
  const TptListenerDelivery *last =
    g_ptr_array_index (batch->deliveries, batch->deliveries->len - 1);

  batch->has_stale = FALSE;
  for (guint i = 0; i < batch->deliveries->len; i++)
    {
      if (!apply_one (batch, session, g_ptr_array_index (batch->deliveries, i), error))
        return FALSE;
    }
  if (batch->has_stale)
    return TRUE;

  for (guint i = 0; i < batch->deliveries->len; i++)
    {
      gboolean is_listed = batch->deliveries->len - i <= TPT_DELIVERIES_KEPT;

      if (!tpt_listener_delivery_note (g_ptr_array_index (batch->deliveries, i), session,
                                       is_listed, error))
        return FALSE;
    }

  return tpt_settings_table_set_text (session, TPT_SETTING_CURSOR, last->cursor, error)
         && tpt_settings_table_set_int (session, TPT_SETTING_LAST_EVENT, last->now, error);
}

static void
applied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Batch *batch = g_task_get_task_data (task);
  GError *error = NULL;

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    g_task_return_error (task, error);
  else if (batch->has_stale)
    {
      batch->fetching = 0;
      fetch_next (task);
    }
  else
    g_task_return_boolean (task, TRUE);
}

/* A relay may go on telling what colleagues do after it is not wanted any more. */
static void
drop_unwanted (Batch               *batch,
               TptListenerDelivery *delivery)
{
  if (delivery->meeting == NULL
      || tpt_organization_view_takes (batch->desk.view, delivery->meeting))
    return;

  g_clear_object (&delivery->meeting);
  delivery->outcome = TPT_DELIVERY_NOTED;
}

/* What the service says about a booking is so for all that the batch tells of it. */
static void
take_answer (Batch      *batch,
             TptMeeting *meeting)
{
  const TptListenerDelivery *asked = g_ptr_array_index (batch->deliveries, batch->fetching);

  for (guint i = batch->fetching; i < batch->deliveries->len; i++)
    {
      TptListenerDelivery *delivery = g_ptr_array_index (batch->deliveries, i);

      if (i != batch->fetching
          && (!delivery->asks
              || strcmp (delivery->fact->invitee->uri, asked->fact->invitee->uri) != 0))
        continue;
      delivery->asks = FALSE;
      delivery->asked = TRUE;
      g_set_object (&delivery->meeting, meeting);
      drop_unwanted (batch, delivery);
    }
}

/* Whoever asks in vain does not go on for long: what is behind waits, and may be good. A sync looks
 * after what is not asked about. */
static void
give_up (Batch        *batch,
         const GError *error)
{
  gint64 asked = (g_get_monotonic_time () - batch->asking_since) / 1000;

  if (tpt_pull_is_about_record (error, &batch->failed) && asked < TPT_LISTENER_FETCH_MS)
    return;
  for (guint i = batch->fetching; i < batch->deliveries->len; i++)
    {
      TptListenerDelivery *delivery = g_ptr_array_index (batch->deliveries, i);

      if (delivery->asks)
        tpt_listener_delivery_set_aside (delivery, error->message);
    }
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Batch *batch = g_task_get_task_data (task);
  TptListenerDelivery *delivery = g_ptr_array_index (batch->deliveries, batch->fetching);
  g_autoptr (GError) error = NULL;
  g_autoptr (TptMeeting) meeting = tpt_listener_fetch_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  delivery->asked = TRUE;
  if (meeting == NULL)
    {
      tpt_listener_delivery_set_aside (delivery, error->message);
      give_up (batch, error);
    }
  else
    {
      batch->failed = 0;
      take_answer (batch, meeting);
    }
  fetch_next (task);
}

/* Asks about the first that is not believed, or applies all of them. */
static void
fetch_next (GTask *task)
{
  Batch *batch = g_task_get_task_data (task);

  for (; batch->fetching < batch->deliveries->len; batch->fetching++)
    {
      TptListenerDelivery *delivery = g_ptr_array_index (batch->deliveries, batch->fetching);

      if (!delivery->asks)
        continue;
      if (batch->asking_since == 0)
        batch->asking_since = g_get_monotonic_time ();
      tpt_listener_fetch_async (batch->desk.client, delivery->fact->invitee,
                                delivery->meeting == NULL ? delivery->fact->meeting : NULL,
                                tpt_apply_look (batch->desk.apply),
                                g_task_get_cancellable (task), fetched_cb, g_object_ref (task));
      return;
    }

  tpt_store_transact_async (batch->desk.store, apply_func, batch, NULL,
                            g_task_get_cancellable (task), applied_cb, g_object_ref (task));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Batch *batch = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }

  for (guint i = 0; i < batch->deliveries->len; i++)
    drop_unwanted (batch, g_ptr_array_index (batch->deliveries, i));
  fetch_next (task);
}

static void
read_thread (GTask        *reading,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Batch *batch = g_task_get_task_data (task_data);

  for (guint i = 0; i < batch->deliveries->len; i++)
    {
      TptListenerDelivery *delivery = g_ptr_array_index (batch->deliveries, i);

      if (delivery->fact == NULL && delivery->reason == NULL)
        tpt_listener_delivery_read (delivery, batch->desk.secret_key);
    }
  g_task_return_boolean (reading, TRUE);
}

/**
 * tpt_listener_batch_run_async:
 * @deliveries: (element-type TptListenerDelivery): in the order of the stream, at least one
 *
 * Takes all of them into the record, and the cursor behind the last one with them. What cannot be
 * read is set aside. Errors are the store's; then nothing is noted of any of them.
 */
void
tpt_listener_batch_run_async (const TptListenerDesk *desk,
                              GPtrArray             *deliveries,
                              GCancellable          *cancellable,
                              GAsyncReadyCallback    callback,
                              gpointer               user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GTask) reading = NULL;
  Batch *batch = g_new0 (Batch, 1);

  batch->desk = *desk;
  g_object_ref (desk->store);
  g_object_ref (desk->apply);
  g_object_ref (desk->client);
  g_object_ref (desk->view);
  batch->deliveries = g_ptr_array_ref (deliveries);
  g_task_set_source_tag (task, tpt_listener_batch_run_async);
  g_task_set_task_data (task, batch, (GDestroyNotify) batch_free);

  reading = g_task_new (NULL, cancellable, read_cb, g_object_ref (task));
  g_task_set_source_tag (reading, read_thread);
  g_task_set_task_data (reading, g_object_ref (task), g_object_unref);
  g_task_run_in_thread (reading, read_thread);
}

/* @tally: (out) */
gboolean
tpt_listener_batch_run_finish (GAsyncResult      *result,
                               TptListenerTally  *tally,
                               GError           **error)
{
  Batch *batch = g_task_get_task_data (G_TASK (result));

  *tally = (TptListenerTally) { 0 };
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  for (guint i = 0; i < batch->deliveries->len; i++)
    {
      const TptListenerDelivery *delivery = g_ptr_array_index (batch->deliveries, i);

      tally->tests += tpt_listener_delivery_is_test (delivery);
      tally->set_aside += delivery->reason != NULL;
    }

  return TRUE;
}
