/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-account-loader.h"
#include "tpt-customers-table.h"
#include "tpt-day.h"
#include "tpt-meetings-table.h"
#include "tpt-missed-tally.h"
#include "tpt-record-json.h"
#include "tpt-restoration-text.h"
#include "tpt-scopes.h"
#include "tpt-settings-table.h"
#include "tpt-table.h"

typedef struct
{
  gint64 meetings;
  gint64 customers;
  guint missed;            /* by the relay */
  gint64 is_refused;       /* the sign-in, when it was last used */
} Counts;

/* The sign-in that was refused is tried again by the next command that needs it; until one of them
 * succeeds it is none. */
static TptConnectionState
get_state (TptConnection *connection,
           Counts        *counts)
{
  TptConnectionState state = tpt_connection_get_state (connection);

  return state == TPT_CONNECTION_CONNECTED && counts->is_refused != 0 ? TPT_CONNECTION_RECONNECT
                                                                      : state;
}

static void
add_database (JsonBuilder *builder,
              TptStore    *store,
              Counts      *counts)
{
  json_builder_set_member_name (builder, "database");
  json_builder_begin_object (builder);
  tpt_json_add_text (builder, "path", tpt_store_get_path (store));
  tpt_json_add_int (builder, "schema_version", tpt_store_get_schema_version (store));
  tpt_json_add_int (builder, "meetings", counts->meetings);
  tpt_json_add_int (builder, "customers", counts->customers);
  json_builder_end_object (builder);
}

static void
add_relay (JsonBuilder      *builder,
           TptRelayListener *listener,
           Counts           *counts)
{
  TptRelayState state = tpt_relay_listener_get_state (listener);

  json_builder_set_member_name (builder, "relay");
  json_builder_begin_object (builder);
  tpt_json_add_text (builder, "url", tpt_relay_listener_get_url (listener));
  tpt_json_add_text (builder, "state", tpt_relay_state_to_string (state));
  tpt_json_add_time (builder, "last_event_at", tpt_relay_listener_get_last_event_at (listener));
  tpt_json_add_int (builder, "missed", counts->missed);
  json_builder_end_object (builder);

  json_builder_set_member_name (builder, "webhook");
  json_builder_begin_object (builder);
  tpt_json_add_text (builder, "state", tpt_relay_listener_get_webhook_state (listener));
  tpt_json_add_text (builder, "uri", tpt_relay_listener_get_webhook_uri (listener));
  json_builder_end_object (builder);
}

/* Where everybody's meetings were chosen: whether they come, and else why not. */
static void
add_view (JsonBuilder         *builder,
          TptOrganizationView *view)
{
  gboolean is_everyones = tpt_organization_view_get_state (view) == TPT_VIEW_EVERYONE;

  if (!tpt_organization_view_is_wanted (view))
    return;
  json_builder_set_member_name (builder, "view");
  json_builder_begin_object (builder);
  tpt_json_add_text (builder, "wanted", "everyone");
  tpt_json_add_text (builder, "shown", is_everyones ? "everyone" : "own");
  tpt_json_add_text (builder, "reason", tpt_organization_view_get_reason (view));
  json_builder_end_object (builder);
}

static void
print_json (TptInvocation *invocation,
            Counts        *counts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  TptServices *services = invocation->services;
  TptConnection *connection = services->connection;

  json_builder_begin_object (builder);
  tpt_json_add_bool (builder, "connected",
                     get_state (connection, counts) == TPT_CONNECTION_CONNECTED);
  json_builder_set_member_name (builder, "account");
  tpt_user_to_json (builder, tpt_connection_get_account (connection));
  tpt_json_add_strv (builder, "scopes", tpt_connection_get_scopes (connection));
  tpt_json_add_strv (builder, "missing_scopes", tpt_connection_get_missing_scopes (connection));
  add_view (builder, tpt_connection_get_view (connection));
  tpt_json_add_time (builder, "last_sync_at", tpt_engine_get_last_sync (services->engine));
  add_database (builder, services->store, counts);
  add_relay (builder, services->listener, counts);
  json_builder_end_object (builder);
  tpt_invocation_print_json (invocation, builder);
}

