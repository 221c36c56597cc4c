/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-debug-info.h"

#include <adwaita.h>

#include "tpt-services-libraries.h"

static void
add (GString    *text,
     const char *name,
     const char *value)
{
  g_string_append_printf (text, "%s: %s\n", name, value != NULL ? value : "–");
}

static void
add_version (GString    *text,
             const char *name,
             guint       major,
             guint       minor,
             guint       micro)
{
  g_string_append_printf (text, "%s: %u.%u.%u\n", name, major, minor, micro);
}

static const char *
name_connection (TptConnectionState state)
{
  switch (state)
    {
    case TPT_CONNECTION_CONNECTED:
      return "connected";
    case TPT_CONNECTION_RECONNECT:
      return "sign-in ended";
    case TPT_CONNECTION_DISCONNECTED:
    default:
      return "not connected";
    }
}

static const char *
name_engine (TptEngineState state)
{
  switch (state)
    {
    case TPT_ENGINE_SYNCING:
      return "syncing";
    case TPT_ENGINE_OFFLINE:
      return "offline";
    case TPT_ENGINE_IDLE:
    default:
      return "idle";
    }
}

static void
add_services (GString     *text,
              TptServices *services)
{
  TptRelayListener *listener = services->listener;
  g_autofree char *last_sync = tpt_time_format (tpt_engine_get_last_sync (services->engine));
  g_autofree char *schema = g_strdup_printf ("%d", tpt_store_get_schema_version (services->store));

  add (text, "Account", name_connection (tpt_connection_get_state (services->connection)));
  add (text, "Sync", name_engine (tpt_engine_get_state (services->engine)));
  add (text, "Last sync", last_sync);
  add (text, "Relay", tpt_relay_state_to_string (tpt_relay_listener_get_state (listener)));
  add (text, "Webhook", tpt_relay_listener_get_webhook_state (listener));
  add (text, "Database schema", schema);
  add (text, "Kept", services->is_session_only ? "for this session only" : "on the disk, sealed");
}

/**
 * tpt_debug_info_make:
 * @services: (nullable): %NULL while the record is not open
 *
 * Returns: (transfer full): what a bug report needs: versions and states; no name, address or token
 */
char *
tpt_debug_info_make (TptServices *services)
{
  GString *text = g_string_new (NULL);
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  g_auto (GStrv) libraries = tpt_services_list_libraries ();

  add (text, TPT_APP_NAME, TPT_VERSION);
  add (text, "System", system);
  add (text, "Flatpak", g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) ? "yes" : "no");
  add (text, "Desktop", g_getenv ("XDG_CURRENT_DESKTOP"));
  add (text, "Session", g_getenv ("XDG_SESSION_TYPE"));
  add_version (text, "GTK", gtk_get_major_version (), gtk_get_minor_version (),
               gtk_get_micro_version ());
  add_version (text, "libadwaita", adw_get_major_version (), adw_get_minor_version (),
               adw_get_micro_version ());
  for (guint i = 0; libraries[i] != NULL; i += 2)
    add (text, libraries[i], libraries[i + 1]);
  if (services != NULL)
    add_services (text, services);
  else
    add (text, "Record", "not open");

  return g_string_free (text, FALSE);
}
