/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-message.h"

#include "tpt-json-guard.h"
#include "tpt-json-write.h"

static char *
to_text (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return tpt_json_write (root, FALSE);
}

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_boolean (JsonBuilder *builder,
             const char  *name,
             gboolean     value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
add_cursor (JsonBuilder          *builder,
            const char           *name,
            const TptRelayCursor *cursor)
{
  g_autofree char *text = tpt_relay_cursor_format (cursor);

  add_string (builder, name, text);
}

static void
add_base64 (JsonBuilder  *builder,
            const char   *name,
            const void   *bytes,
            gsize         length)
{
  g_autofree char *text = tpt_relay_box_encode (bytes, length);

  add_string (builder, name, text);
}

static gboolean
refuse (GError     **error,
        const char  *name)
{
  g_set_error (error, TPT_PROTOCOL_ERROR, TPT_PROTOCOL_ERROR_SHAPE,
               "“%s” is missing or not what it should be", name);
  return FALSE;
}

static JsonNode *
parse_object (const char  *data,
              gssize       length,
              GError     **error)
{
  g_autoptr (JsonNode) root = tpt_json_guard_parse (data, length, error);

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, TPT_PROTOCOL_ERROR, TPT_PROTOCOL_ERROR_SHAPE, "No object");
      return NULL;
    }

  return g_steal_pointer (&root);
}

/* NULL where the member is missing or of another type. */
static const char *
get_string (JsonNode   *root,
            const char *name)
{
  JsonNode *node = json_object_get_member (json_node_get_object (root), name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

static gboolean
get_boolean (JsonNode   *root,
             const char *name,
             gboolean   *value)
{
  JsonNode *node = json_object_get_member (json_node_get_object (root), name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return FALSE;
  *value = json_node_get_boolean (node);

  return TRUE;
}

static gboolean
require_string (JsonNode    *root,
                const char  *name,
                char       **value,
                GError     **error)
{
  *value = g_strdup (get_string (root, name));

  return *value != NULL || refuse (error, name);
}

static gboolean
require_cursor (JsonNode        *root,
                const char      *name,
                TptRelayCursor  *cursor,
                GError         **error)
{
  const char *text = get_string (root, name);

  if (text == NULL)
    return refuse (error, name);

  return tpt_relay_cursor_parse (text, cursor, error);
}

void
tpt_relay_webhook_free (TptRelayWebhook *self)
{
  if (self == NULL)
    return;
  g_free (self->received_at);
  g_clear_pointer (&self->box, g_bytes_unref);
  g_free (self);
}

void
tpt_relay_enrolment_request_free (TptRelayEnrolmentRequest *self)
{
  if (self == NULL)
    return;
  g_free (self->enrolment_code);
  g_free (self->calendly_token);
  g_free (self->public_key);
  g_free (self->name);
  g_free (self->subscription);
  g_free (self);
}

void
tpt_relay_enrolment_free (TptRelayEnrolment *self)
{
  if (self == NULL)
    return;
  g_free (self->device);
  g_free (self->token);
  g_free (self->user);
  g_free (self->organization);
  g_free (self->role);
  g_free (self->webhook_url);
  g_free (self->signing_key);
  g_free (self);
}

void
tpt_relay_problem_free (TptRelayProblem *self)
{
  if (self == NULL)
    return;
  g_free (self->error);
  g_free (self->message);
  g_free (self);
}

char *
tpt_relay_hello_encode (const TptRelayHello *hello)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_string (builder, "epoch", hello->head.epoch);
  add_cursor (builder, "head", &hello->head);
  add_cursor (builder, "oldest", &hello->oldest);
  json_builder_set_member_name (builder, "heartbeat_seconds");
  json_builder_add_int_value (builder, hello->heartbeat_seconds);
  json_builder_end_object (builder);

  return to_text (builder);
}

gboolean
tpt_relay_hello_decode (const char     *data,
                        TptRelayHello  *hello,
                        GError        **error)
{
  g_autoptr (JsonNode) root = parse_object (data, -1, error);
  JsonNode *node;
  gint64 seconds = 0;

  if (root == NULL || !require_cursor (root, "head", &hello->head, error) ||
      !require_cursor (root, "oldest", &hello->oldest, error))
    return FALSE;
  node = json_object_get_member (json_node_get_object (root), "heartbeat_seconds");
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
      json_node_get_value_type (node) == G_TYPE_INT64)
    seconds = json_node_get_int (node);
  if (seconds < 1 || seconds > 3600)
    return refuse (error, "heartbeat_seconds");
  hello->heartbeat_seconds = (guint) seconds;

  return TRUE;
}

char *
tpt_relay_gap_encode (const TptRelayGap *gap)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  if (gap->is_reset)
    add_boolean (builder, "reset", TRUE);
  else
    add_cursor (builder, "oldest", &gap->oldest);
  json_builder_end_object (builder);

  return to_text (builder);
}

