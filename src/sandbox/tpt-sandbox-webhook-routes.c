/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-request.h"
#include "tpt-sandbox-sender.h"
#include "tpt-sandbox-serial.h"

/* The events, the scope whose data they carry, and the only subscription scope that may have
 * them, if there is one: developer.calendly.com, "Create webhook subscription". */
typedef struct
{
  const char *kind;
  const char *token_scope;
  const char *only;
} Kind;

static const Kind kinds[] = {
  { "invitee.created", "scheduled_events:read", NULL },
  { "invitee.canceled", "scheduled_events:read", NULL },
  { "invitee_no_show.created", "scheduled_events:read", NULL },
  { "invitee_no_show.deleted", "scheduled_events:read", NULL },
  { "event_type.created", "event_types:read", NULL },
  { "event_type.updated", "event_types:read", NULL },
  { "event_type.deleted", "event_types:read", NULL },
  { "contact.created", "contacts:read", NULL },
  { "contact.updated", "contacts:read", NULL },
  { "contact.deleted", "contacts:read", NULL },
  { "meeting_recap.created", "meeting_recaps:read", "user" },
  { "meeting_recap.updated", "meeting_recaps:read", "user" },
  { "meeting_recap.deleted", "meeting_recaps:read", "user" },
  { "routing_form_submission.created", "routing_forms:read", "organization" },
};

static const Kind *
find_kind (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_strcmp0 (kinds[i].kind, name) == 0)
        return &kinds[i];
    }

  return NULL;
}

static JsonObject *
serialise (TptSandboxContext *context,
           gconstpointer      data)
{
  const TptSandboxSubscription *subscription = data;
  JsonObject *object = json_object_new ();
  JsonArray *events = json_array_new ();

  for (char **event = subscription->events; *event != NULL; event++)
    json_array_add_string_element (events, *event);
  tpt_sandbox_serial_set_uri (object, "uri", "webhook_subscriptions", subscription->uuid);
  json_object_set_string_member (object, "callback_url", subscription->url);
  tpt_sandbox_serial_set_time (object, "created_at", subscription->created_at);
  tpt_sandbox_serial_set_time (object, "updated_at", subscription->updated_at);
  tpt_sandbox_serial_set_time (object, "retry_started_at", subscription->retry_started_at);
  json_object_set_string_member (object, "state", subscription->disabled ? "disabled" : "active");
  json_object_set_array_member (object, "events", events);
  json_object_set_string_member (object, "scope", subscription->scope);
  tpt_sandbox_serial_set_uri (object, "organization", "organizations",
                              subscription->creator->organization->uuid);
  tpt_sandbox_serial_set_uri (object, "user", "users", subscription->user != NULL
                                                         ? subscription->user->uuid : NULL);
  json_object_set_null_member (object, "group");
  tpt_sandbox_serial_set_uri (object, "creator", "users", subscription->creator->uuid);

  return object;
}

static void
refuse_scope (TptSandboxRequest *request,
              const char        *scope)
{
  JsonObject *object = json_object_new ();
  JsonArray *scopes = json_array_new ();

  json_array_add_string_element (scopes, scope);
  json_object_set_string_member (object, "title", "Insufficient scope");
  json_object_set_string_member (object, "message",
                                 "This operation requires the scopes listed in the "
                                 "'required_scopes' array.");
  json_object_set_array_member (object, "required_scopes", scopes);
  tpt_sandbox_reply_json (request, 403, object);
}

/* Organisation and scope of the query or body, and the user that a user scope needs. */
static gboolean
check_owner (TptSandboxRequest  *request,
             const char         *organization_uri,
             const char         *scope,
             const char         *user_uri,
             TptSandboxUser    **user)
{
  TptSandboxWorld *world = request->context->world;
  TptSandboxOrganization *organization = tpt_sandbox_world_find_uri (
    world, world->organizations, "organizations", organization_uri);
  gboolean for_user = g_strcmp0 (scope, "user") == 0;

  *user = for_user ? tpt_sandbox_world_find_uri (world, world->users, "users", user_uri) : NULL;
  if (organization == NULL)
    tpt_sandbox_reply_invalid (request, "organization", "is invalid");
  else if (!for_user && g_strcmp0 (scope, "organization") != 0)
    tpt_sandbox_reply_invalid (request, "scope", "is not included in the list");
  else if (organization != request->user->organization)
    tpt_sandbox_reply_denied (request, "You do not have permission to access this resource.");
  else if (for_user && *user == NULL)
    tpt_sandbox_reply_invalid (request, "user", "is missing");
  else if (*user != request->user && !tpt_sandbox_request_is_admin (request))
    tpt_sandbox_reply_denied (request, "You do not have permission");
  else
    return TRUE;

  return FALSE;
}

