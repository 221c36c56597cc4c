/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-import-page.h"

#include "tpt-banner.h"
#include "tpt-importer.h"
#include "tpt-literal.h"
#include "tpt-wrap.h"

#include <glib/gi18n.h>

/* A file of customers is a few hundred kilobytes; a film chosen by mistake is not worth reading. */
#define MAX_BYTES (32 * 1024 * 1024)

/* Where a whole column is wrong, every row of the list is told: as many widgets at once would hold
 * up the window for minutes, and who mends the first ones mends them all. */
#define MORE_ROWS 50

struct _TptImportPage
{
  AdwBin parent_instance;

  TptWorkspace *workspace;
  GCancellable *cancellable;
  GtkFileChooserNative *chooser;
  TptImportReport *told;   /* whose problems are listed; NULL before there is one */
  guint n_listed;

  /* Template widgets */
  TptBanner *problem;
  GtkStack *stack;
  AdwStatusPage *report;
  GtkLabel *fields;
  GtkListBox *rows;
  GtkWidget *rows_frame;
  GtkButton *more;
  GtkWidget *done;
  GtkWidget *again;
};

G_DEFINE_FINAL_TYPE (TptImportPage, tpt_import_page, ADW_TYPE_BIN)

enum
{
  PROP_STEP = 1,
};

enum
{
  IMPORTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
show_problem (TptImportPage *self,
              const char    *message)
{
  gtk_stack_set_visible_child_name (self->stack, "choose");
  tpt_banner_set_title (self->problem, message);
  tpt_banner_set_revealed (self->problem, TRUE);
}

static void
clear_rows (TptImportPage *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->rows, 0)) != NULL)
    gtk_list_box_remove (self->rows, GTK_WIDGET (row));
}

static GtkWidget *
add_row (TptImportPage          *self,
         const TptImportProblem *error)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *number = tpt_import_report_name_place (self->told, error);
  g_autofree char *message = tpt_literal_line (error->message);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), message);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), number);
  tpt_wrap_row (row);
  gtk_list_box_append (self->rows, row);

  return row;
}

/* Returns: (nullable): the first row that was added */
static GtkWidget *
list_more (TptImportPage *self)
{
  const GPtrArray *errors = self->told->errors;
  guint end = MIN (self->n_listed + MORE_ROWS, errors->len);
  GtkWidget *first = NULL;
  g_autofree char *label =
    g_strdup_printf (ngettext ("Show More of %u", "Show More of %u", errors->len), errors->len);

  for (; self->n_listed < end; self->n_listed++)
    {
      GtkWidget *row = add_row (self, g_ptr_array_index (errors, self->n_listed));

      first = first != NULL ? first : row;
    }
  gtk_button_set_label (self->more, label);
  gtk_widget_set_visible (GTK_WIDGET (self->more), end < errors->len);

  return first;
}

/* The keyboard stays with the button for as long as there is one. */
static void
more_cb (TptImportPage *self)
{
  GtkWidget *first = list_more (self);

  if (first != NULL && !gtk_widget_get_visible (GTK_WIDGET (self->more)))
    gtk_widget_grab_focus (first);
}

static gboolean
did_anything (const TptImportReport *report)
{
  return report->created + report->updated + report->unchanged > 0;
}

static char *
describe (const TptImportReport *report)
{
  g_autofree char *created = g_strdup_printf (ngettext ("%u new customer", "%u new customers",
                                                        report->created),
                                              report->created);
  g_autofree char *updated = g_strdup_printf (ngettext ("%u updated", "%u updated",
                                                        report->updated),
                                              report->updated);
  g_autofree char *unchanged = g_strdup_printf (ngettext ("%u unchanged", "%u unchanged",
                                                          report->unchanged),
                                                report->unchanged);

  if (!did_anything (report))
    return g_strdup (report->errors->len == 0 ? _("There is no customer in this file.")
                                              : _("No part of this file could be used."));

  return g_strdup_printf ("%s · %s · %s", created, updated, unchanged);
}