static void
print_account (TptInvocation *invocation,
               TptConnection *connection,
               Counts        *counts)
{
  TptUser *account = tpt_connection_get_account (connection);
  g_autofree char *email = tpt_visible_text (account != NULL ? account->email : NULL);

  switch (get_state (connection, counts))
    {
    case TPT_CONNECTION_CONNECTED:
      tpt_invocation_print (invocation, _("Connected as %s"), email);
      break;
    case TPT_CONNECTION_RECONNECT:
      if (tpt_connection_has_moved (connection))
        {
          tpt_invocation_print (invocation, _("%s has moved to another organization at Calendly: "
                                              "“touchpointctl connect” asks what becomes of the "
                                              "meetings here"),
                                email);
          break;
        }
      tpt_invocation_print (invocation, _("The sign-in of %s has ended: “touchpointctl connect”"),
                            email);
      break;
    case TPT_CONNECTION_DISCONNECTED:
    default:
      tpt_invocation_print (invocation, "%s", _("Not connected: “touchpointctl connect”"));
      break;
    }
}

static void
print_view (TptInvocation       *invocation,
            TptOrganizationView *view)
{
  g_autofree char *reason = tpt_visible_text (tpt_organization_view_get_reason (view));

  if (*reason != '\0')
    tpt_invocation_print (invocation, "%s", reason);
  else if (tpt_organization_view_is_wanted (view))
    tpt_invocation_print (invocation, "%s", _("With the meetings of the whole organization"));
}

static void
print_text (TptInvocation *invocation,
            Counts        *counts)
{
  TptServices *services = invocation->services;
  TptConnection *connection = services->connection;
  TptRelayListener *listener = services->listener;
  const char *const *missing = tpt_connection_get_missing_scopes (connection);
  const char *relay = tpt_relay_listener_get_url (listener);
  TptRestoration *restoration = tpt_store_get_restoration (services->store);
  g_autoptr (GTimeZone) zone = tpt_day_get_zone (invocation);
  g_autofree char *last = tpt_day_format (tpt_engine_get_last_sync (services->engine), zone);
  g_autofree char *event = tpt_day_format (tpt_relay_listener_get_last_event_at (listener), zone);

  print_account (invocation, connection, counts);
  print_view (invocation, tpt_connection_get_view (connection));
  for (; missing != NULL && *missing != NULL; missing++)
    {
      const char *feature = tpt_scopes_get_feature (*missing);

      if (feature != NULL)
        /* Translators: a permission such as "webhooks:write", and what does not work without it */
        tpt_invocation_print (invocation, _("Not permitted: %s (%s)"), *missing, feature);
      else
        tpt_invocation_print (invocation, _("Not permitted: %s"), *missing);
    }
  tpt_invocation_print (invocation, _("Last sync: %s"), *last != '\0' ? last : _("never"));
  tpt_invocation_print (invocation, _("Stored: %d meetings, %d customers, in %s"),
                        (int) counts->meetings,
                        (int) counts->customers, tpt_store_get_path (services->store));
  if (restoration != NULL)
    {
      g_autofree char *told = tpt_restoration_describe (restoration, zone);

      tpt_invocation_print (invocation, "%s", told);
    }
  tpt_invocation_print (invocation, _("Relay: %s (%s)"), relay != NULL ? relay : _("none"),
                        tpt_relay_state_to_string (tpt_relay_listener_get_state (listener)));
  if (relay != NULL)
    tpt_invocation_print (invocation, _("Last event: %s"), *event != '\0' ? event : _("none"));
}

/* On the store's thread. */
static gboolean
count_rows (TptSession  *session,
            gpointer     user_data,
            GError     **error)
{
  Counts *counts = user_data;

  return tpt_meetings_table_count (session, &counts->meetings, error)
         && tpt_customers_table_count (session, &counts->customers, error)
         && tpt_missed_tally_read (session, &counts->missed, error)
         && tpt_settings_table_get_int (session, TPT_SETTING_REFUSED, &counts->is_refused, error);
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GError) error = NULL;

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    {
      tpt_invocation_fail (invocation, error);
      return;
    }
  if (invocation->json)
    print_json (invocation, invocation->options);
  else
    print_text (invocation, invocation->options);
  tpt_invocation_done (invocation);
}

static void
status_cb (TptInvocation *invocation)
{
  tpt_store_transact_async (invocation->services->store, count_rows, invocation->options, NULL,
                            invocation->cancellable, counted_cb, g_object_ref (invocation));
}

void
tpt_status_command_run (TptInvocation *invocation)
{
  tpt_invocation_set_options (invocation, g_new0 (Counts, 1), g_free);
  if (tpt_invocation_parse (invocation, NULL, 0, 0))
    tpt_invocation_open (invocation, status_cb);
}