/* The names of the body's "events" when all are known, may be had with that scope, and the token
 * reads their data. */
static GStrv
read_events (TptSandboxRequest *request,
             JsonObject        *body,
             const char        *scope)
{
  JsonNode *node = json_object_get_member (body, "events");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  if (array == NULL || json_array_get_length (array) == 0)
    {
      tpt_sandbox_reply_invalid (request, "events", "is missing");
      return NULL;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      const Kind *kind = find_kind (JSON_NODE_HOLDS_VALUE (element)
                                      ? json_node_get_string (element) : NULL);

      if (kind == NULL || (kind->only != NULL && g_strcmp0 (kind->only, scope) != 0))
        {
          tpt_sandbox_reply_invalid (request, "events", "is not included in the list");
          return NULL;
        }
      if (!tpt_sandbox_access_allows (request->token, kind->token_scope))
        {
          refuse_scope (request, kind->token_scope);
          return NULL;
        }
      g_strv_builder_add (names, kind->kind);
    }

  return g_strv_builder_end (names);
}

/* Calendly wants https; a relay under test listens without TLS on the loopback, which nobody
 * else can reach. */
static gboolean
is_callback (const char *url)
{
  g_autoptr (GUri) uri = url != NULL ? g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL)
    return FALSE;
  if (g_str_equal (g_uri_get_scheme (uri), "https"))
    return TRUE;

  return g_str_equal (g_uri_get_scheme (uri), "http")
         && (g_str_equal (host, "127.0.0.1") || g_str_equal (host, "localhost")
             || g_str_equal (host, "::1"));
}

static gboolean
exists (TptSandboxRequest *request,
        const char        *url,
        const char        *scope,
        TptSandboxUser    *user)
{
  GPtrArray *all = tpt_sandbox_sender_list (request->context->sender);

  for (guint i = 0; i < all->len; i++)
    {
      TptSandboxSubscription *other = all->pdata[i];

      if (!other->deleted && g_str_equal (other->url, url) && g_str_equal (other->scope, scope)
          && other->user == user
          && other->creator->organization == request->user->organization)
        return TRUE;
    }

  return FALSE;
}

static void
post_subscription (TptSandboxRequest *request)
{
  g_autoptr (JsonObject) body = tpt_sandbox_request_get_json (request);
  g_auto (GStrv) events = NULL;
  g_autofree char *location = NULL;
  TptSandboxUser *user = NULL;
  TptSandboxSubscription *subscription;
  const char *url;
  const char *scope;

  if (body == NULL)
    return;
  url = json_object_get_string_member_with_default (body, "url", NULL);
  scope = json_object_get_string_member_with_default (body, "scope", NULL);
  if (!is_callback (url))
    {
      tpt_sandbox_reply_invalid (request, "url", "must be a valid https URL");
      return;
    }
  if (!check_owner (request,
                    json_object_get_string_member_with_default (body, "organization", NULL), scope,
                    json_object_get_string_member_with_default (body, "user", NULL), &user))
    return;
  events = read_events (request, body, scope);
  if (events == NULL)
    return;
  if (exists (request, url, scope, user))
    {
      tpt_sandbox_reply_error (request, 409, "Already Exists", "Hook with this url already exists");
      return;
    }

  subscription = tpt_sandbox_sender_subscribe (request->context->sender, url, scope, request->user);
  subscription->user = user;
  subscription->events = g_steal_pointer (&events);
  subscription->from_app = !request->token->personal;
  subscription->signing_key = g_strdup (
    json_object_get_string_member_with_default (body, "signing_key", NULL));
  location = g_strconcat (TPT_SANDBOX_API "/webhook_subscriptions/", subscription->uuid, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (request->message),
                                "Location", location);
  tpt_sandbox_reply_resource (request, 201, serialise (request->context, subscription));
}

