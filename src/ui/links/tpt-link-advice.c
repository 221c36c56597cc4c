/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-link-advice.h"

#include "tpt-event-type-list.h"

typedef struct
{
  TptWorkspace *workspace;
  TptCustomer *customer;
  TptLinkFetch fetch;
  GPtrArray *event_types;
  gboolean is_fetched;
  GError *failure;
} LoadData;

static void
load_data_free (LoadData *data)
{
  g_clear_object (&data->workspace);
  g_clear_object (&data->customer);
  g_clear_pointer (&data->event_types, g_ptr_array_unref);
  g_clear_error (&data->failure);
  g_free (data);
}

static gboolean
has_category (const GPtrArray *event_types,
              const char      *uri,
              const char      *category)
{
  for (guint i = 0; i < event_types->len; i++)
    {
      TptEventType *type = g_ptr_array_index (event_types, i);

      if (g_strcmp0 (type->uri, uri) == 0)
        return g_strcmp0 (tpt_event_type_get_category (type), category) == 0;
    }

  return FALSE;
}

/* @meetings come newest first, so that the first one that fits is the last one that was held. */
static void
fill_context (TptRecommendContext *context,
              LoadData            *data,
              const GPtrArray     *meetings)
{
  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);
      TptOutcome outcome = tpt_meeting_get_outcome_for (meeting, data->customer->id, context->now);
      TptInvitee *invitee = tpt_meeting_get_invitee (meeting, data->customer->id);

      if (outcome == TPT_OUTCOME_UPCOMING)
        context->next_meeting_at = meeting->start;
      if (outcome != TPT_OUTCOME_HELD)
        continue;
      if (context->last_held_at == TPT_TIME_NONE)
        context->last_held_at = meeting->end;
      if (context->last_stakeholder == 0 && invitee != NULL)
        context->last_stakeholder = invitee->stakeholder;
      if (context->last_qbr_at == TPT_TIME_NONE
          && has_category (data->event_types, meeting->event_type, "qbr"))
        context->last_qbr_at = meeting->end;
    }
}

static GPtrArray *
list_schedulable (const GPtrArray *event_types,
                  TptEventType    *first)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);

  if (first != NULL)
    g_ptr_array_add (list, g_object_ref (first));
  for (guint i = 0; i < event_types->len; i++)
    {
      TptEventType *type = g_ptr_array_index (event_types, i);

      if (type != first && tpt_event_type_is_schedulable (type))
        g_ptr_array_add (list, g_object_ref (type));
    }

  return list;
}

static TptLinkAdvice *
make_advice (LoadData        *data,
             const GPtrArray *meetings)
{
  TptRecommendContext context = { .now = tpt_clock_now (data->workspace->clock),
                                  .zone = tpt_workspace_get_zone (data->workspace) };
  TptCustomerItem *item = tpt_portfolio_find (data->workspace->portfolio, data->customer->id);
  TptMetrics *metrics = item != NULL ? tpt_customer_item_get_metrics (item) : NULL;
  TptLinkAdvice *advice = g_new0 (TptLinkAdvice, 1);
  g_autoptr (TptRecommendation) recommendation = NULL;
  TptStakeholder *stakeholder;

  fill_context (&context, data, meetings);
  context.cadence_days = metrics != NULL ? metrics->cadence_days : data->customer->cadence_days;
  recommendation = tpt_recommend_event_type (data->customer, &context, data->event_types);
  stakeholder = tpt_recommend_stakeholder (data->customer, &context);

  advice->event_types = list_schedulable (data->event_types, recommendation->event_type);
  advice->recommended = recommendation->event_type;
  advice->reason = g_strdup (recommendation->reason);
  advice->stakeholder = stakeholder != NULL ? g_object_ref (stakeholder) : NULL;
  advice->is_fetched = data->is_fetched;
  advice->failure = g_steal_pointer (&data->failure);

  return advice;
}

