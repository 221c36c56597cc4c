/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-request.h"

static GBytes *
get_body (TptSandboxRequest *self)
{
  return soup_message_body_flatten (soup_server_message_get_request_body (self->message));
}

/* The query's value, or NULL when it is absent or empty. */
const char *
tpt_sandbox_request_get_query (TptSandboxRequest *self,
                               const char        *name)
{
  const char *value = self->query != NULL ? g_hash_table_lookup (self->query, name) : NULL;

  return value != NULL && *value != '\0' ? value : NULL;
}

/* Reads a time of the query. FALSE: it is there but no time, and the answer says so. An absent
 * one leaves @time be. */
gboolean
tpt_sandbox_request_get_time (TptSandboxRequest *self,
                              const char        *name,
                              gint64            *time)
{
  const char *text = tpt_sandbox_request_get_query (self, name);

  if (text == NULL || tpt_sandbox_time_parse (text, time))
    return TRUE;
  tpt_sandbox_reply_invalid (self, name, "is not a valid ISO 8601 timestamp");

  return FALSE;
}

/* The body as a JSON object that the caller owns; NULL: it is none, and the answer says so. */
JsonObject *
tpt_sandbox_request_get_json (TptSandboxRequest *self)
{
  g_autoptr (GBytes) body = get_body (self);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root = NULL;

  if (json_parser_load_from_data (parser, g_bytes_get_data (body, NULL),
                                  (gssize) g_bytes_get_size (body), NULL))
    root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return json_node_dup_object (root);
  tpt_sandbox_reply_error (self, 400, "Invalid Argument", "The supplied parameters are invalid.");

  return NULL;
}

/* The fields of a form; a field that comes several times has its values joined by line feeds. */
GHashTable *
tpt_sandbox_request_get_form (TptSandboxRequest *self)
{
  GHashTable *form = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GBytes) body = get_body (self);
  GUriParamsIter iter;
  char *name = NULL;
  char *value = NULL;

  g_uri_params_iter_init (&iter, g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body),
                          "&", G_URI_PARAMS_WWW_FORM);
  while (g_uri_params_iter_next (&iter, &name, &value, NULL))
    {
      const char *before = g_hash_table_lookup (form, name);

      if (before != NULL)
        {
          g_autofree char *last = value;

          value = g_strconcat (before, "\n", last, NULL);
        }
      g_hash_table_insert (form, name, value);
    }

  return form;
}

gboolean
tpt_sandbox_request_is_admin (TptSandboxRequest *self)
{
  return !g_str_equal (self->user->role, "user");
}

/* Answers with @object, which becomes ours. */
void
tpt_sandbox_reply_json (TptSandboxRequest *self,
                        guint              status,
                        JsonObject        *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  char *text = json_to_string (node, FALSE);

  json_object_unref (object);
  soup_server_message_set_status (self->message, status, NULL);
  soup_server_message_set_response (self->message, "application/json; charset=utf-8",
                                    SOUP_MEMORY_TAKE, text, strlen (text));
}

void
tpt_sandbox_reply_resource (TptSandboxRequest *self,
                            guint              status,
                            JsonObject        *resource)
{
  JsonObject *object = json_object_new ();

  json_object_set_object_member (object, "resource", resource);
  tpt_sandbox_reply_json (self, status, object);
}

/* A list without pages. */
void
tpt_sandbox_reply_collection (TptSandboxRequest *self,
                              JsonArray         *collection)
{
  JsonObject *object = json_object_new ();

  json_object_set_array_member (object, "collection", collection);
  tpt_sandbox_reply_json (self, 200, object);
}

void
tpt_sandbox_reply_text (TptSandboxRequest *self,
                        guint              status,
                        const char        *type,
                        const char        *text)
{
  soup_server_message_set_status (self->message, status, NULL);
  soup_server_message_set_response (self->message, type, SOUP_MEMORY_COPY, text, strlen (text));
}

/* 204. SoupServer hangs up after it, and would not say so to who asks the next thing on the same
 * connection. */
void
tpt_sandbox_reply_nothing (TptSandboxRequest *self)
{
  soup_server_message_set_status (self->message, 204, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (self->message),
                                "Connection", "close");
}

/* Calendly's form of an error, without details. */
void
tpt_sandbox_reply_error (TptSandboxRequest *self,
                         guint              status,
                         const char        *title,
                         const char        *message)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "title", title);
  json_object_set_string_member (object, "message", message);
  tpt_sandbox_reply_json (self, status, object);
}

/* 400 with one detail and, when it is not NULL, its code. */
void
tpt_sandbox_reply_invalid_code (TptSandboxRequest *self,
                                const char        *title_message,
                                const char        *parameter,
                                const char        *message,
                                const char        *code)
{
  JsonObject *object = json_object_new ();
  JsonObject *detail = json_object_new ();
  JsonArray *details = json_array_new ();

  json_object_set_string_member (detail, "parameter", parameter);
  json_object_set_string_member (detail, "message", message);
  if (code != NULL)
    json_object_set_string_member (detail, "code", code);
  json_array_add_object_element (details, detail);
  json_object_set_string_member (object, "title", "Invalid Argument");
  json_object_set_string_member (object, "message", title_message);
  json_object_set_array_member (object, "details", details);
  tpt_sandbox_reply_json (self, 400, object);
}

void
tpt_sandbox_reply_invalid (TptSandboxRequest *self,
                           const char        *parameter,
                           const char        *message)
{
  tpt_sandbox_reply_invalid_code (self, "The supplied parameters are invalid.",
                                  parameter, message, NULL);
}

void
tpt_sandbox_reply_denied (TptSandboxRequest *self,
                          const char        *message)
{
  tpt_sandbox_reply_error (self, 403, "Permission Denied", message);
}

void
tpt_sandbox_reply_missing (TptSandboxRequest *self)
{
  tpt_sandbox_reply_error (self, 404, "Resource Not Found",
                           "The server could not find the requested resource.");
}
