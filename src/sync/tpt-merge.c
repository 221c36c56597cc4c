/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-merge.h"

#include "tpt-merge-fields.h"

#define IN_INVITEE(field) G_STRUCT_OFFSET (TptInvitee, field)
#define IN_MEETING(field) G_STRUCT_OFFSET (TptMeeting, field)

/* The newest version's; between two of the same updated_at, whatever either knows. */
static const gsize invitee_strings[] = {
  IN_INVITEE (email), IN_INVITEE (name), IN_INVITEE (first_name), IN_INVITEE (last_name),
  IN_INVITEE (timezone), IN_INVITEE (phone), IN_INVITEE (cancel_url), IN_INVITEE (reschedule_url),
  IN_INVITEE (routing_form_submission), IN_INVITEE (scheduling_method), IN_INVITEE (scheduled_by),
  IN_INVITEE (tracking.utm_source), IN_INVITEE (tracking.utm_medium),
  IN_INVITEE (tracking.utm_campaign), IN_INVITEE (tracking.utm_content),
  IN_INVITEE (tracking.utm_term), IN_INVITEE (tracking.salesforce_uuid), TPT_MERGE_END,
};
static const gsize invitee_times[] = {
  IN_INVITEE (created_at), IN_INVITEE (updated_at), TPT_MERGE_END,
};

/* Once known, known for good. */
static const gsize invitee_pointers[] = {
  IN_INVITEE (uri), IN_INVITEE (event), IN_INVITEE (old_invitee), IN_INVITEE (new_invitee),
  TPT_MERGE_END,
};

/* What hangs on a booking and can come and go without a new updated_at: as last seen. */
static const gsize mark_strings[] = {
  IN_INVITEE (no_show_uri), IN_INVITEE (payment_json), IN_INVITEE (reconfirmation_json),
  TPT_MERGE_END,
};
static const gsize mark_times[] = {
  IN_INVITEE (no_show_at), IN_INVITEE (seen_at), TPT_MERGE_END,
};
static const gsize no_show_times[] = { IN_INVITEE (no_show_at), TPT_MERGE_END };

static const TptMergeCancellation invitee_cancellation = {
  IN_INVITEE (canceled_at), IN_INVITEE (cancel_reason), IN_INVITEE (canceled_by),
  IN_INVITEE (canceler),
};

static const gsize meeting_strings[] = {
  IN_MEETING (name), IN_MEETING (location_type), IN_MEETING (location), IN_MEETING (join_url),
  IN_MEETING (notes_plain), IN_MEETING (notes_html), IN_MEETING (booking_method),
  TPT_MERGE_END,
};
static const gsize meeting_times[] = {
  IN_MEETING (start), IN_MEETING (end), IN_MEETING (created_at), IN_MEETING (updated_at),
  TPT_MERGE_END,
};

/* The service forgets the event type of an old event; we don't. */
static const gsize meeting_pointers[] = {
  IN_MEETING (uri), IN_MEETING (event_type), TPT_MERGE_END,
};
static const gsize meeting_status[] = { IN_MEETING (location_status), TPT_MERGE_END };

static const TptMergeCancellation meeting_cancellation = {
  IN_MEETING (canceled_at), IN_MEETING (cancel_reason), IN_MEETING (canceled_by),
  IN_MEETING (canceler),
};

static int
compare_answers (const GPtrArray *a,
                 const GPtrArray *b)
{
  if (a->len != b->len)
    return a->len < b->len ? -1 : 1;

  for (guint i = 0; i < a->len; i++)
    {
      const TptAnswer *first = g_ptr_array_index (a, i);
      const TptAnswer *second = g_ptr_array_index (b, i);
      int order = first->position - second->position;

      if (order == 0)
        order = g_strcmp0 (first->question, second->question);
      if (order == 0)
        order = g_strcmp0 (first->answer, second->answer);
      if (order != 0)
        return order;
    }

  return 0;
}

static int
compare_hosts (const GPtrArray *a,
               const GPtrArray *b)
{
  if (a->len != b->len)
    return a->len < b->len ? -1 : 1;

  for (guint i = 0; i < a->len; i++)
    {
      const TptHost *first = g_ptr_array_index (a, i);
      const TptHost *second = g_ptr_array_index (b, i);
      int order = g_strcmp0 (first->uri, second->uri);

      if (order == 0)
        order = g_strcmp0 (first->name, second->name);
      if (order == 0)
        order = g_strcmp0 (first->email, second->email);
      if (order != 0)
        return order;
    }

  return 0;
}

static int
compare_guests (const char *const *a,
                const char *const *b)
{
  guint count = g_strv_length ((GStrv) a), other = g_strv_length ((GStrv) b);

  if (count != other)
    return count < other ? -1 : 1;

  for (guint i = 0; i < count; i++)
    {
      int order = g_strcmp0 (a[i], b[i]);

      if (order != 0)
        return order;
    }

  return 0;
}

