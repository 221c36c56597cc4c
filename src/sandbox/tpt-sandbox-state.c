/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-state.h"

#include "tpt-sandbox-sender.h"
#include "tpt-sandbox-serial.h"

static void
show_list (JsonObject        *state,
           const char        *name,
           TptSandboxContext *context,
           GPtrArray         *records,
           JsonObject      *(*serialise) (TptSandboxContext *,
                                          gconstpointer))
{
  JsonArray *list = json_array_sized_new (records->len);

  for (guint i = 0; i < records->len; i++)
    json_array_add_object_element (list, serialise (context, records->pdata[i]));
  json_object_set_array_member (state, name, list);
}

static JsonObject *
show_link (TptSandboxContext *context,
           gconstpointer      data)
{
  const TptSandboxLink *link = data;
  JsonObject *object = json_object_new ();
  g_autofree char *url = g_strconcat (context->base, "/d/", link->uuid, "/",
                                      link->event_type->slug, NULL);
  g_autofree char *used_by = link->used_by != NULL
                               ? tpt_sandbox_serial_invitee_uri (link->used_by) : NULL;

  json_object_set_string_member (object, "booking_url", url);
  tpt_sandbox_serial_set_uri (object, "event_type", "event_types", link->event_type->uuid);
  json_object_set_string_member (object, "used_by", used_by);
  tpt_sandbox_serial_set_time (object, "created_at", link->created_at);

  return object;
}

static JsonObject *
show_customer (TptSandboxContext *context,
               gconstpointer      data)
{
  static const char *const tempers[] = { "healthy", "flaky", "quiet", "new" };
  const TptSandboxCustomer *customer = data;
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "external_id", customer->uuid);
  json_object_set_string_member (object, "name", customer->name);
  json_object_set_string_member (object, "domains", customer->domains);
  json_object_set_string_member (object, "temper", tempers[customer->temper]);

  return object;
}

static JsonObject *
show_subscription (TptSandboxContext *context,
                   gconstpointer      data)
{
  const TptSandboxSubscription *subscription = data;
  JsonObject *object = json_object_new ();

  tpt_sandbox_serial_set_uri (object, "uri", "webhook_subscriptions", subscription->uuid);
  json_object_set_string_member (object, "url", subscription->url);
  json_object_set_string_member (object, "scope", subscription->scope);
  json_object_set_string_member (object, "signing_key", subscription->signing_key);
  json_object_set_string_member (object, "state", subscription->deleted    ? "deleted"
                                                  : subscription->disabled ? "disabled"
                                                                           : "active");
  tpt_sandbox_serial_set_time (object, "retry_started_at", subscription->retry_started_at);

  return object;
}

/* GET /_sandbox/state: everything there is, the secret things too. */
void
tpt_sandbox_state_get (TptSandboxRequest *request)
{
  TptSandboxContext *context = request->context;
  TptSandboxWorld *world = context->world;
  JsonObject *state = json_object_new ();

  tpt_sandbox_serial_set_time (state, "now", TPT_SANDBOX_NOW (context));
  json_object_set_string_member (state, "signing_key", TPT_SANDBOX_SIGNING_KEY);
  show_list (state, "organizations", context, world->organizations,
             tpt_sandbox_serial_organization);
  show_list (state, "users", context, world->users, tpt_sandbox_serial_user);
  show_list (state, "event_types", context, world->event_types, tpt_sandbox_serial_event_type);
  show_list (state, "customers", context, world->customers, show_customer);
  show_list (state, "events", context, tpt_sandbox_world_get_events (world),
             tpt_sandbox_serial_event);
  show_list (state, "invitees", context, world->invitees, tpt_sandbox_serial_invitee);
  show_list (state, "links", context, world->links, show_link);
  show_list (state, "subscriptions", context, tpt_sandbox_sender_list (context->sender),
             show_subscription);
  json_object_set_array_member (state, "deliveries",
                                tpt_sandbox_sender_list_deliveries (context->sender));
  json_object_set_array_member (state, "tokens",
                                tpt_sandbox_access_list (context->access,
                                                         TPT_SANDBOX_NOW (context)));
  tpt_sandbox_reply_json (request, 200, state);
}