static void
meetings_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GPtrArray) meetings = NULL;
  GError *error = NULL;

  meetings = tpt_store_list_meetings_finish (TPT_STORE (source), result, &error);
  if (meetings == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, make_advice (g_task_get_task_data (task), meetings),
                           (GDestroyNotify) tpt_link_advice_free);
}

static void
read_meetings (GTask *task)
{
  LoadData *data = g_task_get_task_data (task);
  TptMeetingQuery query = { .customer = data->customer->id, .descending = TRUE };

  tpt_store_list_meetings_async (data->workspace->store, &query, g_task_get_cancellable (task),
                                 meetings_cb, g_object_ref (task));
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptEventTypeList) list = NULL;
  LoadData *data = g_task_get_task_data (task);

  list = tpt_event_type_list_load_finish (TPT_STORE (source), result, &error);
  g_clear_pointer (&data->event_types, g_ptr_array_unref);
  data->is_fetched = TRUE;
  data->failure = list != NULL ? g_steal_pointer (&list->failure) : g_steal_pointer (&error);
  data->event_types = list != NULL ? g_ptr_array_ref (list->event_types)
                                   : g_ptr_array_new_with_free_func (g_object_unref);
  read_meetings (task);
}

static void
fetch (GTask *task)
{
  LoadData *data = g_task_get_task_data (task);

  tpt_event_type_list_load_async (data->workspace->store, data->workspace->engine,
                                  data->fetch == TPT_LINK_FETCH_ALWAYS,
                                  g_task_get_cancellable (task), fetched_cb, g_object_ref (task));
}

static gboolean
is_bookable (const GPtrArray *event_types)
{
  for (guint i = 0; i < event_types->len; i++)
    {
      if (tpt_event_type_is_schedulable (g_ptr_array_index (event_types, i)))
        return TRUE;
    }

  return FALSE;
}

static void
event_types_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  LoadData *data = g_task_get_task_data (task);
  GError *error = NULL;

  data->event_types = tpt_store_list_event_types_finish (TPT_STORE (source), result, &error);
  if (data->event_types == NULL)
    g_task_return_error (task, error);
  else if (data->fetch == TPT_LINK_FETCH_ALWAYS
           || (data->fetch == TPT_LINK_FETCH_WHERE_NONE && !is_bookable (data->event_types)))
    fetch (task);
  else
    read_meetings (task);
}

/**
 * tpt_link_advice_load_async:
 *
 * reads what can be booked with @customer, fetched anew where @fetch says so and somebody is
 * connected, and decides what fits best now
 */
void
tpt_link_advice_load_async (TptWorkspace        *workspace,
                            TptCustomer         *customer,
                            TptLinkFetch         fetch,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  LoadData *data;
  GTask *task;

  g_return_if_fail (TPT_IS_WORKSPACE (workspace));
  g_return_if_fail (TPT_IS_CUSTOMER (customer));

  data = g_new0 (LoadData, 1);
  data->workspace = g_object_ref (workspace);
  data->customer = g_object_ref (customer);
  if (workspace->engine != NULL && tpt_workspace_is_connected (workspace))
    data->fetch = fetch;
  task = g_task_new (workspace, cancellable, callback, user_data);
  g_task_set_source_tag (task, tpt_link_advice_load_async);
  g_task_set_task_data (task, data, (GDestroyNotify) load_data_free);
  tpt_store_list_event_types_async (workspace->store, cancellable, event_types_cb, task);
}

/** tpt_link_advice_load_finish: (transfer full): the advice, or %NULL with the store's error */
TptLinkAdvice *
tpt_link_advice_load_finish (TptWorkspace  *workspace,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, workspace), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
tpt_link_advice_free (TptLinkAdvice *self)
{
  g_clear_pointer (&self->event_types, g_ptr_array_unref);
  g_clear_object (&self->stakeholder);
  g_clear_error (&self->failure);
  g_free (self->reason);
  g_free (self);
}