/* Who it belongs to: what a person decided first, else the stronger finding. */
static int
compare_matches (const TptInvitee *a,
                 const TptInvitee *b)
{
  gboolean manual = tpt_match_reason_is_manual (a->match);

  if (manual != tpt_match_reason_is_manual (b->match))
    return manual ? 1 : -1;
  if (a->customer != b->customer)
    return a->customer < b->customer ? -1 : 1;
  if (a->stakeholder != b->stakeholder)
    return a->stakeholder < b->stakeholder ? -1 : 1;

  return (int) a->match - (int) b->match;
}

/* -1, 0 or 1; at 0 the fields of both count. */
static int
compare_times (TptTime a,
               TptTime b)
{
  return (a > b) - (a < b);
}

static void
merge_marks (TptInvitee *out,
             TptInvitee *a,
             TptInvitee *b)
{
  int order = compare_times (a->seen_at, b->seen_at);
  TptInvitee *first = order >= 0 ? a : b;
  TptInvitee *second = order == 0 ? b : NULL;

  tpt_merge_strings (out, first, second, mark_strings);
  tpt_merge_times (out, first, second, mark_times);
}

static void
merge_match (TptInvitee *out,
             TptInvitee *a,
             TptInvitee *b)
{
  TptInvitee *from = compare_matches (a, b) >= 0 ? a : b;

  out->customer = from->customer;
  out->stakeholder = from->stakeholder;
  out->match = from->match;
}

/* A meeting, or a booking, as one version has it. */
typedef struct
{
  gboolean canceled;
  TptCanceler canceler;
  TptTime seen_at;
} End;

/* That the service did not have it is no news from there: it ends where something was heard. */
static gboolean
is_refuted (End end,
            End other)
{
  if (!end.canceled || end.canceler != TPT_CANCELER_UNLISTED)
    return FALSE;

  return (other.canceled && other.canceler != TPT_CANCELER_UNLISTED)
         || other.seen_at > end.seen_at;
}

static void
merge_end (TptInvitee *out,
           TptInvitee *a,
           TptInvitee *b)
{
  End first = { a->canceled, a->canceler, a->seen_at };
  End second = { b->canceled, b->canceler, b->seen_at };
  TptInvitee *one = is_refuted (first, second) ? b : a;
  TptInvitee *other = is_refuted (second, first) ? a : b;

  tpt_merge_cancellation (out, one, other, &invitee_cancellation);
  out->canceled = one->canceled || other->canceled;
}

/**
 * tpt_merge_invitee:
 * @a: a version of a booking
 * @b: another version of the same booking
 *
 * The version with the newer `updated_at` wins; canceled is final, unless that was only concluded
 * from the service not having it; pointers along a chain of reschedules are never lost; a no-show
 * mark is as it was seen last; our own marks and links by hand stay.
 *
 * Returns: (transfer full): a new object
 */
TptInvitee *
tpt_merge_invitee (TptInvitee *a,
                   TptInvitee *b)
{
  TptInvitee *out = tpt_invitee_new ();
  int order = compare_times (a->updated_at, b->updated_at);
  TptInvitee *first = order >= 0 ? a : b;
  TptInvitee *second = order == 0 ? b : NULL;
  const GPtrArray *answers = first->answers;

  tpt_merge_strings (out, first, second, invitee_strings);
  tpt_merge_times (out, first, second, invitee_times);
  if (second != NULL && compare_answers (second->answers, answers) > 0)
    answers = second->answers;
  for (guint i = 0; i < answers->len; i++)
    {
      const TptAnswer *answer = g_ptr_array_index (answers, i);

      tpt_invitee_add_answer (out, answer->question, answer->answer, answer->position);
    }

  tpt_merge_strings (out, a, b, invitee_pointers);
  merge_marks (out, a, b);
  merge_end (out, a, b);
  out->rescheduled = a->rescheduled || b->rescheduled;

  out->id = MAX (a->id, b->id);
  out->no_show_local = MAX (a->no_show_local, b->no_show_local);
  out->confirmed = a->confirmed || b->confirmed;
  merge_match (out, a, b);

  return out;
}

/* Whether @a and @b say the same of a booking; when they were seen plays no part. */
gboolean
tpt_merge_invitee_is_same (TptInvitee *a,
                           TptInvitee *b)
{
  return tpt_merge_are_strings_same (a, b, invitee_strings)
         && tpt_merge_are_times_same (a, b, invitee_times)
         && tpt_merge_are_strings_same (a, b, invitee_pointers)
         && tpt_merge_are_strings_same (a, b, mark_strings)
         && tpt_merge_are_times_same (a, b, no_show_times)
         && tpt_merge_is_cancellation_same (a, b, &invitee_cancellation)
         && compare_answers (a->answers, b->answers) == 0
         && compare_matches (a, b) == 0
         && a->canceled == b->canceled
         && a->rescheduled == b->rescheduled
         && a->no_show_local == b->no_show_local
         && a->confirmed == b->confirmed;
}

static int
rank_status (const char *status)
{
  static const char *const words[] = { "processing", "initiated", "failed", "pushed", NULL };

  for (int i = 0; status != NULL && words[i] != NULL; i++)
    {
      if (strcmp (status, words[i]) == 0)
        return i + 2;
    }

  return status != NULL ? 1 : 0;
}

