/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-apply.h"
#include "tpt-connection-error.h"
#include "tpt-contact-import.h"
#include "tpt-list-file.h"
#include "tpt-record-json.h"
#include "tpt-table.h"

typedef struct
{
  gboolean contacts;
} Options;

static void
print_json (TptInvocation   *invocation,
            TptImportReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  tpt_json_add_int (builder, "created", report->created);
  tpt_json_add_int (builder, "updated", report->updated);
  tpt_json_add_int (builder, "unchanged", report->unchanged);
  json_builder_set_member_name (builder, "errors");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->errors->len; i++)
    {
      TptImportProblem *problem = g_ptr_array_index (report->errors, i);

      json_builder_begin_object (builder);
      tpt_json_add_int (builder, "row", problem->row);
      tpt_json_add_text (builder, "message", problem->message);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  tpt_invocation_print_json (invocation, builder);
}

static void
print_text (TptInvocation   *invocation,
            TptImportReport *report)
{
  tpt_invocation_print (invocation, _("%u customers new, %u changed, %u unchanged"),
                        report->created, report->updated,
                        report->unchanged);
  for (guint i = 0; i < report->errors->len; i++)
    {
      TptImportProblem *problem = g_ptr_array_index (report->errors, i);
      g_autofree char *place = tpt_import_report_name_place (report, problem);
      g_autofree char *message = tpt_visible_text (problem->message);

      tpt_invocation_print (invocation, "%s: %s", place, message);
    }
}

static void
print_report (TptInvocation   *invocation,
              TptImportReport *report)
{
  g_autofree char *fields = tpt_import_report_name_fields (report);
  g_autofree char *message = fields != NULL ? tpt_visible_text (fields) : NULL;

  if (message != NULL)
    tpt_invocation_message (invocation, "%s", message);
  if (invocation->json)
    print_json (invocation, report);
  else
    print_text (invocation, report);
  tpt_invocation_done (invocation);
}

static void
contacts_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptImportReport) report = tpt_contact_import_finish (result, &error);

  if (report == NULL)
    tpt_invocation_fail (invocation, error);
  else
    print_report (invocation, report);
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (TptImportReport) report = NULL;
  g_autoptr (GError) error = NULL;

  report = tpt_importer_import_finish (TPT_IMPORTER (source), result, &error);
  if (report == NULL)
    tpt_invocation_fail (invocation, error);
  else
    print_report (invocation, report);
}

static void
import_list (TptInvocation *invocation,
             GBytes        *list)
{
  tpt_importer_import_async (invocation->services->importer, list, invocation->cancellable,
                             imported_cb, g_object_ref (invocation));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) list = tpt_list_file_read_finish (result, &error);

  if (list == NULL)
    tpt_invocation_fail (invocation, error);
  else
    import_list (invocation, list);
}

static void
import_contacts_cb (TptInvocation *invocation)
{
  TptServices *services = invocation->services;
  g_autoptr (GError) error = NULL;

  if (!tpt_connection_check (services->connection, &error))
    tpt_invocation_fail (invocation, error);
  else
    tpt_contact_import_async (services->client, services->store,
                              tpt_apply_get_matcher (services->apply), invocation->cancellable,
                              contacts_cb, g_object_ref (invocation));
}

static void
import_cb (TptInvocation *invocation)
{
  if (invocation->file != NULL)
    import_list (invocation, invocation->file);
  else
    tpt_list_file_read_async (invocation->arguments[0], invocation->cancellable, read_cb,
                              g_object_ref (invocation));
}

void
tpt_customers_import_command_run (TptInvocation *invocation)
{
  Options *options = g_new0 (Options, 1);
  const GOptionEntry entries[] = {
    { "contacts", 0, 0, G_OPTION_ARG_NONE, &options->contacts,
      N_("The people in Calendly’s address book, instead of a file"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  tpt_invocation_set_options (invocation, options, g_free);
  if (!tpt_invocation_parse (invocation, entries, 0, 1))
    return;
  if (options->contacts == (invocation->arguments[0] != NULL))
    tpt_invocation_fail_usage (invocation, _("Name a FILE.csv or FILE.vcf, or give --contacts."));
  else
    tpt_invocation_open (invocation, options->contacts ? import_contacts_cb : import_cb);
}
