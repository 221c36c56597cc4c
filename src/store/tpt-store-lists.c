/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-store.h"

#include "tpt-bookings-view.h"
#include "tpt-customers-table.h"
#include "tpt-event-types-table.h"
#include "tpt-invitees-table.h"
#include "tpt-links-table.h"
#include "tpt-meetings-table.h"
#include "tpt-store-call.h"

static GTask *
make_task (TptStore             *self,
           gpointer              source_tag,
           GCancellable         *cancellable,
           GAsyncReadyCallback   callback,
           gpointer              user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);

  return task;
}

static gint64 *
copy_row (gint64 row)
{
  return g_memdup2 (&row, sizeof row);
}

static TptMeetingQuery *
query_copy (const TptMeetingQuery *query)
{
  TptMeetingQuery *copy = g_memdup2 (query, sizeof *query);

  copy->host_email = g_strdup (query->host_email);
  copy->uri = g_strdup (query->uri);

  return copy;
}

static void
query_free (gpointer data)
{
  TptMeetingQuery *query = data;

  g_free ((char *) query->host_email);
  g_free ((char *) query->uri);
  g_free (query);
}

static gpointer
list_customers (TptSession  *session,
                gpointer     data,
                GError     **error)
{
  GPtrArray *customers = NULL;

  return tpt_customers_table_list (session, &customers, error) ? customers : NULL;
}

static gpointer
list_meetings (TptSession  *session,
               gpointer     data,
               GError     **error)
{
  GPtrArray *meetings = NULL;

  return tpt_meetings_table_list (session, data, &meetings, error) ? meetings : NULL;
}

static gpointer
list_bookings (TptSession  *session,
               gpointer     data,
               GError     **error)
{
  GArray *bookings = NULL;

  return tpt_bookings_view_list (session, *(gint64 *) data, &bookings, error) ? bookings : NULL;
}

static gpointer
list_links (TptSession  *session,
            gpointer     data,
            GError     **error)
{
  GPtrArray *links = NULL;

  return tpt_links_table_list (session, *(gint64 *) data, &links, error) ? links : NULL;
}

static gpointer
list_event_types (TptSession  *session,
                  gpointer     data,
                  GError     **error)
{
  GPtrArray *event_types = NULL;

  return tpt_event_types_table_list (session, &event_types, error) ? event_types : NULL;
}

/* The events of a chain, each once. */
static gpointer
list_history (TptSession  *session,
              gpointer     data,
              GError     **error)
{
  g_autoptr (GPtrArray) invitees = NULL;
  g_autoptr (GPtrArray) meetings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (!tpt_invitees_table_list_chain (session, data, &invitees, error))
    return NULL;
  for (guint i = 0; i < invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (invitees, i);
      TptMeeting *meeting;

      if (!g_hash_table_add (seen, invitee->event))
        continue;
      if (!tpt_meetings_table_find (session, invitee->event, &meeting, error))
        return NULL;
      g_ptr_array_add (meetings, meeting);
    }

  return g_steal_pointer (&meetings);
}

/** tpt_store_list_customers_async: every customer with its stakeholders */
void
tpt_store_list_customers_async (TptStore            *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (TPT_IS_STORE (self));

  tpt_store_push_task (self,
                       make_task (self, tpt_store_list_customers_async, cancellable, callback,
                                  user_data),
                       list_customers, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
}

/** tpt_store_list_customers_finish: (transfer full) (element-type TptCustomer) */
GPtrArray *
tpt_store_list_customers_finish (TptStore      *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/** tpt_store_list_meetings_async: @query is copied */
void
tpt_store_list_meetings_async (TptStore              *self,
                               const TptMeetingQuery *query,
                               GCancellable          *cancellable,
                               GAsyncReadyCallback    callback,
                               gpointer               user_data)
{
  g_return_if_fail (TPT_IS_STORE (self));
  g_return_if_fail (query != NULL);

  tpt_store_push_task (self,
                       make_task (self, tpt_store_list_meetings_async, cancellable, callback,
                                  user_data),
                       list_meetings, query_copy (query), query_free,
                       (GDestroyNotify) g_ptr_array_unref);
}

/**
 * tpt_store_list_meetings_finish:
 *
 * (transfer full) (element-type TptMeeting): with their invitees.
 */
GPtrArray *
tpt_store_list_meetings_finish (TptStore      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * tpt_store_list_bookings_async:
 *
 * Of all customers and none, or of the chains that touch @customer.
 */
void
tpt_store_list_bookings_async (TptStore            *self,
                               gint64               customer,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (TPT_IS_STORE (self));

  tpt_store_push_task (self,
                       make_task (self, tpt_store_list_bookings_async, cancellable, callback,
                                  user_data),
                       list_bookings, copy_row (customer), g_free, (GDestroyNotify) g_array_unref);
}

/** tpt_store_list_bookings_finish: (transfer full) (element-type TptBooking) */
GArray *
tpt_store_list_bookings_finish (TptStore      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/** tpt_store_list_links_async: the ledger of one customer, or with 0 the whole; newest first */
void
tpt_store_list_links_async (TptStore            *self,
                            gint64               customer,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (TPT_IS_STORE (self));

  tpt_store_push_task (self,
                       make_task (self, tpt_store_list_links_async, cancellable, callback,
                                  user_data),
                       list_links, copy_row (customer), g_free, (GDestroyNotify) g_ptr_array_unref);
}

/** tpt_store_list_links_finish: (transfer full) (element-type TptLink) */
GPtrArray *
tpt_store_list_links_finish (TptStore      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
tpt_store_list_event_types_async (TptStore            *self,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_return_if_fail (TPT_IS_STORE (self));

  tpt_store_push_task (self,
                       make_task (self, tpt_store_list_event_types_async, cancellable, callback,
                                  user_data),
                       list_event_types, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
}

/** tpt_store_list_event_types_finish: (transfer full) (element-type TptEventType) */
GPtrArray *
tpt_store_list_event_types_finish (TptStore      *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * tpt_store_list_history_async:
 *
 * The events of the whole reschedule chain of an invitee's URI, oldest first.
 */
void
tpt_store_list_history_async (TptStore            *self,
                              const char          *invitee,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (TPT_IS_STORE (self));
  g_return_if_fail (invitee != NULL);

  tpt_store_push_task (self,
                       make_task (self, tpt_store_list_history_async, cancellable, callback,
                                  user_data),
                       list_history, g_strdup (invitee), g_free,
                       (GDestroyNotify) g_ptr_array_unref);
}

/** tpt_store_list_history_finish: (transfer full) (element-type TptMeeting): with their invitees */
GPtrArray *
tpt_store_list_history_finish (TptStore      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * tpt_store_search_async:
 * @text: as it is typed; every word of it has to begin a word of what is found
 * @limit: at most so many hits, 0 for all
 *
 * Looks at names, domains and e-mail addresses. Right after opening it waits for the index.
 */
void
tpt_store_search_async (TptStore            *self,
                        const char          *text,
                        guint                limit,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  TptSearch *search;
  GTask *task;

  g_return_if_fail (TPT_IS_STORE (self));
  g_return_if_fail (text != NULL);

  task = make_task (self, tpt_store_search_async, cancellable, callback, user_data);
  search = tpt_store_get_search (self);
  if (search != NULL)
    tpt_search_find (search, task, text, limit);
  else
    tpt_store_push_task (self, task, NULL, NULL, NULL, NULL);
}

/**
 * tpt_store_search_finish:
 *
 * (transfer full) (element-type TptSearchHit): customers, then meetings, newest first.
 */
GArray *
tpt_store_search_finish (TptStore      *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
