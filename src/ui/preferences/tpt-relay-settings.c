/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-relay-settings.h"

#include "tpt-banner.h"
#include "tpt-checkup-group.h"
#include "tpt-deliveries-group.h"
#include "tpt-format.h"
#include "tpt-literal.h"
#include "tpt-preferences-toast.h"
#include "tpt-relay-trial.h"
#include "tpt-wrap.h"

#include <glib/gi18n.h>

struct _TptRelaySettings
{
  AdwPreferencesPage parent_instance;

  TptWorkspace *workspace;

  /* Template widgets */
  AdwPreferencesGroup *current;
  AdwActionRow *relay;
  AdwActionRow *subscription;
  AdwActionRow *last_event;
  GtkButton *test_button;
  GtkButton *forget_button;
  TptCheckupGroup *checkup;
  TptDeliveriesGroup *deliveries;
  AdwPreferencesGroup *enrolling;
  TptBanner *problem;
  AdwEntryRow *address;
  AdwEntryRow *code;
  GtkButton *enrol_button;
};

G_DEFINE_FINAL_TYPE (TptRelaySettings, tpt_relay_settings, ADW_TYPE_PREFERENCES_PAGE)

static const char *
describe_state (TptRelayState state)
{
  switch (state)
    {
    case TPT_RELAY_CONNECTING:
      return _("Connecting…");
    case TPT_RELAY_LIVE:
      return _("Live: changes arrive within a second");
    case TPT_RELAY_RECONNECTING:
      return _("Connecting again; meanwhile Touchpoint asks Calendly now and then");
    case TPT_RELAY_REFUSED:
      return _("The relay no longer knows this computer: enrol it again");
    case TPT_RELAY_WAITING:
      return _("Waiting for you to sign in; this computer is enrolled after that");
    case TPT_RELAY_NONE:
    default:
      return _("No relay is set");
    }
}

static const char *
describe_webhook (const char *status)
{
  if (g_strcmp0 (status, "active") == 0)
    return _("Active");
  if (g_strcmp0 (status, "not_permitted") == 0)
    return _("Calendly does not permit it: the check below says why");
  if (g_strcmp0 (status, "none") == 0)
    return _("There is none");

  return _("Not known yet");
}

static void
show_last_event (TptRelaySettings *self)
{
  TptTime last = tpt_relay_listener_get_last_event_at (self->workspace->listener);
  g_autofree char *text = NULL;

  if (last != TPT_TIME_NONE)
    text = tpt_format_date_time (last, tpt_workspace_get_zone (self->workspace),
                                 tpt_clock_now (self->workspace->clock));
  adw_action_row_set_subtitle (self->last_event, text != NULL ? text : _("None yet"));
}

static void
show_relay (TptRelaySettings *self)
{
  TptRelayListener *listener = self->workspace->listener;
  TptRelayState state = tpt_relay_listener_get_state (listener);
  const char *webhook = tpt_relay_listener_get_webhook_state (listener);
  const char *url = tpt_relay_listener_get_url (listener);
  const char *message = tpt_relay_listener_get_message (listener);
  g_autofree char *address = tpt_literal_line (url);
  gboolean is_enrolled = state != TPT_RELAY_NONE && state != TPT_RELAY_WAITING;

  gtk_widget_set_visible (GTK_WIDGET (self->current), state != TPT_RELAY_NONE);
  gtk_widget_set_visible (GTK_WIDGET (self->subscription), is_enrolled);
  gtk_widget_set_visible (GTK_WIDGET (self->last_event), is_enrolled);
  gtk_widget_set_visible (GTK_WIDGET (self->checkup), is_enrolled);
  gtk_widget_set_visible (GTK_WIDGET (self->deliveries), is_enrolled);
  gtk_widget_set_visible (GTK_WIDGET (self->enrolling),
                          !is_enrolled || state == TPT_RELAY_REFUSED);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->relay), address);
  if (state == TPT_RELAY_LIVE && !tpt_relay_listener_is_delivering (listener))
    adw_action_row_set_subtitle (
      self->relay, _("Connected, but not everything is sent to it; meanwhile Touchpoint asks "
                     "Calendly now and then"));
  else if (state == TPT_RELAY_WAITING && message != NULL)
    adw_action_row_set_subtitle (self->relay, message);
  else
    adw_action_row_set_subtitle (self->relay, describe_state (state));
  adw_action_row_set_subtitle (self->subscription, describe_webhook (webhook));
  gtk_widget_set_sensitive (GTK_WIDGET (self->test_button), state == TPT_RELAY_LIVE);
  show_last_event (self);
}

static void
check_entries (TptRelaySettings *self)
{
  const char *address = gtk_editable_get_text (GTK_EDITABLE (self->address));
  const char *code = gtk_editable_get_text (GTK_EDITABLE (self->code));

  gtk_widget_set_sensitive (GTK_WIDGET (self->enrol_button), *address != '\0' && *code != '\0');
}

