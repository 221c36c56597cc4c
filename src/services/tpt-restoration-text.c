/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-restoration-text.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

static char *
format_time (TptTime    time,
             GTimeZone *zone)
{
  g_autoptr (GDateTime) local = tpt_time_to_local (time, zone);

  return g_date_time_format (local, "%Y-%m-%d %H:%M");
}

static char *
describe_source (TptRestoration *restoration,
                 GTimeZone      *zone)
{
  g_autofree char *taken = format_time (restoration->backup_at, zone);

  switch (restoration->source)
    {
    case TPT_RESTORATION_RESCUED:
      return g_strdup (_ ("Everything that was entered here has been rescued."));
    case TPT_RESTORATION_PARTLY:
      if (restoration->backup_at == TPT_TIME_NONE)
        return g_strdup (_ ("What was entered here has been rescued, but not whom bookings were "
                            "assigned to by hand: there was no backup of that."));
      return g_strdup_printf (_ ("What was entered here has been rescued. Whom bookings were "
                                 "assigned to by hand comes from the backup of %s."), taken);
    case TPT_RESTORATION_BACKUP:
      return g_strdup_printf (_ ("What was entered here comes from the backup of %s; later entries "
                                 "are lost."), taken);
    case TPT_RESTORATION_NOTHING:
    default:
      return g_strdup (_ ("There was no backup: customers, links and notes that were entered here "
                          "are lost."));
    }
}

static char *
describe_finding (TptRestoration *restoration,
                  GTimeZone      *zone)
{
  g_autofree char *at = format_time (restoration->at, zone);

  if (restoration->kept_as != NULL)
    /* Translators: %s is a time */
    return g_strdup_printf (_ ("On %s the file of the record was found damaged, and a new one was "
                               "made."), at);

  return g_strdup_printf (_ ("On %s the file of the record was gone, and a new one was made."), at);
}

static char *
describe_rest (TptRestoration *restoration)
{
  const char *meetings = _ ("The meetings are fetched again with the next sync.");
  g_autofree char *kept = NULL;

  if (restoration->kept_as == NULL)
    return g_strdup (meetings);
  /* Translators: %s is the name of a file */
  kept = g_strdup_printf (_ ("The damaged file was kept as %s."), restoration->kept_as);

  return g_strdup_printf ("%s %s", meetings, kept);
}

/**
 * tpt_restoration_describe:
 * @zone: in which the times are told
 *
 * Returns: (transfer full): three lines for people: what was found; what is back and what is lost;
 *   what comes by itself, and where the old file lies
 */
char *
tpt_restoration_describe (TptRestoration *restoration,
                          GTimeZone      *zone)
{
  g_autofree char *found = describe_finding (restoration, zone);
  g_autofree char *source = describe_source (restoration, zone);
  g_autofree char *rest = describe_rest (restoration);
  g_autofree char *counts = NULL;

  counts = g_strdup_printf (_ ("Customers: %d, contacts: %d, links: %d, assignments by hand: %d."),
                            (int) restoration->customers, (int) restoration->stakeholders,
                            (int) restoration->links, (int) restoration->decisions);

  return g_strdup_printf ("%s\n%s %s\n%s", found, source, counts, rest);
}
