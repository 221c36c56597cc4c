/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-text.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-day.h"
#include "tpt-record-json.h"

static void
print_json (TptInvocation    *invocation,
            TptRelayListener *listener)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  tpt_json_add_text (builder, "url", tpt_relay_listener_get_url (listener));
  tpt_json_add_text (builder, "device", tpt_relay_listener_get_device (listener));
  tpt_json_add_text (builder, "state",
                     tpt_relay_state_to_string (tpt_relay_listener_get_state (listener)));
  tpt_json_add_time (builder, "last_event_at", tpt_relay_listener_get_last_event_at (listener));
  json_builder_set_member_name (builder, "webhook");
  json_builder_begin_object (builder);
  tpt_json_add_text (builder, "state", tpt_relay_listener_get_webhook_state (listener));
  tpt_json_add_text (builder, "uri", tpt_relay_listener_get_webhook_uri (listener));
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  tpt_invocation_print_json (invocation, builder);
}

/** tpt_relay_print: the relay as it stands, for a person or as JSON */
void
tpt_relay_print (TptInvocation *invocation)
{
  TptRelayListener *listener = invocation->services->listener;
  g_autoptr (GTimeZone) zone = tpt_day_get_zone (invocation);
  g_autofree char *last = tpt_day_format (tpt_relay_listener_get_last_event_at (listener), zone);
  const char *url = tpt_relay_listener_get_url (listener);

  if (invocation->json)
    {
      print_json (invocation, listener);
      return;
    }

  if (url == NULL)
    {
      tpt_invocation_print (invocation, "%s",
                            _("No relay is set: “touchpointctl relay set URL --code CODE”"));
      return;
    }
  tpt_invocation_print (invocation, _("Relay: %s (%s)"), url,
                        tpt_relay_state_to_string (tpt_relay_listener_get_state (listener)));
  tpt_invocation_print (invocation, _("Webhook subscription: %s"),
                        tpt_relay_listener_get_webhook_state (listener));
  tpt_invocation_print (invocation, _("Last event: %s"), *last != '\0' ? last : _("none"));
}
