/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-meeting-sheet.h"

#include <glib/gi18n.h>

#include "tpt-format.h"
#include "tpt-join-link.h"
#include "tpt-literal.h"

/* What goes into the making of a sheet. */
typedef struct
{
  GPtrArray *facts;
  GTimeZone *zone;
  TptTime now;
} Sheet;

static void
fact_free (TptMeetingFact *fact)
{
  g_free (fact->title);
  g_free (fact->text);
  g_free (fact);
}

/* For a text that was made here, of parts that are literal already. */
static void
add_made (Sheet      *sheet,
          const char *title,
          const char *text)
{
  TptMeetingFact *fact;

  if (text == NULL || *text == '\0')
    return;
  fact = g_new0 (TptMeetingFact, 1);
  fact->title = tpt_literal_line (title);
  fact->text = g_strdup (text);
  g_ptr_array_add (sheet->facts, fact);
}

/* For a text that somebody else wrote. */
static void
add (Sheet      *sheet,
     const char *title,
     const char *text)
{
  g_autofree char *literal = tpt_literal_block (text);

  add_made (sheet, title, literal);
}

static void
add_time (Sheet      *sheet,
          const char *title,
          TptTime     time)
{
  g_autofree char *text = NULL;

  if (time == TPT_TIME_NONE)
    return;
  text = tpt_format_date_time (time, sheet->zone, sheet->now);
  add_made (sheet, title, text);
}

static char *
name_and_email (const char *name,
                const char *email)
{
  g_autofree char *shown_name = tpt_literal_part (name);
  g_autofree char *shown_email = tpt_literal_part (email);

  if (*shown_name == '\0')
    return g_steal_pointer (&shown_email);
  if (*shown_email == '\0')
    return g_steal_pointer (&shown_name);

  /* Translators: name (e-mail address) */
  return g_strdup_printf (_("%s (%s)"), shown_name, shown_email);
}

static const char *
describe_canceler (TptCanceler canceler)
{
  switch (canceler)
    {
    case TPT_CANCELER_HOST:
      return _("Canceled by the host");
    case TPT_CANCELER_INVITEE:
      return _("Canceled by the guest");
    case TPT_CANCELER_UNLISTED:
      return _("Calendly does not list this meeting any more");
    case TPT_CANCELER_NONE:
    default:
      return _("Canceled");
    }
}

static void
add_cancellation (Sheet       *sheet,
                  TptCanceler  canceler,
                  const char  *by,
                  TptTime      at,
                  const char  *reason)
{
  g_autofree char *when = at != TPT_TIME_NONE ? tpt_format_date_time (at, sheet->zone, sheet->now)
                                              : NULL;
  g_autofree char *name = by != NULL ? tpt_literal_part (by) : NULL;
  g_autofree char *text = NULL;

  text = when != NULL && name != NULL ? g_strdup_printf ("%s, %s", name, when)
         : g_strdup (when != NULL ? when : name);
  add_made (sheet, describe_canceler (canceler), text);
  add (sheet, _("Reason"), reason);
}

static const char *
describe_no_show (TptNoShow no_show)
{
  switch (no_show)
    {
    case TPT_NO_SHOW_GUEST:
      return _("The guest did not come");
    case TPT_NO_SHOW_HOST:
      return _("The host did not come");
    case TPT_NO_SHOW_NONE:
    default:
      return NULL;
    }
}

