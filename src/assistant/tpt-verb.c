/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-verb.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

static const TptVerb verbs[] = {
  { "send-link", TPT_NAME_PREFER_STAKEHOLDER, tpt_send_link_command_run },
  { "last-scheduled", TPT_NAME_PREFER_CUSTOMER, tpt_last_scheduled_command_run },
  { "show-bookings", TPT_NAME_PREFER_CUSTOMER, tpt_show_bookings_command_run },
};

const TptVerb *
tpt_verb_find (const char *intent)
{
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      if (g_strcmp0 (verbs[i].intent, intent) == 0)
        return &verbs[i];
    }

  return NULL;
}

/** tpt_verb_format_time: a date and time as a sentence says it */
char *
tpt_verb_format_time (TptTime    time,
                      GTimeZone *zone)
{
  g_autoptr (GDateTime) local = tpt_time_to_local (time, zone);

  /* Translators: a date and time within a sentence, for g_date_time_format () */
  return g_date_time_format (local, _("%-d %B %Y, %H:%M"));
}

void
tpt_verb_job_free (TptVerbJob *job)
{
  g_clear_object (&job->store);
  g_clear_object (&job->link_maker);
  g_clear_pointer (&job->zone, g_time_zone_unref);
  g_free (job->host_email);
  g_free (job->origin);
  g_clear_object (&job->reply);
  g_free (job);
}