gboolean
tpt_relay_gap_decode (const char   *data,
                      TptRelayGap  *gap,
                      GError      **error)
{
  g_autoptr (JsonNode) root = parse_object (data, -1, error);

  if (root == NULL)
    return FALSE;
  *gap = (TptRelayGap) { FALSE, { "", 0 } };
  if (get_boolean (root, "reset", &gap->is_reset) && gap->is_reset)
    return TRUE;

  return require_cursor (root, "oldest", &gap->oldest, error);
}

/* Returns: (transfer full): the `data` of a webhook event */
char *
tpt_relay_webhook_encode (const TptRelayWebhook *webhook)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_string (builder, "received_at", webhook->received_at);
  add_boolean (builder, "late", webhook->late);
  add_base64 (builder, "relay_key", webhook->relay_key, TPT_RELAY_KEY_SIZE);
  add_base64 (builder, "nonce", webhook->nonce, TPT_RELAY_NONCE_SIZE);
  add_base64 (builder, "box", g_bytes_get_data (webhook->box, NULL),
              g_bytes_get_size (webhook->box));
  json_builder_end_object (builder);

  return to_text (builder);
}

/* Returns: (transfer full): NULL with TPT_PROTOCOL_ERROR; hand its parts to
 * tpt_relay_box_open () */
TptRelayWebhook *
tpt_relay_webhook_decode (const char  *data,
                          GError     **error)
{
  g_autoptr (JsonNode) root = parse_object (data, -1, error);
  g_autoptr (TptRelayWebhook) self = NULL;
  const char *wrong = NULL;

  if (root == NULL)
    return NULL;
  self = g_new0 (TptRelayWebhook, 1);
  self->received_at = g_strdup (get_string (root, "received_at"));
  self->box = tpt_relay_box_decode (get_string (root, "box"));

  if (self->received_at == NULL)
    wrong = "received_at";
  else if (!get_boolean (root, "late", &self->late))
    wrong = "late";
  else if (!tpt_relay_box_decode_fixed (get_string (root, "relay_key"), self->relay_key,
                                        TPT_RELAY_KEY_SIZE))
    wrong = "relay_key";
  else if (!tpt_relay_box_decode_fixed (get_string (root, "nonce"), self->nonce,
                                        TPT_RELAY_NONCE_SIZE))
    wrong = "nonce";
  else if (self->box == NULL)
    wrong = "box";
  if (wrong != NULL)
    {
      refuse (error, wrong);
      return NULL;
    }

  return g_steal_pointer (&self);
}

/* Returns: (transfer full): POST /v1/devices/{device}/role; to be wiped, for the token in it */
char *
tpt_relay_role_encode (const char *calendly_token)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_string (builder, "calendly_token", calendly_token);
  json_builder_end_object (builder);

  return to_text (builder);
}

/* Returns: (transfer full): body of POST /v1/events/ack */
char *
tpt_relay_ack_encode (const TptRelayCursor *cursor)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_cursor (builder, "cursor", cursor);
  json_builder_end_object (builder);

  return to_text (builder);
}