static void
add_tracking (Sheet             *sheet,
              const TptTracking *tracking)
{
  const char *const values[] = {
    tracking->utm_source, tracking->utm_medium, tracking->utm_campaign, tracking->utm_content,
    tracking->utm_term, tracking->salesforce_uuid,
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      if (values[i] != NULL && *values[i] != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", values[i]);
    }
  add (sheet, _("Tracking"), text->str);
}

static void
add_invitee (Sheet      *sheet,
             TptInvitee *invitee,
             TptMeeting *meeting)
{
  g_autofree char *who = name_and_email (invitee->name, invitee->email);
  g_autofree char *their_time = NULL;
  g_autofree char *moved = NULL;

  add_made (sheet, _("Guest"), who);
  their_time = tpt_format_their_time (meeting->start, sheet->zone, invitee->timezone);
  add_made (sheet, _("Their time"), their_time);
  add (sheet, _("Their time zone"), invitee->timezone);
  add (sheet, _("Phone"), invitee->phone);
  for (guint i = 0; i < invitee->answers->len; i++)
    {
      const TptAnswer *answer = g_ptr_array_index (invitee->answers, i);

      add (sheet, answer->question, answer->answer);
    }
  add_time (sheet, _("Booked"), invitee->created_at);
  if (invitee->reschedules > 0)
    moved = g_strdup_printf (ngettext ("%u time", "%u times", invitee->reschedules),
                             invitee->reschedules);
  add_made (sheet, _("Rescheduled"), moved);
  add (sheet, _("No-show"), describe_no_show (tpt_invitee_get_no_show (invitee)));
  if (invitee->confirmed)
    add (sheet, _("Confirmed"), _("You said that it happened"));
  if (invitee->canceled && invitee->rescheduled)
    add_time (sheet, _("Moved to another time"), invitee->canceled_at);
  else if (invitee->canceled)
    add_cancellation (sheet, invitee->canceler, invitee->canceled_by, invitee->canceled_at,
                      invitee->cancel_reason);
  add_tracking (sheet, &invitee->tracking);
  if (invitee->link_id != NULL)
    add (sheet, _("Link"), _("Booked with a link that was made here"));
}

static const char *
name_location (const char *type)
{
  static const struct
  {
    const char *type;
    const char *name;
  } names[] = {
    { "zoom", "Zoom" },
    { "zoom_conference", "Zoom" },
    { "google_conference", "Google Meet" },
    { "microsoft_teams_conference", "Microsoft Teams" },
    { "webex_conference", "Webex" },
    { "gotomeeting_conference", "GoTo Meeting" },
    { "physical", N_("In person") },
    { "inbound_call", N_("They call") },
    { "outbound_call", N_("You call them") },
    { "ask_invitee", N_("As the guest wishes") },
    { "custom", N_("Other") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_strcmp0 (names[i].type, type) == 0)
        return _(names[i].name);
    }

  return type;
}

static void
add_place (Sheet      *sheet,
           TptMeeting *meeting)
{
  g_autofree char *allowed = tpt_join_link_check (meeting->join_url);

  add (sheet, _("Way"), name_location (meeting->location_type));
  add (sheet, _("Place"), meeting->location);
  if (meeting->join_url == NULL)
    return;
  add (sheet, allowed != NULL ? _("Join link") : _("Join link, blocked because it may not be safe"),
       meeting->join_url);
}

static void
add_source (Sheet      *sheet,
            TptMeeting *meeting)
{
  add_time (sheet, _("First seen"), meeting->first_synced_at);
  add_time (sheet, _("Last synced"), meeting->last_synced_at);
  switch (meeting->source)
    {
    case TPT_SOURCE_WEBHOOK:
      add (sheet, _("Last change came"), _("at once, through the relay"));
      break;
    case TPT_SOURCE_OWN:
      add (sheet, _("Last change came"), _("from this app"));
      break;
    case TPT_SOURCE_POLL:
    default:
      add (sheet, _("Last change came"), _("with a sync"));
      break;
    }
}

/**
 * tpt_meeting_sheet_make:
 * @zone: in which the times are told
 *
 * Returns: (transfer full) (element-type TptMeetingFact): everything that is stored of @meeting
 *   and that a person would want to read, in reading order; what is not known is left out
 */
GPtrArray *
tpt_meeting_sheet_make (TptMeeting *meeting,
                        GTimeZone  *zone,
                        TptTime     now)
{
  Sheet sheet = { NULL, zone, now };
  g_autofree char *when = NULL;
  g_autofree char *hosts = NULL;
  g_autofree char *guests = NULL;

  g_return_val_if_fail (TPT_IS_MEETING (meeting), NULL);

  sheet.facts = g_ptr_array_new_with_free_func ((GDestroyNotify) fact_free);
  when = tpt_format_span (meeting->start, meeting->end, zone, now);
  add_made (&sheet, _("When"), when);
  add_place (&sheet, meeting);
  for (guint i = 0; i < meeting->invitees->len; i++)
    add_invitee (&sheet, g_ptr_array_index (meeting->invitees, i), meeting);
  guests = g_strjoinv (", ", meeting->guests);
  add (&sheet, _("Also invited"), guests);
  hosts = tpt_meeting_sheet_hosts (meeting);
  add_made (&sheet, _("Hosts"), hosts);
  if (meeting->canceled && meeting->invitees->len == 0)
    add_cancellation (&sheet, meeting->canceler, meeting->canceled_by, meeting->canceled_at,
                      meeting->cancel_reason);
  add (&sheet, _("Notes"), meeting->notes_plain);
  add_source (&sheet, meeting);

  return sheet.facts;
}

/** tpt_meeting_sheet_to_text: (transfer full): the same as plain text, for the clipboard */
char *
tpt_meeting_sheet_to_text (TptMeeting      *meeting,
                           const GPtrArray *facts)
{
  g_autofree char *name = tpt_literal_line (tpt_meeting_get_title (meeting));
  GString *text = g_string_new (name);

  for (guint i = 0; i < facts->len; i++)
    {
      const TptMeetingFact *fact = g_ptr_array_index (facts, i);

      g_string_append_printf (text, "\n%s: %s", fact->title, fact->text);
    }

  return g_string_free (text, FALSE);
}

/**
 * tpt_meeting_sheet_who:
 * @customer: row of the customer whose people are meant
 *
 * Returns: (transfer full): "Ada Lovelace (ada@example.com) and 2 others"
 */
char *
tpt_meeting_sheet_who (TptMeeting *meeting,
                       gint64      customer)
{
  TptInvitee *invitee = tpt_meeting_get_invitee (meeting, customer);
  g_autofree char *first = NULL;
  guint others = 0;

  if (invitee == NULL)
    return g_strdup ("");
  first = name_and_email (invitee->name, invitee->email);
  for (guint i = 0; i < meeting->invitees->len; i++)
    {
      TptInvitee *other = g_ptr_array_index (meeting->invitees, i);

      if (other != invitee && other->canceled == invitee->canceled
          && other->rescheduled == invitee->rescheduled)
        others++;
    }
  if (others == 0)
    return g_steal_pointer (&first);

  return g_strdup_printf (ngettext ("%s and %u other", "%s and %u others", others), first, others);
}

/** tpt_meeting_sheet_hosts: (transfer full): "Robin Falk, Kim Sato" */
char *
tpt_meeting_sheet_hosts (TptMeeting *meeting)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < meeting->hosts->len; i++)
    {
      const TptHost *host = g_ptr_array_index (meeting->hosts, i);
      g_autofree char *name = tpt_literal_part (host->name != NULL ? host->name : host->email);

      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", name);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
