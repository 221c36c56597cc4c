/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-notices.h"

#include "tpt-banner.h"
#include "tpt-format.h"
#include "tpt-literal.h"

#include <glib/gi18n.h>

struct _TptNotices
{
  AdwBin parent_instance;

  TptWorkspace *workspace;
  GSignalGroup *connection_signals;
  GSignalGroup *engine_signals;
  GSignalGroup *listener_signals;

  /* Template widgets */
  TptBanner *disconnected;
  TptBanner *offline;
  TptBanner *failure;
  TptBanner *reconnect;
  TptBanner *relay;
  TptBanner *session;
  TptBanner *zone;
};

G_DEFINE_FINAL_TYPE (TptNotices, tpt_notices, ADW_TYPE_BIN)

static char *
describe_offline (TptNotices *self)
{
  TptTime last = tpt_engine_get_last_sync (self->workspace->engine);
  GTimeZone *zone = tpt_workspace_get_zone (self->workspace);
  g_autofree char *when = NULL;

  if (last == TPT_TIME_NONE)
    return g_strdup (_("Calendly cannot be reached. Trying again by itself."));
  when = tpt_format_date_time_part (last, zone, tpt_clock_now (self->workspace->clock));

  /* Translators: %s is a date and time such as "today, 10:00" */
  return g_strdup_printf (_("Calendly cannot be reached. What you see is from %s."), when);
}

/* Who never connected misses nothing. With the account its time zone is gone, in which the same
 * times were told before. */
static void
show_disconnected (TptNotices *self)
{
  TptWorkspace *workspace = self->workspace;
  TptTime last =
    workspace->engine != NULL ? tpt_engine_get_last_sync (workspace->engine) : TPT_TIME_NONE;
  gboolean is_old = last != TPT_TIME_NONE && workspace->connection != NULL
                    && tpt_connection_get_state (workspace->connection)
                         == TPT_CONNECTION_DISCONNECTED;
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  if (is_old)
    {
      when = tpt_format_date_time_part (last, tpt_workspace_get_zone (workspace),
                                        tpt_clock_now (workspace->clock));
      /* Translators: %s is a date and time such as "today, 10:00" */
      text = g_strdup_printf (_("Not connected to Calendly: what you see is from %s. Times are in "
                                "the time zone of this computer."), when);
      tpt_banner_set_title (self->disconnected, text);
    }
  tpt_banner_set_revealed (self->disconnected, is_old);
}

static void
connection_changed_cb (GObject    *connection,
                       GParamSpec *pspec,
                       TptNotices *self)
{
  TptConnectionState state = tpt_connection_get_state (TPT_CONNECTION (connection));

  if (tpt_connection_has_moved (TPT_CONNECTION (connection)))
    tpt_banner_set_title (self->reconnect, _("Your account has moved to another organization at "
                                             "Calendly. Sign in again to say what becomes of the "
                                             "meetings here."));
  else
    tpt_banner_set_title (self->reconnect, _("Your sign-in to Calendly has ended. Sign in again to "
                                             "keep up to date."));
  tpt_banner_set_revealed (self->reconnect, state == TPT_CONNECTION_RECONNECT);
  if (state != TPT_CONNECTION_CONNECTED)
    {
      tpt_banner_set_revealed (self->failure, FALSE);
      tpt_banner_set_revealed (self->offline, FALSE);
    }
  show_disconnected (self);
}

static void
show_failure (TptNotices *self,
              TptEngine  *engine)
{
  const char *message = tpt_engine_get_message (engine);
  TptEngineState state = tpt_engine_get_state (engine);
  gboolean is_connected = tpt_workspace_is_connected (self->workspace);
  g_autofree char *text = NULL;

  if (message != NULL)
    {
      text = tpt_literal_line (message);
      tpt_banner_set_title (self->failure, text);
    }
  tpt_banner_set_revealed (self->failure,
                           is_connected && state == TPT_ENGINE_IDLE && message != NULL);
}

/* Times without a word would pass for those of the account's zone. */
static void
account_changed_cb (GObject    *connection,
                    GParamSpec *pspec,
                    TptNotices *self)
{
  TptUser *account = tpt_connection_get_account (TPT_CONNECTION (connection));
  const char *unknown = tpt_user_get_unknown_zone (account);

  if (unknown != NULL)
    {
      g_autofree char *name = tpt_literal_part (unknown);
      /* Translators: %s is the name of a time zone such as "Europe/Berlin" */
      g_autofree char *text = g_strdup_printf (_("Times are in UTC: the time zone of your account, "
                                                 "%s, is not known on this computer."), name);

      tpt_banner_set_title (self->zone, text);
    }
  tpt_banner_set_revealed (self->zone, unknown != NULL);
}