static char *
name_outcome (const TptImportReport *report)
{
  guint n_errors = report->errors->len;

  if (!did_anything (report))
    return g_strdup (_("Nothing Imported"));
  if (n_errors == 0)
    return g_strdup (_("Customers Imported"));
  if (report->unit == TPT_IMPORT_CARDS)
    return g_strdup_printf (ngettext ("Imported, but %u Card Needs a Look",
                                      "Imported, but %u Cards Need a Look", n_errors),
                            n_errors);

  return g_strdup_printf (ngettext ("Imported, but %u Row Needs a Look",
                                    "Imported, but %u Rows Need a Look", n_errors),
                          n_errors);
}

static void
suggest (GtkWidget *button,
         gboolean   is_suggested)
{
  if (is_suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  else
    gtk_widget_remove_css_class (button, "suggested-action");
}

static void
show_fields (TptImportPage *self)
{
  g_autofree char *sentence = tpt_import_report_name_fields (self->told);
  g_autofree char *text = tpt_literal_line (sentence != NULL ? sentence : "");

  gtk_label_set_text (self->fields, text);
  gtk_widget_set_visible (GTK_WIDGET (self->fields), sentence != NULL);
}

/* @report: (transfer full) */
static void
show_report (TptImportPage   *self,
             TptImportReport *report)
{
  g_autofree char *title = name_outcome (report);
  g_autofree char *text = describe (report);
  guint n_errors = report->errors->len;
  gboolean is_well = n_errors == 0 && did_anything (report);

  clear_rows (self);
  g_clear_pointer (&self->told, tpt_import_report_free);
  self->told = report;
  self->n_listed = 0;
  list_more (self);
  adw_status_page_set_icon_name (self->report,
                                 is_well ? "emblem-ok-symbolic" : "dialog-warning-symbolic");
  adw_status_page_set_title (self->report, title);
  adw_status_page_set_description (self->report, text);
  show_fields (self);
  gtk_widget_set_visible (self->rows_frame, n_errors > 0);
  /* Who has mended the rows wants to come with the same file again. */
  gtk_widget_set_visible (self->again, !is_well);
  suggest (self->done, did_anything (report));
  suggest (self->again, !did_anything (report));
  gtk_stack_set_visible_child_name (self->stack, "report");
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (TptImportPage) self = user_data;
  g_autoptr (GError) error = NULL;
  TptImportReport *report;

  report = tpt_importer_import_finish (TPT_IMPORTER (source), result, &error);
  if (report != NULL)
    show_report (self, report);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_problem (self, error->message);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TptImportPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);

  if (bytes != NULL)
    tpt_importer_import_async (self->workspace->importer, bytes, self->cancellable, imported_cb,
                               g_object_ref (self));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_problem (self, error->message);
}

static void
measured_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (TptImportPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);

  if (info != NULL && g_file_info_get_size (info) > MAX_BYTES)
    show_problem (self, _("The file is too large to be a list of customers"));
  else if (info != NULL)
    g_file_load_bytes_async (G_FILE (source), self->cancellable, loaded_cb, g_object_ref (self));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_problem (self, error->message);
}

static void
chosen_cb (GtkNativeDialog *dialog,
           int              response,
           TptImportPage   *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    tpt_import_page_import_file (self, file);
  g_clear_object (&self->chooser);
}

static void
choose_cb (TptImportPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GtkFileFilter) lists = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  if (self->chooser == NULL)
    {
      self->chooser = gtk_file_chooser_native_new (_("Import Customers"),
                                                   GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                                   GTK_FILE_CHOOSER_ACTION_OPEN, _("_Import"),
                                                   _("_Cancel"));
      gtk_file_filter_set_name (lists, _("CSV files and vCards"));
      gtk_file_filter_add_mime_type (lists, "text/csv");
      gtk_file_filter_add_suffix (lists, "csv");
      gtk_file_filter_add_mime_type (lists, "text/vcard");
      gtk_file_filter_add_suffix (lists, "vcf");
      gtk_file_filter_set_name (all, _("All files"));
      gtk_file_filter_add_pattern (all, "*");
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), lists);
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), all);
      g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, 0);
    }
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
step_cb (TptImportPage *self)
{
  g_object_notify (G_OBJECT (self), "step");
}

