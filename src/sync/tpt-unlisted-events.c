/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-unlisted-events.h"

#include "tpt-invitee-client.h"
#include "tpt-meetings-ahead.h"
#include "tpt-scheduled-event-client.h"

struct _TptUnlistedEvents
{
  GObject parent_instance;

  /* owned */
  TptApiClient *client;
  TptStore *store;
  TptApply *apply;
};

/* The meetings are asked for one after the other, the last one first. */
typedef struct
{
  TptPull *pull;           /* borrowed */
  TptTimeRange range;
  GPtrArray *meetings;     /* (element-type TptMeeting) */
  TptMeeting *found;       /* the last one as the service has it, or NULL */
  guint failed;            /* in a row */
  TptTime seen_at;
} Look;

static void collection_init (TptCollectionInterface *interface);
static void next (GTask *task);

G_DEFINE_FINAL_TYPE_WITH_CODE (TptUnlistedEvents, tpt_unlisted_events, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TPT_TYPE_COLLECTION, collection_init))

static void
look_free (Look *look)
{
  g_ptr_array_unref (look->meetings);
  g_clear_object (&look->found);
  g_free (look);
}

static TptMeeting *
get_last (Look *look)
{
  return g_ptr_array_index (look->meetings, look->meetings->len - 1);
}

/* Whether the account has nothing to do with it any more. */
static gboolean
is_gone (const GError *error)
{
  return g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_NOT_FOUND)
         || g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_PERMISSION);
}

/* It is not going to be held. This is a conclusion and no news: the version stays the one that it
 * was, and whatever is heard of the meeting from now on counts for more. */
static void
cancel (TptMeeting *meeting,
        TptTime     now)
{
  meeting->canceled = TRUE;
  meeting->canceled_at = now;
  meeting->canceler = TPT_CANCELER_UNLISTED;
  for (guint i = 0; i < meeting->invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (meeting->invitees, i);

      if (invitee->canceled)
        continue;
      invitee->canceled = TRUE;
      invitee->canceled_at = now;
      invitee->canceler = TPT_CANCELER_UNLISTED;
    }
}

static void
applied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Look *look = g_task_get_task_data (task);
  TptSyncReport *report = look->pull->report;
  TptApplyCounts counts = { 0 };
  GError *error = NULL;

  if (!tpt_apply_run_finish (TPT_APPLY (source), result, &counts, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  report->updated += counts.updated;
  report->unchanged += counts.unchanged;
  report->synced = report->created + report->updated + report->unchanged;
  next (task);
}

/* What is known of the last one now. */
static void
apply (GTask      *task,
       TptMeeting *meeting)
{
  TptUnlistedEvents *self = g_task_get_source_object (task);
  Look *look = g_task_get_task_data (task);
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);

  look->failed = 0;
  tpt_apply_stamp (meeting, TPT_SOURCE_POLL, look->seen_at);
  g_ptr_array_add (facts, g_object_ref (meeting));
  g_ptr_array_set_size (look->meetings, (int) look->meetings->len - 1);
  tpt_apply_run_async (self->apply, facts, NULL, NULL, NULL, g_task_get_cancellable (task),
                       applied_cb, g_object_ref (task));
}

/* Where @error is about the last one, the others may be had all the same. */
static void
give_up (GTask        *task,
         const GError *error)
{
  Look *look = g_task_get_task_data (task);
  TptMeeting *meeting = get_last (look);

  if (!tpt_pull_is_about_record (error, &look->failed))
    {
      g_task_return_error (task, g_error_copy (error));
      return;
    }
  tpt_sync_report_add_failure (look->pull->report, meeting->uri, error->message);
  g_ptr_array_set_size (look->meetings, (int) look->meetings->len - 1);
  next (task);
}

static void
invitees_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Look *look = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TptPage) page =
    tpt_invitee_client_list_finish (TPT_API_CLIENT (source), result, &error);

  if (page == NULL)
    {
      give_up (task, error);
      return;
    }
  for (guint i = 0; i < page->items->len; i++)
    g_ptr_array_add (look->found->invitees, g_object_ref (g_ptr_array_index (page->items, i)));
  apply (task, look->found);
}

static void
event_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptUnlistedEvents *self = g_task_get_source_object (task);
  Look *look = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  g_clear_object (&look->found);
  look->found =
    tpt_scheduled_event_client_get_finish (TPT_API_CLIENT (source), result, &error);
  if (look->found != NULL)
    tpt_invitee_client_list_async (self->client, look->found->uri, g_task_get_cancellable (task),
                                   invitees_cb, g_object_ref (task));
  else if (is_gone (error))
    {
      g_autoptr (TptMeeting) meeting = g_object_ref (get_last (look));

      cancel (meeting, look->pull->now);
      apply (task, meeting);
    }
  else
    give_up (task, error);
}

static void
next (GTask *task)
{
  TptUnlistedEvents *self = g_task_get_source_object (task);
  Look *look = g_task_get_task_data (task);

  if (look->meetings->len == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  look->seen_at = tpt_apply_look (self->apply);
  tpt_scheduled_event_client_get_async (self->client, get_last (look)->uri,
                                        g_task_get_cancellable (task), event_cb,
                                        g_object_ref (task));
}

static gboolean
find_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  Look *look = user_data;

  return tpt_meetings_ahead_list_unlisted (session,
                                           look->pull->is_everyones ? NULL : look->pull->account,
                                           &look->range, look->pull->listed, look->meetings,
                                           error);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (tpt_store_transact_finish (TPT_STORE (source), result, &error))
    next (task);
  else
    g_task_return_error (task, error);
}

static void
tpt_unlisted_events_pull_async (TptCollection       *collection,
                                TptPull             *pull,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  TptUnlistedEvents *self = TPT_UNLISTED_EVENTS (collection);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Look *look = g_new0 (Look, 1);

  look->pull = pull;
  look->range = pull->plan.range;
  look->range.start = MAX (look->range.start, pull->now);
  look->meetings = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_source_tag (task, tpt_unlisted_events_pull_async);
  g_task_set_task_data (task, look, (GDestroyNotify) look_free);
  if (look->range.end != TPT_TIME_NONE && look->range.end <= look->range.start)
    g_task_return_boolean (task, TRUE);
  else
    tpt_store_transact_async (self->store, find_func, look, NULL, cancellable, found_cb,
                              g_object_ref (task));
}

static gboolean
tpt_unlisted_events_pull_finish (TptCollection  *collection,
                                 GAsyncResult   *result,
                                 GError        **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
collection_init (TptCollectionInterface *interface)
{
  interface->pull_async = tpt_unlisted_events_pull_async;
  interface->pull_finish = tpt_unlisted_events_pull_finish;
}

static void
tpt_unlisted_events_finalize (GObject *object)
{
  TptUnlistedEvents *self = TPT_UNLISTED_EVENTS (object);

  g_object_unref (self->client);
  g_object_unref (self->store);
  g_object_unref (self->apply);

  G_OBJECT_CLASS (tpt_unlisted_events_parent_class)->finalize (object);
}

static void
tpt_unlisted_events_class_init (TptUnlistedEventsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_unlisted_events_finalize;
}

static void
tpt_unlisted_events_init (TptUnlistedEvents *self)
{
}

TptCollection *
tpt_unlisted_events_new (TptApiClient *client,
                         TptStore     *store,
                         TptApply     *apply)
{
  TptUnlistedEvents *self = g_object_new (TPT_TYPE_UNLISTED_EVENTS, NULL);

  self->client = g_object_ref (client);
  self->store = g_object_ref (store);
  self->apply = g_object_ref (apply);

  return TPT_COLLECTION (self);
}