/* While the next sync tries, which may take a minute, what the last one failed for stays. */
static void
engine_changed_cb (GObject    *engine,
                   GParamSpec *pspec,
                   TptNotices *self)
{
  TptEngineState state = tpt_engine_get_state (TPT_ENGINE (engine));
  gboolean offline =
    state == TPT_ENGINE_OFFLINE && tpt_workspace_is_connected (self->workspace);
  g_autofree char *text = NULL;

  if (state == TPT_ENGINE_SYNCING)
    return;
  if (offline)
    {
      text = describe_offline (self);
      tpt_banner_set_title (self->offline, text);
    }
  tpt_banner_set_revealed (self->offline, offline);
  show_failure (self, TPT_ENGINE (engine));
}

static void
date_changed_cb (TptNotices *self)
{
  if (self->workspace->engine != NULL)
    engine_changed_cb (G_OBJECT (self->workspace->engine), NULL, self);
  show_disconnected (self);
}

static void
listener_changed_cb (GObject    *listener,
                     GParamSpec *pspec,
                     TptNotices *self)
{
  TptRelayState state = tpt_relay_listener_get_state (TPT_RELAY_LISTENER (listener));

  tpt_banner_set_revealed (self->relay, state == TPT_RELAY_REFUSED);
}

static void
offline_clicked_cb (TptNotices *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.sync", NULL);
}

static void
reconnect_clicked_cb (TptNotices *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "app.connect", NULL);
}

static void
relay_clicked_cb (TptNotices *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "app.relay", NULL);
}

static void
tpt_notices_dispose (GObject *object)
{
  TptNotices *self = TPT_NOTICES (object);

  g_clear_object (&self->connection_signals);
  g_clear_object (&self->engine_signals);
  g_clear_object (&self->listener_signals);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (tpt_notices_parent_class)->dispose (object);
}

static void
tpt_notices_class_init (TptNoticesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_notices_dispose;

  g_type_ensure (TPT_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/window/tpt-notices.ui");
  gtk_widget_class_bind_template_child (widget_class, TptNotices, disconnected);
  gtk_widget_class_bind_template_child (widget_class, TptNotices, offline);
  gtk_widget_class_bind_template_child (widget_class, TptNotices, failure);
  gtk_widget_class_bind_template_child (widget_class, TptNotices, reconnect);
  gtk_widget_class_bind_template_child (widget_class, TptNotices, relay);
  gtk_widget_class_bind_template_child (widget_class, TptNotices, session);
  gtk_widget_class_bind_template_child (widget_class, TptNotices, zone);
  gtk_widget_class_bind_template_callback (widget_class, offline_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, reconnect_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, relay_clicked_cb);
}

static void
tpt_notices_init (TptNotices *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->connection_signals = g_signal_group_new (TPT_TYPE_CONNECTION);
  g_signal_group_connect (self->connection_signals, "notify::state",
                          G_CALLBACK (connection_changed_cb), self);
  g_signal_group_connect (self->connection_signals, "notify::account",
                          G_CALLBACK (account_changed_cb), self);
  self->engine_signals = g_signal_group_new (TPT_TYPE_ENGINE);
  g_signal_group_connect (self->engine_signals, "notify::state",
                          G_CALLBACK (engine_changed_cb), self);
  g_signal_group_connect_swapped (self->engine_signals, "notify::last-sync-at",
                                  G_CALLBACK (show_disconnected), self);
  self->listener_signals = g_signal_group_new (TPT_TYPE_RELAY_LISTENER);
  g_signal_group_connect (self->listener_signals, "notify::state",
                          G_CALLBACK (listener_changed_cb), self);
}

GtkWidget *
tpt_notices_new (void)
{
  return g_object_new (TPT_TYPE_NOTICES, NULL);
}

void
tpt_notices_set_workspace (TptNotices   *self,
                           TptWorkspace *workspace)
{
  g_return_if_fail (TPT_IS_NOTICES (self));
  g_return_if_fail (TPT_IS_WORKSPACE (workspace));

  if (!g_set_object (&self->workspace, workspace))
    return;
  g_signal_group_set_target (self->connection_signals, workspace->connection);
  g_signal_group_set_target (self->engine_signals, workspace->engine);
  g_signal_group_set_target (self->listener_signals, workspace->listener);
  g_signal_connect_object (workspace, "date-changed", G_CALLBACK (date_changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (workspace->connection != NULL)
    {
      connection_changed_cb (G_OBJECT (workspace->connection), NULL, self);
      account_changed_cb (G_OBJECT (workspace->connection), NULL, self);
    }
  if (workspace->engine != NULL)
    engine_changed_cb (G_OBJECT (workspace->engine), NULL, self);
  if (workspace->listener != NULL)
    listener_changed_cb (G_OBJECT (workspace->listener), NULL, self);
}

/**
 * tpt_notices_set_session_only:
 *
 * Says that nothing is kept, because there is no keyring for the key.
 */
void
tpt_notices_set_session_only (TptNotices *self,
                              gboolean    session_only)
{
  g_return_if_fail (TPT_IS_NOTICES (self));

  tpt_banner_set_revealed (self->session, session_only);
}
