/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-checkup-group.h"

#include <glib/gi18n.h>

#include "tpt-busy-button.h"
#include "tpt-literal.h"
#include "tpt-relay-checkup.h"

struct _TptCheckupGroup
{
  AdwPreferencesGroup parent_instance;

  TptRelayCheckup *checkup;
  GCancellable *cancellable;
  AdwActionRow *rows[TPT_RELAY_CHECKS];
  GtkImage *icons[TPT_RELAY_CHECKS];

  /* Template widgets */
  TptBusyButton *run;
};

G_DEFINE_FINAL_TYPE (TptCheckupGroup, tpt_checkup_group, ADW_TYPE_PREFERENCES_GROUP)

static char *
describe (TptCheckupGroup *self,
          TptRelayCheck    check)
{
  g_autofree char *message = NULL;

  switch (tpt_relay_checkup_get_state (self->checkup, check))
    {
    case TPT_RELAY_CHECK_RUNNING:
      return g_strdup (_("Checking…"));
    case TPT_RELAY_CHECK_GOOD:
      return g_strdup (_("All right"));
    case TPT_RELAY_CHECK_BAD:
      message = tpt_literal_line (tpt_relay_checkup_get_message (self->checkup));
      return g_strdup_printf ("%s\n%s", message, tpt_relay_check_get_advice (check));
    case TPT_RELAY_CHECK_OPEN:
    default:
      return g_strdup (_("Not checked"));
    }
}

static void
show_icon (GtkImage           *icon,
           TptRelayCheckState  state)
{
  static const struct
  {
    const char *name;
    const char *style;
  } looks[] = {
    [TPT_RELAY_CHECK_OPEN] = { "content-loading-symbolic", "dim-label" },
    [TPT_RELAY_CHECK_RUNNING] = { "content-loading-symbolic", "accent" },
    [TPT_RELAY_CHECK_GOOD] = { "emblem-ok-symbolic", "success" },
    [TPT_RELAY_CHECK_BAD] = { "dialog-error-symbolic", "error" },
  };

  gtk_image_set_from_icon_name (icon, looks[state].name);
  gtk_widget_set_css_classes (GTK_WIDGET (icon), (const char *[]) { looks[state].style, NULL });
}

static void
show_checks (TptCheckupGroup *self)
{
  for (guint i = 0; i < TPT_RELAY_CHECKS; i++)
    {
      g_autofree char *subtitle = describe (self, (TptRelayCheck) i);

      adw_action_row_set_subtitle (self->rows[i], subtitle);
      show_icon (self->icons[i], tpt_relay_checkup_get_state (self->checkup, (TptRelayCheck) i));
    }
}

/* What went wrong stands in its line. */
static void
ran_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (TptCheckupGroup) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!tpt_relay_checkup_run_finish (TPT_RELAY_CHECKUP (source), result, &error))
    g_debug ("A check failed: %s", error->message);
  tpt_busy_button_set_busy (self->run, FALSE);
}

static void
run_cb (TptCheckupGroup *self)
{
  tpt_checkup_group_run (self);
}

static void
add_row (TptCheckupGroup *self,
         TptRelayCheck    check)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), tpt_relay_check_get_title (check));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  self->rows[check] = ADW_ACTION_ROW (row);
  self->icons[check] = GTK_IMAGE (icon);
}

static void
tpt_checkup_group_dispose (GObject *object)
{
  TptCheckupGroup *self = TPT_CHECKUP_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->checkup);

  G_OBJECT_CLASS (tpt_checkup_group_parent_class)->dispose (object);
}

static void
tpt_checkup_group_finalize (GObject *object)
{
  g_object_unref (TPT_CHECKUP_GROUP (object)->cancellable);

  G_OBJECT_CLASS (tpt_checkup_group_parent_class)->finalize (object);
}

static void
tpt_checkup_group_class_init (TptCheckupGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_checkup_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = tpt_checkup_group_finalize;

  g_type_ensure (TPT_TYPE_BUSY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/sync/tpt-checkup-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TptCheckupGroup, run);
  gtk_widget_class_bind_template_callback (widget_class, run_cb);
}

static void
tpt_checkup_group_init (TptCheckupGroup *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < TPT_RELAY_CHECKS; i++)
    add_row (self, (TptRelayCheck) i);
}

void
tpt_checkup_group_set_workspace (TptCheckupGroup *self,
                                 TptWorkspace    *workspace)
{
  g_return_if_fail (self->checkup == NULL);

  self->checkup = tpt_relay_checkup_new (workspace->listener);
  g_signal_connect_object (self->checkup, "changed", G_CALLBACK (show_checks), self,
                           G_CONNECT_SWAPPED);
  show_checks (self);
}

/** tpt_checkup_group_run: checks everything, unless that is under way */
void
tpt_checkup_group_run (TptCheckupGroup *self)
{
  g_return_if_fail (TPT_IS_CHECKUP_GROUP (self));
  g_return_if_fail (self->checkup != NULL);

  if (tpt_busy_button_get_busy (self->run))
    return;

  tpt_busy_button_set_busy (self->run, TRUE);
  tpt_relay_checkup_run_async (self->checkup, self->cancellable, ran_cb, g_object_ref (self));
}
