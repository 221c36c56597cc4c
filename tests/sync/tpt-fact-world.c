/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-fact-world.h"

#define START ((TptTime) 1790000000 * TPT_SECOND)

/* What the service knows of one booking while the story is told. */
typedef struct
{
  guint number;
  guint event;
  guint old;               /* number of the booking that it replaced, 0 none */
  guint new;
  guint link;              /* number of the link that it carries, from 1, 0 none */
  gboolean canceled;
  gboolean no_show;
  TptTime created_at;
  TptTime updated_at;
  TptTime marked_at;
} Booking;

static char *
event_uri (guint event)
{
  return g_strdup_printf ("https://api.example.com/scheduled_events/E%u", event);
}

static char *
invitee_uri (guint event,
             guint number)
{
  return g_strdup_printf ("https://api.example.com/scheduled_events/E%u/invitees/I%u", event,
                          number);
}

static char *
pick (GRand      *rand,
      const char *stem)
{
  int number = g_rand_int_range (rand, 0, 4);

  return number == 0 ? NULL : g_strdup_printf ("%s %d", stem, number);
}

static TptTime
pick_time (GRand *rand)
{
  return g_rand_int_range (rand, 0, 4) * TPT_HOUR;
}

/* A booking of any contents, few values of each so that many are equal. */
TptInvitee *
tpt_fact_world_make_invitee (GRand *rand)
{
  TptInvitee *invitee = tpt_invitee_new ();

  invitee->uri = invitee_uri (1, 1);
  invitee->event = event_uri (1);
  invitee->name = pick (rand, "name");
  invitee->email = pick (rand, "email");
  invitee->tracking.utm_content = pick (rand, "link");
  invitee->old_invitee = pick (rand, "old");
  invitee->new_invitee = pick (rand, "new");
  invitee->no_show_uri = pick (rand, "mark");
  invitee->reconfirmation_json = pick (rand, "again");
  invitee->created_at = pick_time (rand);
  invitee->updated_at = pick_time (rand);
  invitee->seen_at = pick_time (rand);
  invitee->no_show_at = pick_time (rand);
  invitee->canceled = (guint) g_rand_int_range (rand, 0, 2) & 1;
  if (invitee->canceled)
    {
      invitee->canceled_at = pick_time (rand);
      invitee->cancel_reason = pick (rand, "reason");
      invitee->canceler = (TptCanceler) g_rand_int_range (rand, 0, TPT_CANCELER_UNLISTED + 1);
    }
  invitee->rescheduled = (guint) g_rand_int_range (rand, 0, 2) & 1;
  invitee->confirmed = (guint) g_rand_int_range (rand, 0, 2) & 1;
  invitee->no_show_local = (TptNoShow) g_rand_int_range (rand, 0, 3);
  invitee->customer = g_rand_int_range (rand, 0, 3);
  invitee->match = (TptMatchReason) g_rand_int_range (rand, 0, TPT_MATCH_IGNORED + 1);
  for (int i = g_rand_int_range (rand, 0, 3); i > 0; i--)
    {
      g_autofree char *answer = pick (rand, "answer");

      tpt_invitee_add_answer (invitee, "What for?", answer, i);
    }

  return invitee;
}

