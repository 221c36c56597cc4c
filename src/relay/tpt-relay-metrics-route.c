/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"
#include "tpt-relay-routes.h"
#include "tpt-relay-space.h"

/* Who watches asks again soon, and wants to know then that there is no answer. */
#define PATIENCE_SECONDS 2

/* The journal's figures as they were counted last. Main thread only. */
typedef struct
{
  TptRelayJournalCounts counts;
  gint64                at; /* of the monotonic clock; 0 where there are none */
} Counted;

/* One question. It outlives its request where the journal does not answer. */
typedef struct
{
  TptRelayContext *context;
  TptRelayRequest *request; /* NULL when it has been answered */
  guint            deadline;
} Asking;

static Counted counted;

static void
print_devices (TptRelayContext *context,
               GString         *out)
{
  guint feeds = 0, paused = 0;

  tpt_relay_directory_count_feeds (context->directory, g_get_real_time () / 1000, &feeds, &paused);
  tpt_relay_metrics_print_gauge (out, "users", "People with an enrolled device.",
                                 tpt_relay_directory_count_users (context->directory));
  tpt_relay_metrics_print_gauge (out, "feeds", "Devices that get their whole organization.", feeds);
  tpt_relay_metrics_print_gauge (out, "feeds_paused",
                                 "Devices whose feed waits until they have shown their role.",
                                 paused);
  tpt_relay_metrics_print_gauge (out, "connections", "Open connections, streams aside.",
                                 context->connections);
  tpt_relay_metrics_print_gauge (out, "streams", "Streams and long polls.",
                                 tpt_relay_fanout_get_count (context->fanout));
  if (tpt_relay_space_get () >= 0)
    tpt_relay_metrics_print_gauge (out, "disk_room_bytes", "What the journal may still grow by.",
                                   (double) tpt_relay_space_get ());
  tpt_relay_metrics_print_gauge (out, "keeper_unseen_seconds",
                                 "Since the journal was last looked after.",
                                 tpt_relay_metrics_get_unkept ());
  tpt_relay_metrics_print_gauge (out, "writer_busy_seconds",
                                 "For which the batch that is being written has been.",
                                 tpt_relay_metrics_get_writing ());
  if (context->cluster != NULL)
    tpt_relay_metrics_print_gauge (out, "relays_unseen_seconds",
                                   "Since it was known what other relays do.",
                                   tpt_relay_metrics_get_unlooked ());
}

static void
print_journal (GString *out)
{
  const TptRelayJournalCounts *counts = &counted.counts;
  gint64 now = g_get_real_time () / 1000;
  gint64 oldest = counts->oldest_received_at > 0 ? MAX (now - counts->oldest_received_at, 0) : 0;

  tpt_relay_metrics_print_gauge (out, "devices", "Enrolled devices.", (double) counts->devices);
  tpt_relay_metrics_print_gauge (out, "journal_events", "Events that wait for their device.",
                                 (double) counts->events);
  tpt_relay_metrics_print_gauge (out, "journal_oldest_seconds", "Age of the oldest waiting event.",
                                 (double) oldest / 1000);
  tpt_relay_metrics_print_gauge (out, "journal_bytes", "Size of the journal.",
                                 (double) counts->bytes);
  tpt_relay_metrics_print_gauge (out, "journal_dead_letters",
                                 "Webhooks that wait for the operator.",
                                 (double) counts->dead_letters);
  tpt_relay_metrics_print_gauge (out, "journal_counted_seconds",
                                 "Since the figures of the journal were counted.",
                                 (double) (g_get_monotonic_time () - counted.at) /
                                   G_USEC_PER_SEC);
}

static void
answer (Asking *asking)
{
  TptRelayRequest *request = g_steal_pointer (&asking->request);
  g_autoptr (GString) out = g_string_new (NULL);

  tpt_relay_metrics_print (out);
  print_devices (asking->context, out);
  if (counted.at > 0)
    print_journal (out);
  g_string_append (out, "# HELP touchpoint_relay_info What runs.\n"
                        "# TYPE touchpoint_relay_info gauge\n"
                        "touchpoint_relay_info{version=\"" TPT_VERSION "\"} 1\n");
  request->type = "text/plain; version=0.0.4; charset=utf-8";
  tpt_relay_request_reply (request, 200, out->str);
}

static gboolean
deadline_cb (gpointer user_data)
{
  Asking *asking = user_data;

  asking->deadline = 0;
  answer (asking);

  return G_SOURCE_REMOVE;
}

static void
counted_cb (const TptRelayJournalCounts *counts,
            gpointer                     user_data)
{
  g_autofree Asking *asking = user_data;

  if (counts != NULL)
    counted = (Counted) { *counts, g_get_monotonic_time () };
  g_clear_handle_id (&asking->deadline, g_source_remove);
  if (asking->request != NULL)
    answer (asking);
}

/* GET /metrics, for Prometheus; behind the operator's door. Where the journal does not answer, its
 * lines are those of before and say so, or are missing where there are none; the rest tells why. */
void
tpt_relay_metrics_route (TptRelayContext *context,
                         TptRelayRequest *request)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->context = context;
  asking->request = request;
  asking->deadline = g_timeout_add_seconds (PATIENCE_SECONDS, deadline_cb, asking);
  tpt_relay_keeper_count (context->keeper, counted_cb, asking);
}
