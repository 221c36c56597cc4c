/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-answer.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-api-error.h"
#include "tpt-json-guard.h"

/* Up to here parsing takes less time than a thread's wake-up is worth; a main loop must not stand
 * still for more. */
#define MAX_INLINE (512 * 1024)

static gboolean
is_json (SoupMessage *message)
{
  const char *type
      = soup_message_headers_get_content_type (soup_message_get_response_headers (message), NULL);

  return type != NULL && (g_ascii_strcasecmp (type, "application/json") == 0
                          || g_str_has_suffix (type, "+json"));
}

static JsonNode *
parse (GByteArray  *body,
       GError     **error)
{
  g_autoptr (GError) local = NULL;
  JsonNode *node = tpt_json_guard_parse ((const char *) body->data, body->len, &local);

  if (node == NULL)
    g_set_error (error, TPT_API_ERROR, TPT_API_ERROR_PROTOCOL,
                 _ ("Calendly’s answer makes no sense: %s"), local->message);

  return node;
}

static void
parse_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  GError *error = NULL;
  JsonNode *node = parse (task_data, &error);

  if (node != NULL)
    g_task_return_pointer (task, node, (GDestroyNotify) json_node_unref);
  else
    g_task_return_error (task, error);
}

/**
 * tpt_api_answer_peek:
 *
 * Returns: (transfer full) (nullable): the JSON of an answer whose status is no success, %NULL
 *   where it has none that can be read
 */
JsonNode *
tpt_api_answer_peek (SoupMessage *message,
                     GByteArray  *body)
{
  return body->len > 0 && is_json (message) ? parse (body, NULL) : NULL;
}

/**
 * tpt_api_answer_parse_async:
 *
 * @endpoint: what was asked
 *
 * Reads the JSON of an answer whose status is a success; a large one on a thread of its own.
 * Anything that does not even
 * claim to be JSON did not come from the service.
 */
void
tpt_api_answer_parse_async (SoupMessage          *message,
                            GByteArray           *body,
                            const TptApiEndpoint *endpoint,
                            GCancellable         *cancellable,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  GError *error = NULL;
  JsonNode *node = NULL;

  g_task_set_source_tag (task, tpt_api_answer_parse_async);
  if (!is_json (message))
    error = tpt_api_error_new (endpoint, TPT_API_ERROR_UNAVAILABLE,
                               soup_message_get_status (message), NULL, NULL);
  else if (body->len <= MAX_INLINE)
    node = parse (body, &error);

  if (node != NULL)
    g_task_return_pointer (task, node, (GDestroyNotify) json_node_unref);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    {
      g_task_set_task_data (task, g_byte_array_ref (body), (GDestroyNotify) g_byte_array_unref);
      g_task_run_in_thread (task, parse_thread);
    }
  g_object_unref (task);
}

JsonNode *
tpt_api_answer_parse_finish (GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