TptMeeting *
tpt_fact_world_make_meeting (GRand *rand)
{
  static const char *const states[] = {
    NULL, "processing", "initiated", "failed", "pushed", "new",
  };
  TptMeeting *meeting = tpt_meeting_new ();

  meeting->uri = event_uri (1);
  meeting->name = pick (rand, "name");
  meeting->event_type = pick (rand, "type");
  meeting->join_url = pick (rand, "join");
  meeting->location_status = g_strdup (states[g_rand_int_range (rand, 0, 6)]);
  meeting->start = pick_time (rand);
  meeting->end = pick_time (rand);
  meeting->updated_at = pick_time (rand);
  meeting->canceled = (guint) g_rand_int_range (rand, 0, 2) & 1;
  if (meeting->canceled)
    {
      meeting->canceled_at = pick_time (rand);
      meeting->canceled_by = pick (rand, "who");
      meeting->canceler = (TptCanceler) g_rand_int_range (rand, 0, TPT_CANCELER_UNLISTED + 1);
    }
  meeting->invitees_total = g_rand_int_range (rand, 0, 4);
  meeting->invitees_active = g_rand_int_range (rand, 0, meeting->invitees_total + 1);
  meeting->first_synced_at = pick_time (rand);
  meeting->last_synced_at = pick_time (rand);
  meeting->source = (TptSource) g_rand_int_range (rand, 0, 3);
  for (int i = g_rand_int_range (rand, 0, 3); i > 0; i--)
    {
      g_autofree char *host = pick (rand, "host");

      tpt_meeting_add_host (meeting, host, NULL, NULL);
    }

  return meeting;
}

static TptMeeting *
tell (const Booking *booking,
      TptTime        now)
{
  TptMeeting *meeting = tpt_meeting_new ();
  TptInvitee *invitee = tpt_invitee_new ();

  meeting->uri = event_uri (booking->event);
  meeting->name = g_strdup ("Check-in");
  meeting->event_type = g_strdup ("https://api.example.com/event_types/T1");
  meeting->start = START + booking->event * TPT_DAY;
  meeting->end = meeting->start + TPT_HOUR;
  meeting->updated_at = booking->updated_at;
  meeting->created_at = START;
  meeting->first_synced_at = meeting->last_synced_at = now;
  meeting->source = TPT_SOURCE_WEBHOOK;
  tpt_meeting_add_host (meeting, "https://api.example.com/users/U1", "Robin", "robin@example.com");

  invitee->uri = invitee_uri (booking->event, booking->number);
  invitee->event = g_strdup (meeting->uri);
  invitee->email = g_strdup_printf ("person%u@customer.example", booking->number % 3);
  invitee->name = g_strdup_printf ("Person %u", booking->number % 3);
  invitee->created_at = booking->created_at;
  invitee->updated_at = booking->updated_at;
  invitee->seen_at = now;
  invitee->canceled = booking->canceled;
  invitee->rescheduled = booking->new != 0;
  if (booking->link != 0)
    invitee->tracking.utm_content = g_strdup_printf ("link%u", booking->link - 1);
  if (booking->canceled)
    {
      invitee->canceled_at = booking->updated_at;
      invitee->canceler = TPT_CANCELER_INVITEE;
    }
  if (booking->old != 0)
    invitee->old_invitee = invitee_uri (booking->old, booking->old);
  if (booking->new != 0)
    invitee->new_invitee = invitee_uri (booking->new, booking->new);
  if (booking->no_show)
    {
      invitee->no_show_uri =
        g_strdup_printf ("https://api.example.com/invitee_no_shows/N%u", booking->number);
      invitee->no_show_at = booking->marked_at;
    }
  g_ptr_array_add (meeting->invitees, invitee);

  return meeting;
}

static void
add_booking (GArray  *bookings,
             guint    old,
             guint    link,
             TptTime  now)
{
  Booking booking = { 0 };

  booking.number = booking.event = bookings->len + 1;
  booking.old = old;
  booking.link = link;
  booking.created_at = booking.updated_at = now;
  g_array_append_val (bookings, booking);
}

static void
tell_last (GPtrArray *facts,
           GArray    *bookings,
           TptTime    now)
{
  g_ptr_array_add (facts, tell (&g_array_index (bookings, Booking, bookings->len - 1), now));
}

