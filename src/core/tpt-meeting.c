/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-meeting.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-text.h"

G_DEFINE_FINAL_TYPE (TptMeeting, tpt_meeting, G_TYPE_OBJECT)

static void
host_free (TptHost *host)
{
  g_free (host->uri);
  g_free (host->name);
  g_free (host->email);
  g_free (host);
}

static void
tpt_meeting_finalize (GObject *object)
{
  TptMeeting *self = TPT_MEETING (object);

  g_free (self->uri);
  g_free (self->name);
  g_free (self->event_type);
  g_free (self->location_type);
  g_free (self->location);
  g_free (self->location_status);
  g_free (self->join_url);
  g_free (self->notes_plain);
  g_free (self->notes_html);
  g_free (self->booking_method);
  g_free (self->cancel_reason);
  g_free (self->canceled_by);
  g_clear_pointer (&self->hosts, g_ptr_array_unref);
  g_strfreev (self->guests);
  g_clear_pointer (&self->invitees, g_ptr_array_unref);

  G_OBJECT_CLASS (tpt_meeting_parent_class)->finalize (object);
}

static void
tpt_meeting_class_init (TptMeetingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_meeting_finalize;
}

static void
tpt_meeting_init (TptMeeting *self)
{
  self->hosts = g_ptr_array_new_with_free_func ((GDestroyNotify) host_free);
  self->guests = g_new0 (char *, 1);
  self->invitees = g_ptr_array_new_with_free_func (g_object_unref);
}

TptMeeting *
tpt_meeting_new (void)
{
  return g_object_new (TPT_TYPE_MEETING, NULL);
}

/* The host that is there already. */
static TptHost *
find_host (TptMeeting *self,
           const char *uri,
           const char *email)
{
  for (guint i = 0; i < self->hosts->len; i++)
    {
      TptHost *host = g_ptr_array_index (self->hosts, i);
      gboolean is_known = host->uri != NULL && uri != NULL;

      if (is_known ? g_str_equal (host->uri, uri)
                   : email != NULL && g_strcmp0 (host->email, email) == 0)
        return host;
    }

  return NULL;
}

static void
fill (char      **field,
      const char *text)
{
  if (*field == NULL)
    *field = g_strdup (text);
}

/* However often a host is added, it is one, with what was said of it first. */
void
tpt_meeting_add_host (TptMeeting *self,
                      const char *uri,
                      const char *name,
                      const char *email)
{
  TptHost *host;

  g_return_if_fail (TPT_IS_MEETING (self));

  host = find_host (self, uri, email);
  if (host == NULL)
    {
      host = g_new0 (TptHost, 1);
      g_ptr_array_add (self->hosts, host);
    }
  fill (&host->uri, uri);
  fill (&host->name, name);
  fill (&host->email, email);
}

/** tpt_meeting_get_title: (transfer none): what people call it, also where it has no name */
const char *
tpt_meeting_get_title (TptMeeting *self)
{
  g_return_val_if_fail (TPT_IS_MEETING (self), NULL);

  return tpt_text_is_blank (self->name) ? _("Meeting") : self->name;
}

/**
 * tpt_meeting_get_outcome:
 *
 * Returns: the outcome over all its invitees; for an event whose invitees are not known yet,
 *   what the event itself says
 */
TptOutcome
tpt_meeting_get_outcome (TptMeeting *self,
                         TptTime     now)
{
  return tpt_meeting_get_outcome_for (self, 0, now);
}

/**
 * tpt_meeting_get_outcome_for:
 * @customer: row of a customer who is in it, or 0 for all
 *
 * Returns: what became of it for @customer, as their figures count it: a group may go on without
 *   them
 */
TptOutcome
tpt_meeting_get_outcome_for (TptMeeting *self,
                             gint64      customer,
                             TptTime     now)
{
  TptOutcome outcome = TPT_OUTCOME_SUPERSEDED;

  g_return_val_if_fail (TPT_IS_MEETING (self), TPT_OUTCOME_UPCOMING);

  if (self->invitees->len == 0)
    return tpt_outcome_derive (self->canceled, FALSE, TPT_NO_SHOW_NONE, self->end, now);

  for (guint i = 0; i < self->invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (self->invitees, i);

      if (customer == 0 || invitee->customer == customer)
        outcome = tpt_outcome_combine (outcome, tpt_invitee_get_outcome (invitee, self->end, now));
    }

  return outcome;
}

/** tpt_meeting_is_superseded: whether every booking in it was replaced by a later one */
gboolean
tpt_meeting_is_superseded (TptMeeting *self)
{
  g_return_val_if_fail (TPT_IS_MEETING (self), FALSE);

  /* The time plays no part in it, so any will do. */
  return tpt_meeting_get_outcome (self, TPT_TIME_NONE) == TPT_OUTCOME_SUPERSEDED;
}

/**
 * tpt_meeting_is_with:
 * @invitee: one of its invitees
 *
 * Returns: whether the meeting is theirs. A booking that moved to another time is told of there;
 *   here only where nobody else has stayed.
 */
gboolean
tpt_meeting_is_with (TptMeeting *self,
                     TptInvitee *invitee)
{
  g_return_val_if_fail (TPT_IS_MEETING (self) && TPT_IS_INVITEE (invitee), FALSE);

  return !(invitee->canceled && invitee->rescheduled) || tpt_meeting_is_superseded (self);
}

/* The less, the sooner is somebody shown. */
static int
get_absence (TptInvitee *invitee)
{
  return invitee->canceled ? 1 + invitee->rescheduled : 0;
}

/**
 * tpt_meeting_get_invitee:
 * @customer: row of a customer, or 0 for any
 *
 * Returns: (transfer none) (nullable): the invitee of @customer to show first: the first to
 *   book among those who still come, else among those who canceled, else among those who moved
 */
TptInvitee *
tpt_meeting_get_invitee (TptMeeting *self,
                         gint64      customer)
{
  TptInvitee *found = NULL;

  g_return_val_if_fail (TPT_IS_MEETING (self), NULL);

  for (guint i = 0; i < self->invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (self->invitees, i);

      if (customer != 0 && invitee->customer != customer)
        continue;
      if (found == NULL || get_absence (invitee) < get_absence (found))
        found = invitee;
    }

  return found;
}

const char *
tpt_source_to_string (TptSource source)
{
  switch (source)
    {
    case TPT_SOURCE_WEBHOOK:
      return "webhook";
    case TPT_SOURCE_OWN:
      return "own";
    case TPT_SOURCE_POLL:
    default:
      return "poll";
    }
}
