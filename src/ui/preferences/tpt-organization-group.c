/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-organization-group.h"

#include "tpt-literal.h"
#include "tpt-preferences-toast.h"

#include <glib/gi18n.h>

struct _TptOrganizationGroup
{
  AdwPreferencesGroup parent_instance;

  TptWorkspace *workspace;
  gboolean is_showing;     /* the switch is moved by the program */
  gboolean is_busy;        /* what the switch asked for goes on */

  /* Template widgets */
  AdwActionRow *row;
  GtkSwitch *everyone;
  AdwActionRow *problem;
  GtkWidget *relay;
};

G_DEFINE_FINAL_TYPE (TptOrganizationGroup, tpt_organization_group, ADW_TYPE_PREFERENCES_GROUP)

static TptOrganizationView *
get_view (TptOrganizationGroup *self)
{
  return tpt_connection_get_view (self->workspace->connection);
}

/* What it takes, or what is there now. */
static const char *
describe (TptOrganizationGroup *self,
          TptUser              *account)
{
  TptOrganizationView *view = get_view (self);

  if (tpt_organization_view_get_reason (view) != NULL)
    return _("Your own meetings only, for now");
  if (tpt_organization_view_is_wanted (view))
    return _("The meetings of the whole organization are here");
  if (tpt_organization_view_is_possible (view))
    return _("As an owner or administrator, you may see them");
  if (account->role == NULL)
    return _("For owners and administrators only, and Calendly does not say which role you have");

  return _("For owners and administrators only; you are a member");
}

static void
show_view (TptOrganizationGroup *self)
{
  TptOrganizationView *view = get_view (self);
  TptUser *account = tpt_connection_get_account (self->workspace->connection);
  TptRelayListener *listener = self->workspace->listener;
  gboolean is_wanted = tpt_organization_view_is_wanted (view);
  const char *reason = tpt_organization_view_get_reason (view);
  g_autofree char *problem = tpt_literal_block (reason != NULL ? reason : "");

  gtk_widget_set_visible (GTK_WIDGET (self), account != NULL);
  if (account == NULL)
    return;
  self->is_showing = TRUE;
  gtk_switch_set_active (self->everyone, is_wanted);
  self->is_showing = FALSE;
  adw_action_row_set_subtitle (self->row, describe (self, account));
  /* Only the switch: why it cannot be had is there to be read. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->everyone),
                            !self->is_busy
                              && (is_wanted || tpt_organization_view_is_possible (view)));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->problem), problem);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), reason != NULL);
  gtk_widget_set_visible (self->relay,
                          is_wanted && reason == NULL && listener != NULL
                            && tpt_relay_listener_get_url (listener) != NULL
                            && !tpt_relay_listener_has_feed (listener));
}

static void
switched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (TptOrganizationGroup) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!tpt_organization_view_finish (TPT_ORGANIZATION_VIEW (source), result, NULL, &error))
    tpt_preferences_toast (GTK_WIDGET (self), error->message);
  self->is_busy = FALSE;
  show_view (self);
}

static void
set_busy (TptOrganizationGroup *self)
{
  self->is_busy = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->everyone), FALSE);
}

static void
switch_view (TptOrganizationGroup *self,
             gboolean              everyone)
{
  set_busy (self);
  tpt_organization_view_switch_async (get_view (self), everyone, NULL, switched_cb,
                                      g_object_ref (self));
}

static void
answered_cb (TptOrganizationGroup *self,
             const char           *response)
{
  if (g_str_equal (response, "remove"))
    switch_view (self, FALSE);
  else
    show_view (self);
}

static char *
make_question (const TptColleagueMeetings *counts)
{
  g_autofree char *meetings = NULL;
  g_autofree char *decided = NULL;

  meetings = g_strdup_printf (
    ngettext ("%u meeting that only colleagues hold is removed from this computer. It comes back "
              "when you switch this on again.",
              "%u meetings that only colleagues hold are removed from this computer. They come "
              "back when you switch this on again.",
              counts->meetings),
    counts->meetings);
  if (counts->decided == 0)
    return g_steal_pointer (&meetings);
  decided = g_strdup_printf (
    ngettext ("Of %u of them you have said by hand whose it is or who came; that is forgotten.",
              "Of %u of them you have said by hand whose they are or who came; that is forgotten.",
              counts->decided),
    counts->decided);

  return g_strdup_printf ("%s\n\n%s", meetings, decided);
}

static void
ask (TptOrganizationGroup       *self,
     const TptColleagueMeetings *counts)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *question = make_question (counts);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              _("Show Your Own Meetings Only?"), question);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "remove",
                                    _("_Remove Theirs"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TptOrganizationGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  TptColleagueMeetings counts;

  self->is_busy = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->everyone), TRUE);
  if (!tpt_organization_view_finish (TPT_ORGANIZATION_VIEW (source), result, &counts, &error))
    {
      tpt_preferences_toast (GTK_WIDGET (self), error->message);
      show_view (self);
    }
  else if (counts.meetings == 0)
    switch_view (self, FALSE);
  else
    ask (self, &counts);
}

/* Nothing is removed without a word. */
static void
active_cb (TptOrganizationGroup *self)
{
  if (self->is_showing)
    return;
  if (gtk_switch_get_active (self->everyone))
    {
      switch_view (self, TRUE);
      return;
    }

  set_busy (self);
  tpt_organization_view_count_async (get_view (self), NULL, counted_cb, g_object_ref (self));
}

static void
tpt_organization_group_dispose (GObject *object)
{
  TptOrganizationGroup *self = TPT_ORGANIZATION_GROUP (object);

  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (tpt_organization_group_parent_class)->dispose (object);
}

static void
tpt_organization_group_class_init (TptOrganizationGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_organization_group_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/touchpoint/ui/preferences/tpt-organization-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TptOrganizationGroup, row);
  gtk_widget_class_bind_template_child (widget_class, TptOrganizationGroup, everyone);
  gtk_widget_class_bind_template_child (widget_class, TptOrganizationGroup, problem);
  gtk_widget_class_bind_template_child (widget_class, TptOrganizationGroup, relay);
  gtk_widget_class_bind_template_callback (widget_class, active_cb);
}

static void
tpt_organization_group_init (TptOrganizationGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
tpt_organization_group_set_workspace (TptOrganizationGroup *self,
                                      TptWorkspace         *workspace)
{
  g_return_if_fail (TPT_IS_ORGANIZATION_GROUP (self));
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  if (workspace->connection == NULL)
    return;
  g_signal_connect_object (workspace->connection, "notify::account", G_CALLBACK (show_view), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_view (self), "notify::state", G_CALLBACK (show_view), self,
                           G_CONNECT_SWAPPED);
  if (workspace->listener != NULL)
    g_signal_connect_object (workspace->listener, "notify::url", G_CALLBACK (show_view), self,
                             G_CONNECT_SWAPPED);
  show_view (self);
}
