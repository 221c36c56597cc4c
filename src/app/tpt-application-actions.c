/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-application.h"

#include "tpt-debug-info.h"
#include "tpt-preferences-window.h"
#include "tpt-step-window.h"

#include <glib/gi18n.h>

#define HELP_URI "help:touchpoint"
#define HOMEPAGE "https://github.com/touchpoint-desk/touchpoint"

const TptShortcut tpt_application_shortcuts[] = {
  { "app.import-customers", "<Control>i", N_("General"), N_("Import customers"), FALSE },
  { "app.connect", "<Control><Shift>o", N_("General"), N_("Connect your account"), FALSE },
  { "app.preferences", "<Control>comma", N_("General"), N_("Preferences"), FALSE },
  { "app.shortcuts", "<Control>question", N_("General"), N_("Keyboard shortcuts"), FALSE },
  { "app.help", "F1", N_("General"), N_("Help"), FALSE },
  { "app.about", "<Control>F1", N_("General"), N_("About"), FALSE },
  { "app.quit", "<Control>q", N_("General"), N_("Quit"), FALSE },
  { NULL, NULL, NULL, NULL, FALSE },
};

static void
present (TptApplication *self,
         GtkWidget      *dialog)
{
  gtk_window_set_transient_for (GTK_WINDOW (dialog),
                                GTK_WINDOW (tpt_application_get_window (self)));
  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
import_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  TptWorkspace *workspace = tpt_application_get_workspace (user_data);

  if (workspace != NULL)
    present (user_data, tpt_step_window_new_import (workspace));
}

static void
connect_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  TptWorkspace *workspace = tpt_application_get_workspace (user_data);

  if (workspace != NULL)
    present (user_data, tpt_step_window_new_connect (workspace));
}

/* For dialogs, which have no actions of a window. */
static void
sync_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  TptWindow *window = tpt_application_get_window (user_data);

  if (window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.sync", NULL);
}

static void
preferences_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  TptWorkspace *workspace = tpt_application_get_workspace (user_data);

  if (workspace != NULL)
    present (user_data, tpt_preferences_window_new (workspace,
                                                    tpt_application_get_settings (user_data)));
}

/* What says how news comes leads to where that is set. */
static void
relay_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  TptWorkspace *workspace = tpt_application_get_workspace (user_data);
  GtkWidget *window;

  if (workspace == NULL)
    return;
  window = tpt_preferences_window_new (workspace, tpt_application_get_settings (user_data));
  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (window), "relay");
  present (user_data, window);
}

static void
shortcuts_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  const TptShortcut *const tables[] = { tpt_window_shortcuts, tpt_application_shortcuts, NULL };

  present (user_data, tpt_shortcuts_window_new (tables));
}

static void
help_shown_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error))
    return;
  g_message ("The help was not shown: %s", error->message);
  tpt_window_toast (TPT_WINDOW (source), _("The help needs the program “Help” (Yelp)"));
}

static void
help_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  TptWindow *window = tpt_application_get_window (user_data);

  if (window != NULL)
    gtk_show_uri_full (GTK_WINDOW (window), HELP_URI, GDK_CURRENT_TIME, NULL, help_shown_cb, NULL);
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  const char *developers[] = { "Touchpoint contributors", NULL };
  g_autofree char *debug = tpt_debug_info_make (tpt_application_get_services (user_data));
  GtkWidget *about = adw_about_window_new ();

  g_object_set (about,
                "application-name", TPT_APP_NAME,
                "application-icon", TPT_APP_ID,
                "version", TPT_VERSION,
                "developers", developers,
                "developer-name", developers[0],
                "copyright", "© 2026 Touchpoint contributors",
                "license-type", GTK_LICENSE_GPL_3_0,
                "website", HOMEPAGE,
                "issue-url", HOMEPAGE "/issues",
                "comments", _("Keeps every customer meeting in one place, makes booking links and "
                              "knows what became of them."),
                "debug-info", debug,
                "debug-info-filename", "touchpoint-debug-info.txt",
                /* Translators: put your names here, one a line */
                "translator-credits", _("translator-credits"),
                NULL);
  present (user_data, about);
}

static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  TptWindow *window = tpt_application_get_window (user_data);

  /* Closing keeps the size of the window. */
  if (window != NULL)
    gtk_window_close (GTK_WINDOW (window));
  g_application_quit (user_data);
}

static const GActionEntry entries[] = {
  { .name = "import-customers", .activate = import_cb },
  { .name = "connect", .activate = connect_cb },
  { .name = "sync", .activate = sync_cb },
  { .name = "preferences", .activate = preferences_cb },
  { .name = "relay", .activate = relay_cb },
  { .name = "shortcuts", .activate = shortcuts_cb },
  { .name = "help", .activate = help_cb },
  { .name = "about", .activate = about_cb },
  { .name = "quit", .activate = quit_cb },
};

void
tpt_application_add_actions (TptApplication *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
