/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-slots.h"

#define GRID (30 * TPT_SANDBOX_MINUTE)

/* No event is longer than this. */
#define LONGEST TPT_SANDBOX_DAY

static gboolean
has_host (const TptSandboxEvent *event,
          const TptSandboxUser  *host)
{
  for (guint i = 0; i < event->n_hosts; i++)
    {
      if (event->hosts[i] == host)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_free (TptSandboxContext    *context,
         const TptSandboxUser *host,
         gint64                start,
         gint64                end)
{
  GPtrArray *events = tpt_sandbox_world_get_events (context->world);

  for (guint i = tpt_sandbox_world_first_event (context->world, start - LONGEST);
       i < events->len; i++)
    {
      TptSandboxEvent *event = events->pdata[i];

      if (event->start >= end)
        break;
      if (event->end > start && event->cancellation.at == 0 && has_host (event, host))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_working_time (GTimeZone *zone,
                 gint64     start,
                 guint      duration)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (start / TPT_SANDBOX_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  int minute = g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);

  return g_date_time_get_day_of_week (local) <= 5
         && minute >= TPT_SANDBOX_OPENS * 60
         && minute + (int) duration <= TPT_SANDBOX_CLOSES * 60;
}

/* Who would host a booking at @start: the first host for a collective type when all are free,
 * the first free one for a round robin. NULL: nobody. */
TptSandboxUser *
tpt_sandbox_slots_free_host (TptSandboxContext         *context,
                             const TptSandboxEventType *event_type,
                             gint64                     start,
                             guint                      duration)
{
  gboolean all = g_strcmp0 (event_type->pooling_type, "collective") == 0;
  gint64 end = start + duration * TPT_SANDBOX_MINUTE;

  for (guint i = 0; i < event_type->n_hosts; i++)
    {
      gboolean host_is_free = is_free (context, event_type->hosts[i], start, end);

      if (all && !host_is_free)
        return NULL;
      if (!all && host_is_free)
        return event_type->hosts[i];
    }

  return all ? event_type->hosts[0] : NULL;
}

/* The standing group event of that type at @start, with a seat left or not. */
TptSandboxEvent *
tpt_sandbox_slots_group (TptSandboxContext         *context,
                         const TptSandboxEventType *event_type,
                         gint64                     start)
{
  GPtrArray *events = tpt_sandbox_world_get_events (context->world);

  if (event_type->limit == 1)
    return NULL;

  for (guint i = tpt_sandbox_world_first_event (context->world, start); i < events->len; i++)
    {
      TptSandboxEvent *event = events->pdata[i];

      if (event->start != start)
        break;
      if (event->event_type == event_type && event->cancellation.at == 0)
        return event;
    }

  return NULL;
}

/* The seats left at @start, which need not lie on the grid nor in working hours; 0 when it is
 * over or taken. */
guint
tpt_sandbox_slots_remaining (TptSandboxContext         *context,
                             const TptSandboxEventType *event_type,
                             gint64                     start,
                             guint                      duration)
{
  TptSandboxEvent *group = tpt_sandbox_slots_group (context, event_type, start);
  guint taken = 0;

  if (start <= TPT_SANDBOX_NOW (context))
    return 0;
  if (group == NULL)
    return tpt_sandbox_slots_free_host (context, event_type, start, duration) != NULL
             ? event_type->limit : 0;

  for (guint i = 0; i < group->invitees->len; i++)
    {
      TptSandboxInvitee *invitee = group->invitees->pdata[i];

      taken += invitee->cancellation.at == 0;
    }

  return event_type->limit > taken ? event_type->limit - taken : 0;
}

/* The first @most starts (gint64) from @from to before @to at which @event_type can be booked. */
GArray *
tpt_sandbox_slots_find (TptSandboxContext         *context,
                        const TptSandboxEventType *event_type,
                        guint                      duration,
                        gint64                     from,
                        gint64                     to,
                        guint                      most)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 start = (from + GRID - 1) / GRID * GRID;
       start < to && starts->len < most;
       start += GRID)
    {
      if (is_working_time (event_type->hosts[0]->zone, start, duration)
          && tpt_sandbox_slots_remaining (context, event_type, start, duration) > 0)
        g_array_append_val (starts, start);
    }

  return starts;
}
