/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-contacts-row.h"

#include "tpt-busy-button.h"
#include "tpt-importer.h"
#include "tpt-literal.h"

#include <glib/gi18n.h>

struct _TptContactsRow
{
  AdwActionRow parent_instance;

  TptWorkspace *workspace;
  GCancellable *cancellable;

  /* Template widgets */
  TptBusyButton *run;
};

G_DEFINE_FINAL_TYPE (TptContactsRow, tpt_contacts_row, ADW_TYPE_ACTION_ROW)

static void
show (TptContactsRow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), self->workspace->importer != NULL
                                             && tpt_workspace_is_connected (self->workspace));
}

static char *
describe (const TptImportReport *report)
{
  g_autofree char *done = NULL;
  g_autofree char *failed = NULL;
  guint n_errors = report->errors->len;

  if (report->updated > 0)
    done = g_strdup_printf (ngettext ("%u customer was completed", "%u customers were completed",
                                      report->updated),
                            report->updated);
  else
    done = g_strdup (_("There was nobody new for a customer that is here"));
  if (n_errors == 0)
    return g_steal_pointer (&done);

  failed = g_strdup_printf (ngettext ("%u contact could not be taken in",
                                      "%u contacts could not be taken in", n_errors),
                            n_errors);

  return g_strdup_printf ("%s · %s", done, failed);
}

static void
completed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (TptContactsRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptImportReport) report = NULL;
  g_autofree char *text = NULL;

  report = tpt_importer_complete_finish (TPT_IMPORTER (source), result, &error);
  if (report == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  text = report != NULL ? describe (report) : tpt_literal_line (error->message);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
  tpt_busy_button_set_busy (self->run, FALSE);
}

static void
run_cb (TptContactsRow *self)
{
  if (tpt_busy_button_get_busy (self->run))
    return;
  tpt_busy_button_set_busy (self->run, TRUE);
  tpt_importer_complete_async (self->workspace->importer, self->cancellable, completed_cb,
                               g_object_ref (self));
}

static void
tpt_contacts_row_dispose (GObject *object)
{
  TptContactsRow *self = TPT_CONTACTS_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (tpt_contacts_row_parent_class)->dispose (object);
}

static void
tpt_contacts_row_class_init (TptContactsRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_contacts_row_dispose;

  g_type_ensure (TPT_TYPE_BUSY_BUTTON);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/touchpoint/ui/preferences/tpt-contacts-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TptContactsRow, run);
  gtk_widget_class_bind_template_callback (widget_class, run_cb);
}

static void
tpt_contacts_row_init (TptContactsRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

void
tpt_contacts_row_set_workspace (TptContactsRow *self,
                                TptWorkspace   *workspace)
{
  g_return_if_fail (TPT_IS_CONTACTS_ROW (self));
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  if (workspace->connection != NULL)
    g_signal_connect_object (workspace->connection, "notify::account", G_CALLBACK (show), self,
                             G_CONNECT_SWAPPED);
  show (self);
}
