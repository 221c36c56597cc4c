/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-link-words.h"

#include <glib/gi18n.h>

#include "tpt-format.h"
#include "tpt-literal.h"

/** tpt_link_words_who: (transfer full): for whom it was made, or "Anyone" */
char *
tpt_link_words_who (TptLink *link)
{
  const char *name = link->invitee_name != NULL ? link->invitee_name : link->invitee_email;

  return name != NULL ? tpt_literal_part (name) : g_strdup (_("Anyone"));
}

/**
 * tpt_link_words_copied:
 *
 * (transfer full): names what was copied for whom, so that no link goes to the wrong person
 * unseen
 */
char *
tpt_link_words_copied (TptLink *link)
{
  g_autofree char *customer = tpt_literal_part (link->customer_name);
  g_autofree char *what = tpt_literal_part (link->event_type_name != NULL ? link->event_type_name
                                                                          : _("Booking link"));
  g_autofree char *who = NULL;

  if (link->invitee_name == NULL && link->invitee_email == NULL)
    /* Translators: name of an event type, name of a customer */
    return g_strdup_printf (_("Copied: %s for %s"), what, customer);
  who = tpt_link_words_who (link);

  /* Translators: name of an event type, name of a person, name of the person's company */
  return g_strdup_printf (_("Copied: %s for %s, %s"), what, who, customer);
}

static const char *
describe_origin (const char *origin)
{
  static const struct
  {
    const char *origin;
    const char *words;
  } places[] = {
    { "customer-page", N_("on the customer page") },
    { "shortcut", N_("by key") },
    { "dashboard", N_("on the dashboard") },
    { "palette", N_("in the palette") },
    { "cli", N_("on the command line") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      if (g_strcmp0 (places[i].origin, origin) == 0)
        return _(places[i].words);
    }

  return NULL;
}

/** tpt_link_words_history: (transfer full): "Yesterday, 10:00, by key · Booked today, 9:12" */
char *
tpt_link_words_history (TptLink   *link,
                        GTimeZone *zone,
                        TptTime    now)
{
  g_autofree char *made_at = tpt_format_date_time (link->created_at, zone, now);
  g_autofree char *booked_at = NULL;
  g_autofree char *made = NULL;
  const char *place = describe_origin (link->origin);

  /* Translators: when and where it was made: "Today, 10:00, on the customer page" */
  made = place != NULL ? g_strdup_printf (_("%s, %s"), made_at, place) : g_strdup (made_at);
  if (link->booked_at == TPT_TIME_NONE)
    return g_steal_pointer (&made);
  booked_at = tpt_format_date_time_part (link->booked_at, zone, now);
  if (link->attribution == TPT_ATTRIBUTION_INFERRED)
    /* Translators: first part of the line, date and time; nobody can prove that the booking came
     * from the link */
    return g_strdup_printf (_("%s · Probably booked %s"), made, booked_at);

  /* Translators: first part of the line, date and time */
  return g_strdup_printf (_("%s · Booked %s"), made, booked_at);
}

/** tpt_link_words_event_type: (transfer full): "Quarterly review · 45 min" */
char *
tpt_link_words_event_type (TptEventType *event_type)
{
  g_autofree char *name = tpt_literal_part (event_type->name != NULL ? event_type->name
                                                                     : event_type->slug);
  g_autofree char *length = tpt_format_duration (event_type->duration * TPT_MINUTE);

  return g_strjoin (" · ", name, length, NULL);
}

/** tpt_link_words_stakeholder: (transfer full): "Ada Lovelace · CTO" */
char *
tpt_link_words_stakeholder (TptStakeholder *stakeholder)
{
  g_autofree char *name = tpt_literal_part (tpt_stakeholder_get_label (stakeholder));
  g_autofree char *role = NULL;

  if (stakeholder->role == NULL || *stakeholder->role == '\0')
    return g_steal_pointer (&name);
  role = tpt_literal_part (stakeholder->role);

  return g_strjoin (" · ", name, role, NULL);
}
