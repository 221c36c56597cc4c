/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Every figure a second time, straight from the rows and from the words of the definitions:
 * loops over loops, nothing shared with src/metrics but the types, so that a mistake would have
 * to be made twice. */

#include "naive-metrics.h"

#include <string.h>

#define MAX_ROWS 400

typedef struct
{
  const TptBooking *last;
  const TptBooking *first;
  int length;
  gboolean mine;
  guint64 email;
} NaiveChain;

typedef struct
{
  const TptBooking *booking; /* speaks for the meeting */
  int outcome;
  gboolean moved;
} NaiveMeeting;

typedef struct
{
  const TptMetricsInput *input;
  gint64 me;
  const TptBooking *rows;
  guint n_rows;
  NaiveChain chains[MAX_ROWS];
  guint n_chains;
  NaiveMeeting meetings[MAX_ROWS];
  guint n_meetings;
  TptTime from;
  TptTime now;
  double h, n, guests, c, by_host, by_invitee, late, invitee_late;
} Naive;

static gboolean
in_window (Naive  *self,
           TptTime time)
{
  return time >= self->from && time < self->now;
}

static gint64
local_date (Naive   *self,
            TptTime  time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / TPT_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, self->input->zone);
  g_autoptr (GDate) date = g_date_new_dmy ((GDateDay) g_date_time_get_day_of_month (local),
                                           (GDateMonth) g_date_time_get_month (local),
                                           (GDateYear) g_date_time_get_year (local));

  return g_date_get_julian (date);
}

static gboolean
linked (const TptBooking *a,
        const TptBooking *b)
{
  return (a->previous != 0 && a->previous == b->id) || (b->previous != 0 && b->previous == a->id);
}

/* Paints everything that hangs together with row @start. */
static void
collect (Naive    *self,
         guint     start,
         gboolean *in)
{
  gboolean grown = TRUE;

  memset (in, 0, sizeof (gboolean) * MAX_ROWS);
  in[start] = TRUE;
  while (grown)
    {
      grown = FALSE;
      for (guint i = 0; i < self->n_rows; i++)
        for (guint j = 0; j < self->n_rows && !in[i]; j++)
          if (in[j] && linked (&self->rows[i], &self->rows[j]))
            in[i] = grown = TRUE;
    }
}

static gboolean
replaced (Naive            *self,
          const TptBooking *booking)
{
  for (guint i = 0; i < self->n_rows; i++)
    if (self->rows[i].previous == booking->id)
      return TRUE;

  return FALSE;
}

static void
find_chains (Naive *self)
{
  gboolean in[MAX_ROWS];

  for (guint i = 0; i < self->n_rows; i++)
    {
      NaiveChain chain = { 0 };
      gboolean is_lowest = TRUE;
      TptTime newest = 0;

      collect (self, i, in);
      for (guint j = 0; j < self->n_rows; j++)
        {
          const TptBooking *row = &self->rows[j];

          if (!in[j])
            continue;
          is_lowest = is_lowest && j >= i;
          chain.length++;
          chain.mine = chain.mine || row->customer == self->me;
          if (chain.first == NULL || row->created_at < chain.first->created_at)
            chain.first = row;
          if (!replaced (self, row))
            chain.last = row;
        }
      for (guint j = 0; j < self->n_rows; j++)
        if (in[j] && self->rows[j].customer == self->me && self->rows[j].created_at > newest)
          {
            newest = self->rows[j].created_at;
            chain.email = self->rows[j].email_key;
          }
      if (chain.last->customer == self->me)
        chain.email = chain.last->email_key;
      if (is_lowest && chain.mine)
        self->chains[self->n_chains++] = chain;
    }
}

/* 3 held or upcoming, 2 no-show, 1 canceled, 0 gone elsewhere: the order in which chains of one
 * event decide. */
static int
outcome_of (Naive            *self,
            const TptBooking *booking)
{
  if (booking->canceled)
    return booking->rescheduled ? 0 : 1;

  return booking->no_show != TPT_NO_SHOW_NONE ? 2 : 3;
}