/* A conference comes into being step by step, without a new updated_at. */
static void
merge_status (TptMeeting *out,
              TptMeeting *first,
              TptMeeting *second)
{
  int rank = rank_status (first->location_status);
  int other = second != NULL ? rank_status (second->location_status) : -1;

  if (rank == other)
    tpt_merge_strings (out, first, second, meeting_status);
  else
    tpt_merge_strings (out, rank > other ? first : second, NULL, meeting_status);
}

/* Bookings and cancellations both only grow, so the greater number of each is the later one. */
static void
merge_counters (TptMeeting *out,
                TptMeeting *first,
                TptMeeting *second)
{
  int gone = first->invitees_total - first->invitees_active;

  out->invitees_total = first->invitees_total;
  out->invitees_limit = first->invitees_limit;
  if (second != NULL)
    {
      out->invitees_total = MAX (out->invitees_total, second->invitees_total);
      out->invitees_limit = MAX (out->invitees_limit, second->invitees_limit);
      gone = MAX (gone, second->invitees_total - second->invitees_active);
    }
  out->invitees_active = out->invitees_total - gone;
}

static void
merge_people (TptMeeting *out,
              TptMeeting *first,
              TptMeeting *second)
{
  const GPtrArray *hosts = first->hosts;
  GStrv guests = first->guests;

  if (second != NULL && compare_hosts (second->hosts, hosts) > 0)
    hosts = second->hosts;
  if (second != NULL
      && compare_guests ((const char *const *) second->guests, (const char *const *) guests) > 0)
    guests = second->guests;

  for (guint i = 0; i < hosts->len; i++)
    {
      const TptHost *host = g_ptr_array_index (hosts, i);

      tpt_meeting_add_host (out, host->uri, host->name, host->email);
    }
  g_strfreev (out->guests);
  out->guests = g_strdupv (guests);
}

static void
merge_bookkeeping (TptMeeting *out,
                   TptMeeting *a,
                   TptMeeting *b)
{
  int order = compare_times (a->last_synced_at, b->last_synced_at);

  out->id = MAX (a->id, b->id);
  if (a->first_synced_at == TPT_TIME_NONE || b->first_synced_at == TPT_TIME_NONE)
    out->first_synced_at = MAX (a->first_synced_at, b->first_synced_at);
  else
    out->first_synced_at = MIN (a->first_synced_at, b->first_synced_at);
  out->last_synced_at = MAX (a->last_synced_at, b->last_synced_at);
  out->source = order > 0 ? a->source : order < 0 ? b->source : MAX (a->source, b->source);
}

static void
merge_meeting_end (TptMeeting *out,
                   TptMeeting *a,
                   TptMeeting *b)
{
  End first = { a->canceled, a->canceler, a->last_synced_at };
  End second = { b->canceled, b->canceler, b->last_synced_at };
  TptMeeting *one = is_refuted (first, second) ? b : a;
  TptMeeting *other = is_refuted (second, first) ? a : b;

  tpt_merge_cancellation (out, one, other, &meeting_cancellation);
  out->canceled = one->canceled || other->canceled;
}

/**
 * tpt_merge_meeting:
 * @a: a version of an event
 * @b: another version of the same event
 *
 * As tpt_merge_invitee (), for the event alone: the result has no invitees, they are merged one by
 * one.
 *
 * Returns: (transfer full): a new object
 */
TptMeeting *
tpt_merge_meeting (TptMeeting *a,
                   TptMeeting *b)
{
  TptMeeting *out = tpt_meeting_new ();
  int order = compare_times (a->updated_at, b->updated_at);
  TptMeeting *first = order >= 0 ? a : b;
  TptMeeting *second = order == 0 ? b : NULL;

  tpt_merge_strings (out, first, second, meeting_strings);
  tpt_merge_times (out, first, second, meeting_times);
  merge_status (out, first, second);
  merge_counters (out, first, second);
  merge_people (out, first, second);

  tpt_merge_strings (out, a, b, meeting_pointers);
  merge_meeting_end (out, a, b);
  merge_bookkeeping (out, a, b);

  return out;
}

/* Whether @a and @b say the same of an event; how and when they came here plays no part. */
gboolean
tpt_merge_meeting_is_same (TptMeeting *a,
                           TptMeeting *b)
{
  return tpt_merge_are_strings_same (a, b, meeting_strings)
         && tpt_merge_are_times_same (a, b, meeting_times)
         && tpt_merge_are_strings_same (a, b, meeting_status)
         && tpt_merge_are_strings_same (a, b, meeting_pointers)
         && tpt_merge_is_cancellation_same (a, b, &meeting_cancellation)
         && compare_hosts (a->hosts, b->hosts) == 0
         && compare_guests ((const char *const *) a->guests, (const char *const *) b->guests) == 0
         && a->invitees_total == b->invitees_total
         && a->invitees_active == b->invitees_active
         && a->invitees_limit == b->invitees_limit
         && a->canceled == b->canceled;
}