static void
done_cb (TptImportPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "choose");
  g_signal_emit (self, signals[IMPORTED], 0);
}

static void
tpt_import_page_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  TptImportPage *self = TPT_IMPORT_PAGE (object);

  switch (property_id)
    {
    case PROP_STEP:
      g_value_set_string (value, tpt_import_page_get_step (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tpt_import_page_dispose (GObject *object)
{
  TptImportPage *self = TPT_IMPORT_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->told, tpt_import_report_free);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (tpt_import_page_parent_class)->dispose (object);
}

static void
tpt_import_page_class_init (TptImportPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tpt_import_page_dispose;
  object_class->get_property = tpt_import_page_get_property;

  g_object_class_install_property (object_class, PROP_STEP,
                                   g_param_spec_string ("step", NULL, NULL, NULL,
                                                        G_PARAM_READABLE
                                                        | G_PARAM_STATIC_STRINGS));
  signals[IMPORTED] = g_signal_new ("imported", TPT_TYPE_IMPORT_PAGE, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (TPT_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/setup/tpt-import-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TptImportPage, problem);
  gtk_widget_class_bind_template_child (widget_class, TptImportPage, stack);
  gtk_widget_class_bind_template_child (widget_class, TptImportPage, report);
  gtk_widget_class_bind_template_child (widget_class, TptImportPage, rows);
  gtk_widget_class_bind_template_child (widget_class, TptImportPage, fields);
  gtk_widget_class_bind_template_child (widget_class, TptImportPage, rows_frame);
  gtk_widget_class_bind_template_child (widget_class, TptImportPage, more);
  gtk_widget_class_bind_template_child (widget_class, TptImportPage, done);
  gtk_widget_class_bind_template_child (widget_class, TptImportPage, again);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, done_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
  gtk_widget_class_bind_template_callback (widget_class, step_cb);
}

static void
tpt_import_page_init (TptImportPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tpt_wrap_label (self->fields);
}

GtkWidget *
tpt_import_page_new (void)
{
  return g_object_new (TPT_TYPE_IMPORT_PAGE, NULL);
}

void
tpt_import_page_set_workspace (TptImportPage *self,
                               TptWorkspace  *workspace)
{
  g_return_if_fail (TPT_IS_IMPORT_PAGE (self));

  g_set_object (&self->workspace, workspace);
}

/** tpt_import_page_import_file: does what choosing @file does */
void
tpt_import_page_import_file (TptImportPage *self,
                             GFile         *file)
{
  g_return_if_fail (TPT_IS_IMPORT_PAGE (self));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (self->workspace != NULL && self->workspace->importer != NULL);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  tpt_banner_set_revealed (self->problem, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "working");
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, self->cancellable, measured_cb, g_object_ref (self));
}

/** tpt_import_page_get_step: "choose", "working" or "report", as the property `step` */
const char *
tpt_import_page_get_step (TptImportPage *self)
{
  g_return_val_if_fail (TPT_IS_IMPORT_PAGE (self), NULL);

  return gtk_stack_get_visible_child_name (self->stack);
}

/** tpt_import_page_get_problem: (nullable): what is told to have gone wrong */
const char *
tpt_import_page_get_problem (TptImportPage *self)
{
  g_return_val_if_fail (TPT_IS_IMPORT_PAGE (self), NULL);

  return tpt_banner_get_revealed (self->problem) ? tpt_banner_get_title (self->problem) : NULL;
}