/* Every booking has an event of its own, numbered alike, so that a dump tells any two apart. */
GPtrArray *
tpt_fact_world_make (GRand *rand,
                     guint  steps)
{
  g_autoptr (GArray) bookings = g_array_new (FALSE, FALSE, sizeof (Booking));
  GPtrArray *facts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint step = 0; step < steps; step++)
    {
      TptTime now = START + step * TPT_MINUTE;
      int count = (int) bookings->len;
      guint chosen = count > 0 ? (guint) g_rand_int_range (rand, 0, count) : 0;
      Booking *booking = count > 0 ? &g_array_index (bookings, Booking, chosen) : NULL;
      int deed = booking != NULL && !booking->canceled ? g_rand_int_range (rand, 0, 4) : 0;

      switch (deed)
        {
        case 1:
          booking->canceled = TRUE;
          booking->updated_at = now;
          g_ptr_array_add (facts, tell (booking, now));
          break;
        case 2:
          booking->canceled = TRUE;
          booking->new = bookings->len + 1;
          booking->updated_at = now;
          g_ptr_array_add (facts, tell (booking, now));
          add_booking (bookings, chosen + 1, 0, now);
          tell_last (facts, bookings, now);
          break;
        case 3:
          /* The mark comes and goes without a new updated_at. */
          booking->no_show = !booking->no_show;
          booking->marked_at = booking->no_show ? now : TPT_TIME_NONE;
          g_ptr_array_add (facts, tell (booking, now));
          break;
        default:
          add_booking (bookings, 0, (guint) MAX (g_rand_int_range (rand, -6, 4), 0), now);
          tell_last (facts, bookings, now);
          break;
        }
    }

  return facts;
}

void
tpt_fact_world_shuffle (GRand     *rand,
                        GPtrArray *facts)
{
  for (guint i = facts->len; i > 1; i--)
    {
      guint j = (guint) g_rand_int_range (rand, 0, (int) i);
      gpointer held = facts->pdata[i - 1];

      facts->pdata[i - 1] = facts->pdata[j];
      facts->pdata[j] = held;
    }
}

#define T "%" G_GINT64_FORMAT

void
tpt_fact_world_dump_invitee (GString    *out,
                             TptInvitee *invitee)
{
  g_string_append_printf (out, "  %s of %s <%s> %s\n", invitee->uri, invitee->event,
                          invitee->email, invitee->name);
  g_string_append_printf (out, "    " T " " T " link %s old %s new %s\n", invitee->created_at,
                          invitee->updated_at, invitee->tracking.utm_content,
                          invitee->old_invitee, invitee->new_invitee);
  g_string_append_printf (out, "    canceled %d %d at " T " by %d (%s)\n", invitee->canceled,
                          invitee->rescheduled, invitee->canceled_at, invitee->canceler,
                          invitee->cancel_reason);
  g_string_append_printf (out, "    mark %s at " T " as of " T " own %d %d %s\n",
                          invitee->no_show_uri, invitee->no_show_at, invitee->seen_at,
                          invitee->no_show_local, invitee->confirmed,
                          invitee->reconfirmation_json);
  g_string_append_printf (out, "    of customer " T " (%s), after %u, through %s\n",
                          invitee->customer, tpt_match_reason_to_string (invitee->match),
                          invitee->reschedules, invitee->link_id);
  for (guint i = 0; i < invitee->answers->len; i++)
    {
      const TptAnswer *answer = g_ptr_array_index (invitee->answers, i);

      g_string_append_printf (out, "    %d %s %s\n", answer->position, answer->question,
                              answer->answer);
    }
}

/* Everything that facts decide, in a form that two can be compared in. */
void
tpt_fact_world_dump (GString    *out,
                     TptMeeting *meeting)
{
  g_string_append_printf (out, "%s %s %s %s %s\n", meeting->uri, meeting->name,
                          meeting->event_type, meeting->join_url, meeting->location_status);
  g_string_append_printf (out, "  " T " " T " " T " %d/%d\n", meeting->start, meeting->end,
                          meeting->updated_at, meeting->invitees_active, meeting->invitees_total);
  g_string_append_printf (out, "  canceled %d at " T " by %s\n", meeting->canceled,
                          meeting->canceled_at, meeting->canceled_by);
  for (guint i = 0; i < meeting->hosts->len; i++)
    {
      const TptHost *host = g_ptr_array_index (meeting->hosts, i);

      g_string_append_printf (out, "  host %s\n", host->uri);
    }
}
