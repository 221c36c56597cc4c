/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-audit.h"

#include <json-glib/json-glib.h>
#include <sodium.h>
#include <string.h>

#include "tpt-json-guard.h"
#include "tpt-json-write.h"
#include "tpt-relay-error.h"

static void
print_hash (const guint8 *hash,
            char         *hex)
{
  sodium_bin2hex (hex, 2 * TPT_RELAY_HASH_SIZE + 1, hash, TPT_RELAY_HASH_SIZE);
}

/**
 * tpt_relay_audit_describe:
 * @name: of the first member, followed by its value, and so on in pairs to NULL
 *
 * Returns: (transfer full): a JSON object of strings, on one line
 */
char *
tpt_relay_audit_describe (const char *name,
                          ...)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  va_list arguments;

  json_builder_begin_object (builder);
  va_start (arguments, name);
  for (; name != NULL; name = va_arg (arguments, const char *))
    {
      json_builder_set_member_name (builder, name);
      json_builder_add_string_value (builder, va_arg (arguments, const char *));
    }
  va_end (arguments);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return tpt_json_write (root, FALSE);
}

static void
add_integer (JsonBuilder *builder,
             const char  *name,
             gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

/* Returns: (transfer full): in hex */
char *
tpt_relay_audit_dup_hash (const TptRelayAuditRecord *self)
{
  char hash[2 * TPT_RELAY_HASH_SIZE + 1];

  print_hash (self->hash, hash);

  return g_strdup (hash);
}

/* Returns: (transfer full): the row as a line of JSON, without its end; detail stays the text that
 *   was hashed */
char *
tpt_relay_audit_print (const TptRelayAuditRecord *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  char previous[2 * TPT_RELAY_HASH_SIZE + 1];
  char hash[2 * TPT_RELAY_HASH_SIZE + 1];

  print_hash (self->previous, previous);
  print_hash (self->hash, hash);
  json_builder_begin_object (builder);
  add_integer (builder, "id", self->id);
  add_integer (builder, "at", self->at);
  add_string (builder, "what", self->what);
  add_integer (builder, "count", self->count);
  add_string (builder, "detail", self->detail != NULL ? self->detail : "");
  add_string (builder, "previous", previous);
  add_string (builder, "hash", hash);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return tpt_json_write (root, FALSE);
}

static gboolean
read_integer (JsonObject *object,
              const char *name,
              gint64     *value)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *value = json_node_get_int (node);

  return TRUE;
}

static const char *
get_line (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  const char *text = node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
                       ? json_node_get_string (node)
                       : NULL;

  return text != NULL && strchr (text, '\n') == NULL ? text : NULL;
}

static gboolean
read_hash (JsonObject *object,
           const char *name,
           guint8     *hash)
{
  const char *text = get_line (object, name);
  const char *end = NULL;
  gsize size = 0;

  return text != NULL && strlen (text) == 2 * TPT_RELAY_HASH_SIZE &&
         sodium_hex2bin (hash, TPT_RELAY_HASH_SIZE, text, strlen (text), NULL, &size,
                         &end) == 0 && size == TPT_RELAY_HASH_SIZE;
}

/* Returns: (transfer full): what tpt_relay_audit_print () wrote; NULL with TPT_RELAY_ERROR_AUDIT */
TptRelayAuditRecord *
tpt_relay_audit_parse (const char  *line,
                       GError     **error)
{
  g_autoptr (JsonNode) root = tpt_json_guard_parse (line, -1, NULL);
  g_autoptr (TptRelayAuditRecord) self = g_new0 (TptRelayAuditRecord, 1);
  JsonObject *object = NULL;

  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    object = json_node_get_object (root);
  if (object == NULL || !read_integer (object, "id", &self->id) ||
      !read_integer (object, "at", &self->at) || !read_integer (object, "count", &self->count) ||
      get_line (object, "what") == NULL || get_line (object, "detail") == NULL ||
      !read_hash (object, "previous", self->previous) || !read_hash (object, "hash", self->hash))
    {
      g_set_error_literal (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_AUDIT,
                           "This is no line of an audit log.");
      return NULL;
    }
  self->what = g_strdup (get_line (object, "what"));
  self->detail = g_strdup (get_line (object, "detail"));

  return g_steal_pointer (&self);
}

/**
 * tpt_relay_audit_follows:
 * @before: (nullable): the row before; NULL where @self must be the first one
 *
 * Returns: whether @self is as it was written, and in its place; FALSE with TPT_RELAY_ERROR_AUDIT
 */
gboolean
tpt_relay_audit_follows (const TptRelayAuditRecord  *self,
                         const TptRelayAuditRecord  *before,
                         GError                    **error)
{
  static const guint8 zeros[TPT_RELAY_HASH_SIZE];
  guint8 hash[TPT_RELAY_HASH_SIZE];
  const guint8 *previous = before != NULL ? before->hash : zeros;

  tpt_relay_audit_record_sum (self, hash);
  if (memcmp (hash, self->hash, sizeof hash) != 0)
    g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_AUDIT,
                 "Row %" G_GINT64_FORMAT " has been changed.", self->id);
  else if (self->id != (before != NULL ? before->id + 1 : 1) ||
           memcmp (previous, self->previous, sizeof hash) != 0)
    g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_AUDIT,
                 "Row %" G_GINT64_FORMAT " does not follow the one before it.", self->id);
  else
    return TRUE;

  return FALSE;
}