static void
get_subscriptions (TptSandboxRequest *request)
{
  const char *scope = tpt_sandbox_request_get_query (request, "scope");
  const char *sort = tpt_sandbox_request_get_query (request, "sort");
  GPtrArray *all = tpt_sandbox_sender_list (request->context->sender);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  TptSandboxUser *user = NULL;

  if (!check_owner (request, tpt_sandbox_request_get_query (request, "organization"), scope,
                    tpt_sandbox_request_get_query (request, "user"), &user))
    return;

  for (guint i = 0; i < all->len; i++)
    {
      TptSandboxSubscription *subscription = all->pdata[i];

      if (!subscription->deleted && g_str_equal (subscription->scope, scope)
          && subscription->user == user
          && subscription->creator->organization == request->user->organization)
        g_ptr_array_insert (found, g_strcmp0 (sort, "created_at:desc") == 0 ? 0 : -1,
                            subscription);
    }
  tpt_sandbox_reply_page (request, found, serialise);
}

static TptSandboxSubscription *
find_subscription (TptSandboxRequest *request)
{
  TptSandboxSubscription *subscription = tpt_sandbox_sender_find (request->context->sender,
                                                                  request->args[0]);

  if (subscription == NULL)
    tpt_sandbox_reply_missing (request);
  else if (subscription->creator->organization != request->user->organization
           || (subscription->user != request->user && !tpt_sandbox_request_is_admin (request)))
    tpt_sandbox_reply_denied (request, "You do not have permission to access this resource.");
  else
    return subscription;

  return NULL;
}

static void
get_subscription (TptSandboxRequest *request)
{
  TptSandboxSubscription *subscription = find_subscription (request);

  if (subscription != NULL)
    tpt_sandbox_reply_resource (request, 200, serialise (request->context, subscription));
}

static void
delete_subscription (TptSandboxRequest *request)
{
  TptSandboxSubscription *subscription = find_subscription (request);

  if (subscription == NULL)
    return;
  subscription->deleted = TRUE;
  tpt_sandbox_reply_nothing (request);
}

/* An envelope as it would be delivered, made from the newest booking; not wrapped in "resource". */
static void
get_sample (TptSandboxRequest *request)
{
  TptSandboxContext *context = request->context;
  const Kind *kind = find_kind (tpt_sandbox_request_get_query (request, "event"));
  TptSandboxUser *user = NULL;
  g_autoptr (JsonNode) envelope = NULL;
  JsonObject *payload;

  if (kind == NULL || context->world->invitees->len == 0
      || !(g_str_has_prefix (kind->kind, "invitee") || g_str_has_prefix (kind->kind, "event_type")))
    {
      tpt_sandbox_reply_invalid (request, "event", "is not included in the list");
      return;
    }
  if (!check_owner (request, tpt_sandbox_request_get_query (request, "organization"),
                    tpt_sandbox_request_get_query (request, "scope"),
                    tpt_sandbox_request_get_query (request, "user"), &user))
    return;

  if (g_str_has_prefix (kind->kind, "invitee"))
    payload = tpt_sandbox_sender_payload (
      context, context->world->invitees->pdata[context->world->invitees->len - 1]);
  else
    payload = tpt_sandbox_serial_event_type (context, context->world->event_types->pdata[0]);
  envelope = tpt_sandbox_sender_envelope (context, kind->kind, request->user, payload);
  tpt_sandbox_reply_json (request, 200, json_node_dup_object (envelope));
}

const TptSandboxRoute tpt_sandbox_webhook_routes[] = {
  { "POST", "/webhook_subscriptions", "webhooks:write", post_subscription },
  { "GET", "/webhook_subscriptions", "webhooks:read", get_subscriptions },
  { "GET", "/webhook_subscriptions/{}", "webhooks:read", get_subscription },
  { "DELETE", "/webhook_subscriptions/{}", "webhooks:write", delete_subscription },
  { "GET", "/sample_webhook_data", "webhooks:read", get_sample },
  { NULL, NULL, NULL, NULL },
};
