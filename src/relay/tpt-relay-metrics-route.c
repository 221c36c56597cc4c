/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"
#include "tpt-relay-routes.h"

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
  tpt_relay_metrics_print_gauge (out, "keeper_unseen_seconds",
                                 "Since the journal was last looked after.",
                                 tpt_relay_metrics_get_unkept ());
}

static void
print_journal (const TptRelayJournalCounts *counts,
               GString                     *out)
{
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
}

/* GET /metrics, for Prometheus; behind the operator's door. Where the journal cannot be read its
 * lines are missing, and the rest tells why. */
void
tpt_relay_metrics_route (TptRelayContext *context,
                         TptRelayRequest *request)
{
  g_autoptr (GString) out = g_string_new (NULL);
  TptRelayJournalCounts counts;

  tpt_relay_metrics_print (out);
  print_devices (context, out);
  if (tpt_relay_journal_get_counts (context->reader, &counts, NULL))
    print_journal (&counts, out);
  g_string_append (out, "# HELP touchpoint_relay_info What runs.\n"
                        "# TYPE touchpoint_relay_info gauge\n"
                        "touchpoint_relay_info{version=\"" TPT_VERSION "\"} 1\n");
  request->type = "text/plain; version=0.0.4; charset=utf-8";
  tpt_relay_request_reply (request, 200, out->str);
}
