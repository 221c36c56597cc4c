/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-record-json.h"
#include "tpt-table.h"

static void
print_json (TptInvocation   *invocation,
            const GPtrArray *customers)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < customers->len; i++)
    tpt_customer_to_json (builder, g_ptr_array_index (customers, i));
  json_builder_end_array (builder);
  tpt_invocation_print_json (invocation, builder);
}

static void
print_table (TptInvocation   *invocation,
             const GPtrArray *customers)
{
  g_autoptr (TptTable) table = tpt_table_new (_("Id"), _("Name"), _("Domains"), _("Tier"),
                                              _("Owner"), NULL);
  g_autofree char *text = NULL;

  tpt_table_shorten (table, 3);
  for (guint i = 0; i < customers->len; i++)
    {
      TptCustomer *customer = g_ptr_array_index (customers, i);
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, customer->id);
      g_autofree char *domains = g_strjoinv (", ", customer->domains);

      tpt_table_add (table, id, customer->name != NULL ? customer->name : "", domains,
                     customer->tier != NULL ? customer->tier : "",
                     customer->owner != NULL ? customer->owner : "",
                     NULL);
    }
  text = tpt_table_to_string (table);
  tpt_invocation_print (invocation, "%s", text);
}

static void
customers_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GPtrArray) customers = NULL;
  g_autoptr (GError) error = NULL;

  customers = tpt_store_list_customers_finish (TPT_STORE (source), result, &error);
  if (customers == NULL)
    {
      tpt_invocation_fail (invocation, error);
      return;
    }
  if (invocation->json)
    print_json (invocation, customers);
  else
    print_table (invocation, customers);
  tpt_invocation_done (invocation);
}

static void
list_cb (TptInvocation *invocation)
{
  tpt_store_list_customers_async (invocation->services->store, invocation->cancellable,
                                  customers_cb, g_object_ref (invocation));
}

void
tpt_customers_list_command_run (TptInvocation *invocation)
{
  if (tpt_invocation_parse (invocation, NULL, 0, 0))
    tpt_invocation_open (invocation, list_cb);
}
