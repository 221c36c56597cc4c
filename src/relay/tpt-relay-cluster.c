/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-cluster.h"

#include "tpt-relay-guard.h"
#include "tpt-relay-rooms.h"

/**
 * TptRelayCluster:
 *
 * What a relay that shares its journal does with the news from the others. Main thread only.
 */
struct _TptRelayCluster
{
  /* borrowed */
  TptRelayContext *context;
  /* owned */
  TptRelayLookout *lookout;
  gint64           head;
};

typedef struct
{
  TptRelayClusterAgain  again;
  TptRelayRequest      *request;
  gpointer              user_data;
} Deferred;

static void
learn_directory (TptRelayCluster *self,
                 TptRelayChanges *changes)
{
  g_autoptr (GPtrArray) ended = tpt_relay_directory_refresh (self->context->directory,
                                                             changes->devices, changes->channels);

  for (guint i = 0; i < ended->len; i++)
    tpt_relay_context_end_streams (self->context, ended->pdata[i]);
  tpt_relay_context_set_code_key (self->context, changes->code_key);
}

static void
learn_acks (TptRelayCluster *self,
            GArray          *acked)
{
  for (guint i = 0; i + 1 < acked->len; i += 2)
    {
      gint64 id = g_array_index (acked, gint64, i);
      TptRelayDevice *device = tpt_relay_directory_find_id (self->context->directory, id);

      if (device == NULL)
        continue;
      tpt_relay_device_set_acked (device, g_array_index (acked, gint64, i + 1));
      tpt_relay_rooms_note_read (self->context->rooms, tpt_relay_device_get_record (device)->user);
      tpt_relay_fanout_wake (self->context->fanout, id);
    }
}

static void
news_cb (TptRelayChanges *changes,
         gpointer         user_data)
{
  TptRelayCluster *self = user_data;

  self->head = changes->head;
  if (changes->devices != NULL)
    learn_directory (self, changes);
  learn_acks (self, changes->acked);
  for (guint i = 0; i < changes->news->len; i++)
    tpt_relay_fanout_wake (self->context->fanout, g_array_index (changes->news, gint64, i));
}

/* @journal: asked where it stands now. Returns: (transfer full): NULL with
 * TPT_RELAY_ERROR_JOURNAL */
TptRelayCluster *
tpt_relay_cluster_new (TptRelayContext  *context,
                       TptRelayJournal  *journal,
                       GError          **error)
{
  TptRelayCluster *self;
  TptRelayPosition position;

  if (!tpt_relay_journal_get_position (journal, 0, &position, error))
    return NULL;
  self = g_new0 (TptRelayCluster, 1);
  self->context = context;
  self->head = position.head;
  self->lookout = tpt_relay_lookout_new (context->config->journal, position.head, news_cb, self);

  return self;
}

/* At least this far goes the journal. */
gint64
tpt_relay_cluster_get_head (TptRelayCluster *self)
{
  return self->head;
}

/* @done: called when everything is known that the journal held when this was called, or when it
 * could not be read */
void
tpt_relay_cluster_look (TptRelayCluster     *self,
                        TptRelayLookoutDone  done,
                        gpointer             user_data)
{
  tpt_relay_lookout_ask (self->lookout, done, user_data);
}

static void
deferred_cb (gboolean has_looked,
             gpointer user_data)
{
  Deferred *deferred = user_data;

  /* Where the connection was closed nobody hears the answer, and after a stop that waited too long
   * for it there is no server any more that could make one. */
  if (tpt_relay_request_get_fd (deferred->request) < 0)
    tpt_relay_request_problem (deferred->request, 503, "unavailable", "The relay stops.");
  else if (!has_looked)
    tpt_relay_request_problem (deferred->request, 503, "unavailable",
                               "The journal cannot be read.");
  else
    deferred->again (deferred->request, deferred->user_data);
  g_free (deferred);
}

static gboolean
is_unknown (TptRelayCluster     *self,
            TptRelayRequest     *request,
            const TptRelayRoute *route)
{
  const char *token = tpt_relay_guard_get_token (request);

  if (route->access == TPT_RELAY_ACCESS_WEBHOOK)
    return request->argument != NULL &&
           tpt_relay_directory_find_channel (self->context->directory, request->argument) == NULL;

  return (route->access == TPT_RELAY_ACCESS_DEVICE ||
          route->access == TPT_RELAY_ACCESS_OWN_DEVICE ||
          route->access == TPT_RELAY_ACCESS_DEVICE_OR_CODE) && token != NULL &&
         tpt_relay_directory_find_token (self->context->directory, token) == NULL;
}

/**
 * tpt_relay_cluster_defer:
 * @again: called later with @request, where TRUE was returned
 *
 * A device may have been enrolled a moment ago at another relay: whom this one does not know it
 * looks for once, before it says so. All that wait share one look, whoever they are. Where it
 * cannot look it does not know, and a device that is told so does not think that it has ended.
 */
gboolean
tpt_relay_cluster_defer (TptRelayCluster      *self,
                         TptRelayRequest      *request,
                         const TptRelayRoute  *route,
                         TptRelayClusterAgain  again,
                         gpointer              user_data)
{
  Deferred *deferred;

  if (request->was_looked_for || !is_unknown (self, request, route))
    return FALSE;
  request->was_looked_for = TRUE;
  deferred = g_new0 (Deferred, 1);
  deferred->again = again;
  deferred->request = request;
  deferred->user_data = user_data;
  tpt_relay_cluster_look (self, deferred_cb, deferred);

  return TRUE;
}

/* Before what it tells others of goes. */
void
tpt_relay_cluster_free (TptRelayCluster *self)
{
  if (self == NULL)
    return;
  tpt_relay_lookout_free (self->lookout);
  g_free (self);
}
