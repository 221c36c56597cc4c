/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-routes.h"
#include "tpt-relay-space.h"

/* Who watches the relay asks again in a few seconds; a disk that takes longer is broken. */
#define PATIENCE_SECONDS 5
#define KEEPER_SECONDS   300
/* The lookout looks four times a second. */
#define LOOKOUT_SECONDS  15

/* One look at the journal. It outlives its request where the writer does not answer. */
typedef struct
{
  TptRelayRequest *request; /* NULL when it has been answered */
  guint            deadline;
  gboolean         has_others;
} Looking;

static void
answer (Looking    *looking,
        const char *journal)
{
  gboolean is_kept = tpt_relay_metrics_get_unkept () < KEEPER_SECONDS;
  gboolean is_seen = tpt_relay_metrics_get_unlooked () < LOOKOUT_SECONDS;
  gboolean has_space = !tpt_relay_space_is_low ();
  gboolean is_well = is_kept && is_seen && has_space && g_str_equal (journal, "ok");
  const char *others = !looking->has_others ? "" : is_seen ? ",\"relays\":\"ok\""
                                                           : ",\"relays\":\"failing\"";
  g_autofree char *json = g_strdup_printf ("{\"status\":\"%s\",\"checks\":{\"journal\":\"%s\","
                                           "\"keeper\":\"%s\",\"disk\":\"%s\"%s}}",
                                           is_well ? "ok" : "failing", journal,
                                           is_kept ? "ok" : "failing", has_space ? "ok" : "low",
                                           others);

  tpt_relay_request_reply (g_steal_pointer (&looking->request), is_well ? 200 : 503, json);
}

static gboolean
deadline_cb (gpointer user_data)
{
  Looking *looking = user_data;

  looking->deadline = 0;
  answer (looking, "stuck");

  return G_SOURCE_REMOVE;
}

/* Something that is written, but changes nothing: a transaction without a write would go well on a
 * disk that is full. */
static gboolean
write_same (TptRelayJournal  *journal,
            gpointer          data,
            GError          **error)
{
  gint64 clock;

  return tpt_relay_journal_get_clock (journal, &clock, error) &&
         tpt_relay_journal_set_clock (journal, clock, error);
}

static void
same_written (gpointer      data,
              const GError *error)
{
  g_autofree Looking *looking = data;

  g_clear_handle_id (&looking->deadline, g_source_remove);
  if (looking->request != NULL)
    answer (looking, error == NULL ? "ok" : "failing");
}

/* GET /healthz and /readyz: through the same thread and queue as every webhook. */
void
tpt_relay_health_route (TptRelayContext *context,
                        TptRelayRequest *request)
{
  Looking *looking = g_new0 (Looking, 1);

  looking->request = request;
  looking->has_others = context->cluster != NULL;
  looking->deadline = g_timeout_add_seconds (PATIENCE_SECONDS, deadline_cb, looking);
  tpt_relay_queue_push (context->queue, write_same, same_written, looking);
}