static void
find_meetings (Naive *self)
{
  for (guint i = 0; i < self->n_chains; i++)
    {
      NaiveMeeting meeting = { 0 };
      gboolean is_lowest = TRUE;

      for (guint j = 0; j < self->n_chains; j++)
        {
          const TptBooking *last = self->chains[j].last;
          int outcome = outcome_of (self, last);

          if (last->event != self->chains[i].last->event || outcome == 0)
            continue;
          is_lowest = is_lowest && j >= i;
          meeting.moved = meeting.moved || self->chains[j].length > 1;
          if (outcome > meeting.outcome
              || (outcome == meeting.outcome && (last->created_at < meeting.booking->created_at
                                                 || (last->created_at == meeting.booking->created_at
                                                     && last->id < meeting.booking->id))))
            {
              meeting.outcome = outcome;
              meeting.booking = last;
            }
        }
      if (is_lowest && outcome_of (self, self->chains[i].last) != 0)
        self->meetings[self->n_meetings++] = meeting;
    }
}

static gboolean
is_held (Naive              *self,
         const NaiveMeeting *meeting)
{
  return meeting->outcome == 3 && meeting->booking->end < self->now;
}

static double
median (double *values,
        int     count)
{
  /* The value with as many below as above it; of an even number, between the two. */
  for (int i = 0; i < count; i++)
    for (int j = i + 1; j < count; j++)
      if (values[j] < values[i])
        {
          double swapped = values[i];

          values[i] = values[j];
          values[j] = swapped;
        }

  return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

static TptRate
rate (double numerator,
      double denominator,
      double least)
{
  if (denominator < least)
    return (TptRate) { FALSE, 0, (gint64) numerator, (gint64) denominator };

  return (TptRate) { TRUE, numerator / denominator, (gint64) numerator, (gint64) denominator };
}

static void
count_bookings (Naive      *self,
                TptMetrics *figures)
{
  double months = self->input->window_days / 30.4375;
  gboolean in[MAX_ROWS];
  int chains = 0;

  for (guint i = 0; i < self->n_rows; i++)
    {
      gboolean mine = FALSE;

      collect (self, i, in);
      for (guint j = 0; j < self->n_rows; j++)
        mine = mine || (in[j] && self->rows[j].customer == self->me);
      if (!mine)
        continue;
      figures->bookings += in_window (self, self->rows[i].created_at);
      figures->last_scheduled_at = MAX (figures->last_scheduled_at, self->rows[i].created_at);
    }
  for (guint i = 0; i < self->n_chains; i++)
    chains += in_window (self, self->chains[i].first->created_at);
  figures->booking_frequency = chains / months;
}

static void
count_outcomes (Naive      *self,
                TptMetrics *figures)
{
  double leads[MAX_ROWS];
  int n_leads = 0, all = 0, moved = 0;

  for (guint i = 0; i < self->n_meetings; i++)
    {
      const NaiveMeeting *meeting = &self->meetings[i];
      const TptBooking *booking = meeting->booking;
      gboolean late = booking->canceled_at != 0
                      && booking->start - booking->canceled_at < 24 * TPT_HOUR;

      if (meeting->outcome == 3 && booking->end >= self->now)
        {
          figures->upcoming++;
          if (figures->next_meeting_at == 0 || booking->start < figures->next_meeting_at)
            figures->next_meeting_at = booking->start;
        }
      if (!in_window (self, booking->start))
        continue;
      all++;
      moved += meeting->moved;
      if (is_held (self, meeting))
        leads[n_leads++] = (double) (booking->start - booking->created_at) / TPT_HOUR;
      self->h += is_held (self, meeting);
      self->n += meeting->outcome == 2;
      self->guests += meeting->outcome == 2 && booking->no_show == TPT_NO_SHOW_GUEST;
      self->c += meeting->outcome == 1;
      self->by_host += meeting->outcome == 1 && booking->canceler == TPT_CANCELER_HOST;
      self->by_invitee += meeting->outcome == 1 && booking->canceler == TPT_CANCELER_INVITEE;
      self->late += meeting->outcome == 1 && late;
      self->invitee_late += meeting->outcome == 1 && late
                            && booking->canceler == TPT_CANCELER_INVITEE;
    }

  figures->held = (gint64) self->h;
  figures->no_shows = (gint64) self->n;
  figures->canceled = (gint64) self->c;
  figures->meeting_frequency = self->h / (self->input->window_days / 30.4375);
  figures->cancellation_rate = rate (self->c, self->h + self->n + self->c, 3);
  figures->cancellation_host = rate (self->by_host, self->h + self->n + self->c, 3);
  figures->cancellation_invitee = rate (self->by_invitee, self->h + self->n + self->c, 3);
  figures->cancellation_late = rate (self->late, self->h + self->n + self->c, 3);
  figures->no_show_rate = rate (self->guests, self->h + self->guests, 3);
  figures->reschedule_rate = rate (moved, all, 3);
  if (n_leads >= 3)
    figures->lead_time_hours = (TptFigure) { TRUE, median (leads, n_leads) };
}

static gboolean
held_on (Naive  *self,
         gint64  date)
{
  for (guint i = 0; i < self->n_meetings; i++)
    if (is_held (self, &self->meetings[i])
        && local_date (self, self->meetings[i].booking->start) == date)
      return TRUE;

  return FALSE;
}

static void
count_dates (Naive      *self,
             TptMetrics *figures,
             TptTime     known)
{
  gint64 today = local_date (self, self->now);
  gint64 seen = 0;
  double gaps[5];
  int n_gaps = 0, covered = 0;

  for (guint i = 0; i < self->n_meetings; i++)
    if (is_held (self, &self->meetings[i]))
      figures->last_held_at = MAX (figures->last_held_at, self->meetings[i].booking->end);
  if (figures->last_held_at != 0)
    figures->days_since_last_held
      = (TptFigure) { TRUE, (double) (today - local_date (self, figures->last_held_at)) };

  for (gint64 date = today; date > today - 1200 && n_gaps < 5; date--)
    if (held_on (self, date))
      {
        if (seen != 0)
          gaps[n_gaps++] = (double) (seen - date);
        seen = date;
      }
  if (n_gaps >= 2)
    figures->median_interval_days = (TptFigure) { TRUE, median (gaps, n_gaps) };

  for (int back = 1; back <= self->input->window_days; back++)
    for (int ago = 0; ago <= figures->cadence_days; ago++)
      if (held_on (self, today - back - ago))
        {
          covered++;
          break;
        }
  if (known != 0 && self->now - known >= figures->cadence_days * TPT_DAY)
    figures->cadence_adherence = rate (covered, self->input->window_days, 1);
  else
    figures->cadence_adherence = rate (0, 0, 1);
}

static void
count_links (Naive      *self,
             TptMetrics *figures)
{
  double times[MAX_ROWS];
  int made = 0, booked = 0;

  for (guint i = 0; i < self->input->links->len; i++)
    {
      TptLink *link = g_ptr_array_index (self->input->links, i);

      if (link->customer != self->me || link->kind == TPT_LINK_REUSABLE
          || link->state == TPT_LINK_SUPERSEDED
          || self->now - link->created_at < 14 * TPT_DAY)
        continue;
      made++;
      if (link->booked_at != 0)
        times[booked++] = (double) (link->booked_at - link->created_at) / TPT_HOUR;
    }
  figures->link_conversion = rate (booked, made, 3);
  if (booked >= 3)
    figures->time_to_book_hours = (TptFigure) { TRUE, median (times, booked) };
}

static void
count_people (Naive      *self,
              TptMetrics *figures)
{
  for (guint i = 0; i < self->n_chains; i++)
    {
      gboolean is_new = TRUE;

      for (guint j = 0; j <= i; j++)
        {
          const TptBooking *last = self->chains[j].last;
          gboolean held = outcome_of (self, last) == 3 && last->end < self->now
                          && in_window (self, last->start);

          if (j < i && held && self->chains[j].email == self->chains[i].email)
            is_new = FALSE;
          if (j == i)
            figures->breadth += is_new && held;
        }
    }
}

static void
judge (Naive      *self,
       TptMetrics *figures,
       TptTime     known)
{
  TptHealthPart *parts = figures->health.parts;
  double c = figures->cadence_days;
  double d = figures->days_since_last_held.value;
  double in_days = (double) (figures->next_meeting_at - self->now) / TPT_DAY;
  gboolean next = figures->next_meeting_at != 0;
  double no_show = (self->guests + 0.5) / (self->h + self->n + 3);
  double cancel = (self->by_invitee + 0.5) / (self->h + self->n + self->c + 3);
  double late = (self->invitee_late + 0.5) / (self->h + self->n + self->c + 3);
  double weights[] = { 35, 25, 25, 15 };
  double least = next && in_days <= c ? 60 : 0;
  double sum = 0, weight = 0;

  parts[0].score = (TptFigure) { figures->days_since_last_held.defined,
                                 CLAMP (100 * (2.5 * c - d) / (1.5 * c), least, 100) };
  parts[1].score = (TptFigure) { TRUE, MIN (1, self->h / (self->input->window_days / c)) * 100 };
  parts[2].score = (TptFigure) { self->h + self->n + self->c > 0,
                                 100 - 100 * MIN (1, no_show + 0.5 * cancel + 0.25 * late) };
  parts[3].score = (TptFigure) { TRUE, !next ? 0 : in_days <= c ? 100 : in_days <= 2 * c ? 50 : 0 };
  for (int i = 0; i < 4; i++)
    {
      sum += parts[i].score.defined ? weights[i] * parts[i].score.value : 0;
      weight += parts[i].score.defined ? weights[i] : 0;
    }
  if (known != 0 && self->now - known >= 30 * TPT_DAY && self->n_meetings >= 2)
    figures->health.score = (TptFigure) { TRUE, sum / weight };
}

TptMetrics *
naive_compute (const TptMetricsInput *input,
               TptCustomer           *customer)
{
  g_autofree Naive *self = g_new0 (Naive, 1);
  TptMetrics *figures = g_object_new (TPT_TYPE_METRICS, NULL);
  TptTime known = customer->created_at;

  self->input = input;
  self->me = customer->id;
  self->rows = (const TptBooking *) input->bookings->data;
  self->n_rows = input->bookings->len;
  self->now = input->now;
  self->from = input->now - input->window_days * TPT_DAY;
  g_assert_cmpuint (self->n_rows, <=, MAX_ROWS);
  g_assert_cmpuint (input->links->len, <=, MAX_ROWS);

  find_chains (self);
  find_meetings (self);
  for (guint i = 0; i < self->n_chains; i++)
    if (known == 0 || self->chains[i].first->created_at < known)
      known = self->chains[i].first->created_at;

  figures->cadence_days = customer->cadence_days > 0 ? customer->cadence_days : 30;
  if (customer->cadence_days == 0 && customer->tier != NULL
      && g_hash_table_contains (input->tier_cadence, customer->tier))
    figures->cadence_days = GPOINTER_TO_INT (g_hash_table_lookup (input->tier_cadence,
                                                                  customer->tier));
  count_bookings (self, figures);
  count_outcomes (self, figures);
  count_dates (self, figures, known);
  count_links (self, figures);
  count_people (self, figures);
  figures->covered = figures->next_meeting_at != 0
                     && figures->next_meeting_at <= input->now + figures->cadence_days * TPT_DAY;
  if (figures->last_held_at != 0)
    figures->cadence_gap_days
      = (TptFigure) { TRUE, figures->days_since_last_held.value - figures->cadence_days };
  judge (self, figures, known);

  return figures;
}
