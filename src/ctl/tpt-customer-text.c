/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customer-text.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-record-json.h"
#include "tpt-table.h"

static void
print_line (TptInvocation *invocation,
            const char    *label,
            const char    *text)
{
  g_autofree char *visible = tpt_visible_text (text);

  if (*visible != '\0')
    tpt_invocation_print (invocation, "%-14s %s", label, visible);
}

static void
print_people (TptInvocation *invocation,
              TptCustomer   *customer)
{
  g_autoptr (TptTable) table = tpt_table_new (_("Stakeholder"), _("E-mail"), _("Role"), NULL);
  g_autofree char *text = NULL;

  tpt_table_shorten (table, 2);
  for (guint i = 0; i < customer->stakeholders->len; i++)
    {
      TptStakeholder *stakeholder = g_ptr_array_index (customer->stakeholders, i);
      g_autofree char *emails = g_strjoinv (", ", stakeholder->emails);

      tpt_table_add (table, stakeholder->name != NULL ? stakeholder->name : "",
                     emails, stakeholder->role != NULL ? stakeholder->role : "", NULL);
    }
  text = tpt_table_to_string (table);
  if (customer->stakeholders->len > 0)
    tpt_invocation_print (invocation, "\n%s", text);
}

/** tpt_customer_print: one customer, for a person or as JSON */
void
tpt_customer_print (TptInvocation *invocation,
                    TptCustomer   *customer)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, customer->id);
  g_autofree char *domains = g_strjoinv (", ", customer->domains);
  g_autofree char *cadence = NULL;

  if (invocation->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      tpt_customer_to_json (builder, customer);
      tpt_invocation_print_json (invocation, builder);
      return;
    }

  if (customer->cadence_days > 0)
    cadence = g_strdup_printf (ngettext ("every %d day", "every %d days",
                                         (gulong) customer->cadence_days),
                               customer->cadence_days);
  print_line (invocation, _("Name"), customer->name);
  print_line (invocation, _("Id"), id);
  print_line (invocation, _("Domains"), domains);
  print_line (invocation, _("Tier"), customer->tier);
  print_line (invocation, _("Owner"), customer->owner);
  print_line (invocation, _("Cadence"), cadence);
  print_line (invocation, _("Status"), tpt_customer_status_to_string (customer->status));
  print_line (invocation, _("External id"), customer->external_id);
  print_people (invocation, customer);
}