gboolean
tpt_relay_ack_decode (const char      *data,
                      gssize           length,
                      TptRelayCursor  *cursor,
                      GError         **error)
{
  g_autoptr (JsonNode) root = parse_object (data, length, error);

  return root != NULL && require_cursor (root, "cursor", cursor, error);
}

char *
tpt_relay_enrolment_request_encode (const TptRelayEnrolmentRequest *request)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_string (builder, "enrolment_code", request->enrolment_code);
  add_string (builder, "calendly_token", request->calendly_token);
  add_string (builder, "public_key", request->public_key);
  add_string (builder, "name", request->name);
  add_string (builder, "subscription", request->subscription);
  add_boolean (builder, "organization_feed", request->organization_feed);
  json_builder_end_object (builder);

  return to_text (builder);
}

/* A missing `subscription` means "personal", a missing `organization_feed` FALSE. */
TptRelayEnrolmentRequest *
tpt_relay_enrolment_request_decode (const char  *data,
                                    gssize       length,
                                    GError     **error)
{
  g_autoptr (JsonNode) root = parse_object (data, length, error);
  g_autoptr (TptRelayEnrolmentRequest) self = NULL;
  JsonObject *object;

  if (root == NULL)
    return NULL;
  object = json_node_get_object (root);
  self = g_new0 (TptRelayEnrolmentRequest, 1);
  if (!require_string (root, "enrolment_code", &self->enrolment_code, error) ||
      !require_string (root, "calendly_token", &self->calendly_token, error) ||
      !require_string (root, "public_key", &self->public_key, error) ||
      !require_string (root, "name", &self->name, error))
    return NULL;

  self->subscription = g_strdup ("personal");
  if (json_object_has_member (object, "subscription"))
    {
      g_free (self->subscription);
      if (!require_string (root, "subscription", &self->subscription, error))
        return NULL;
    }
  if (json_object_has_member (object, "organization_feed") &&
      !get_boolean (root, "organization_feed", &self->organization_feed))
    {
      refuse (error, "organization_feed");
      return NULL;
    }

  return g_steal_pointer (&self);
}

char *
tpt_relay_enrolment_encode (const TptRelayEnrolment *enrolment)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_string (builder, "device", enrolment->device);
  add_string (builder, "token", enrolment->token);
  add_string (builder, "user", enrolment->user);
  add_string (builder, "organization", enrolment->organization);
  add_string (builder, "role", enrolment->role);
  add_string (builder, "webhook_url", enrolment->webhook_url);
  add_string (builder, "signing_key", enrolment->signing_key);
  json_builder_end_object (builder);

  return to_text (builder);
}

TptRelayEnrolment *
tpt_relay_enrolment_decode (const char  *data,
                            gssize       length,
                            GError     **error)
{
  g_autoptr (JsonNode) root = parse_object (data, length, error);
  g_autoptr (TptRelayEnrolment) self = NULL;

  if (root == NULL)
    return NULL;
  self = g_new0 (TptRelayEnrolment, 1);
  if (!require_string (root, "device", &self->device, error) ||
      !require_string (root, "token", &self->token, error) ||
      !require_string (root, "user", &self->user, error) ||
      !require_string (root, "organization", &self->organization, error) ||
      !require_string (root, "role", &self->role, error) ||
      !require_string (root, "webhook_url", &self->webhook_url, error))
    return NULL;
  self->signing_key = g_strdup (get_string (root, "signing_key"));

  return g_steal_pointer (&self);
}

char *
tpt_relay_problem_encode (const char *error,
                          const char *message)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_string (builder, "error", error);
  add_string (builder, "message", message);
  json_builder_end_object (builder);

  return to_text (builder);
}

TptRelayProblem *
tpt_relay_problem_decode (const char  *data,
                          gssize       length,
                          GError     **error)
{
  g_autoptr (JsonNode) root = parse_object (data, length, error);
  g_autoptr (TptRelayProblem) self = NULL;

  if (root == NULL)
    return NULL;
  self = g_new0 (TptRelayProblem, 1);
  if (!require_string (root, "error", &self->error, error) ||
      !require_string (root, "message", &self->message, error))
    return NULL;

  return g_steal_pointer (&self);
}