static void
enrolled_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (TptRelaySettings) self = user_data;
  g_autoptr (GError) error = NULL;

  check_entries (self);
  if (tpt_relay_listener_enrol_finish (TPT_RELAY_LISTENER (source), result, &error))
    {
      gboolean waits =
        tpt_relay_listener_get_state (TPT_RELAY_LISTENER (source)) == TPT_RELAY_WAITING;

      gtk_editable_set_text (GTK_EDITABLE (self->code), "");
      tpt_preferences_toast (GTK_WIDGET (self), waits ? _("Kept until you sign in")
                                                      : _("This computer is enrolled"));
      show_relay (self);
      if (!waits)
        tpt_checkup_group_run (self->checkup);
      return;
    }
  tpt_banner_set_title (self->problem, error->message);
  tpt_banner_set_revealed (self->problem, TRUE);
}

static void
enrol_cb (TptRelaySettings *self)
{
  g_autofree char *address = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->address)));
  g_autofree char *code = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->code)));

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->enrol_button)))
    return;
  tpt_banner_set_revealed (self->problem, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->enrol_button), FALSE);
  tpt_relay_listener_enrol_async (self->workspace->listener, g_strstrip (address),
                                  g_strstrip (code), NULL, enrolled_cb, g_object_ref (self));
}

static void
tested_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TptRelaySettings) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  TptTime took;

  show_relay (self);
  if (!tpt_relay_trial_run_finish (TPT_RELAY_LISTENER (source), result, &took, &error))
    {
      tpt_preferences_toast (GTK_WIDGET (self), error->message);
      return;
    }
  /* Translators: %d is a number of milliseconds */
  text = g_strdup_printf (_("The test event went to the relay and came back in %d ms"),
                          (int) (took / 1000));
  tpt_preferences_toast (GTK_WIDGET (self), text);
}

static void
test_cb (TptRelaySettings *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->test_button), FALSE);
  tpt_relay_trial_run_async (self->workspace->listener, NULL, tested_cb, g_object_ref (self));
}

static void
forgotten_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (TptRelaySettings) self = user_data;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self->forget_button), TRUE);
  if (!tpt_relay_listener_forget_finish (TPT_RELAY_LISTENER (source), result, &error))
    tpt_preferences_toast (GTK_WIDGET (self), error->message);
  show_relay (self);
}

static void
answered_cb (TptRelaySettings *self,
             const char       *response)
{
  if (!g_str_equal (response, "forget"))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->forget_button), FALSE);
  tpt_relay_listener_forget_async (self->workspace->listener, NULL, NULL, forgotten_cb,
                                   g_object_ref (self));
}

/* The code that this computer was enrolled with is used up; only the administrator has others. */
static void
forget_cb (TptRelaySettings *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              _("Forget This Relay?"),
                                              _("Bookings then show up within a minute instead of "
                                                "a second. To enrol this computer again, you need "
                                                "a new code from your administrator."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"),
                                    "forget", _("_Forget"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "forget",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
tpt_relay_settings_dispose (GObject *object)
{
  TptRelaySettings *self = TPT_RELAY_SETTINGS (object);

  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (tpt_relay_settings_parent_class)->dispose (object);
}

static void
tpt_relay_settings_class_init (TptRelaySettingsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_relay_settings_dispose;

  g_type_ensure (TPT_TYPE_BANNER);
  g_type_ensure (TPT_TYPE_CHECKUP_GROUP);
  g_type_ensure (TPT_TYPE_DELIVERIES_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/touchpoint/ui/preferences/tpt-relay-settings.ui");
  gtk_widget_class_bind_template_child (widget_class, TptRelaySettings, current);
  gtk_widget_class_bind_template_child (widget_class, TptRelaySettings, relay);
  gtk_widget_class_bind_template_child (widget_class, TptRelaySettings, subscription);
  gtk_widget_class_bind_template_child (widget_class, TptRelaySettings, last_event);
  gtk_widget_class_bind_template_child (widget_class, TptRelaySettings, test_button);
  gtk_widget_class_bind_template_child (widget_class, TptRelaySettings, forget_button);
  gtk_widget_class_bind_template_child (widget_class, TptRelaySettings, checkup);
  gtk_widget_class_bind_template_child (widget_class, TptRelaySettings, deliveries);
  gtk_widget_class_bind_template_child (widget_class, TptRelaySettings, enrolling);
  gtk_widget_class_bind_template_child (widget_class, TptRelaySettings, problem);
  gtk_widget_class_bind_template_child (widget_class, TptRelaySettings, address);
  gtk_widget_class_bind_template_child (widget_class, TptRelaySettings, code);
  gtk_widget_class_bind_template_child (widget_class, TptRelaySettings, enrol_button);
  gtk_widget_class_bind_template_callback (widget_class, check_entries);
  gtk_widget_class_bind_template_callback (widget_class, enrol_cb);
  gtk_widget_class_bind_template_callback (widget_class, test_cb);
  gtk_widget_class_bind_template_callback (widget_class, forget_cb);
}

static void
tpt_relay_settings_init (TptRelaySettings *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tpt_wrap_row (GTK_WIDGET (self->relay));
}

void
tpt_relay_settings_set_workspace (TptRelaySettings *self,
                                  TptWorkspace     *workspace)
{
  g_return_if_fail (TPT_IS_RELAY_SETTINGS (self));
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  if (workspace->listener == NULL)
    return;
  tpt_checkup_group_set_workspace (self->checkup, workspace);
  tpt_deliveries_group_set_workspace (self->deliveries, workspace);
  g_signal_connect_object (workspace->listener, "notify", G_CALLBACK (show_relay), self,
                           G_CONNECT_SWAPPED);
  show_relay (self);
}
