/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-answer.h"

#include "tpt-api-error.h"
#include "tpt-api-salvage.h"
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

static TptJsonTree *
read_body (GByteArray  *body,
           GError     **error)
{
  g_autoptr (GError) local = NULL;
  TptJsonTree *tree = tpt_json_guard_read ((const char *) body->data, body->len,
                                           TPT_JSON_LIMITS_PAGE, &local);
  g_autoptr (GString) rest = NULL;

  if (tree == NULL)
    rest = tpt_api_salvage ((const char *) body->data, body->len);
  if (rest != NULL)
    tree = tpt_json_guard_read (rest->str, (gssize) rest->len, TPT_JSON_LIMITS_PAGE, NULL);
  if (tree == NULL)
    tpt_api_error_set_senseless (error, local);

  return tree;
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  TptJsonTree *tree = read_body (task_data, &error);

  if (tree != NULL)
    g_task_return_pointer (task, tree, (GDestroyNotify) tpt_json_tree_free);
  else
    g_task_return_error (task, error);
}

/**
 * tpt_api_answer_peek:
 *
 * Returns: (transfer full) (nullable): the JSON of an answer whose status is no success, %NULL
 *   where it has none that can be read
 */
TptJsonTree *
tpt_api_answer_peek (SoupMessage *message,
                     GByteArray  *body)
{
  return body->len > 0 && is_json (message) ? read_body (body, NULL) : NULL;
}

/**
 * tpt_api_answer_is_foreign:
 * @tree: (nullable): what tpt_api_answer_peek() found
 *
 * What ends a sign-in, or knows nothing of a meeting, has to come from the service: a gateway's
 * page says so of everything.
 */
gboolean
tpt_api_answer_is_foreign (guint              status,
                           GByteArray        *body,
                           const TptJsonTree *tree)
{
  return (status == 401 || status == 404 || status == 410) && tree == NULL && body->len > 0;
}

/** tpt_api_answer_is_large: whether it is to be read on a thread */
gboolean
tpt_api_answer_is_large (GByteArray *body)
{
  return body->len > MAX_INLINE;
}

/**
 * tpt_api_answer_read:
 * @endpoint: what was asked
 *
 * Reads the JSON of an answer whose status is a success. Anything that does not even claim to be
 * JSON did not come from the service.
 *
 * Returns: (transfer full) (nullable): %NULL with %TPT_API_ERROR
 */
TptJsonTree *
tpt_api_answer_read (SoupMessage           *message,
                     GByteArray            *body,
                     const TptApiEndpoint  *endpoint,
                     GError               **error)
{
  if (is_json (message))
    return read_body (body, error);
  g_propagate_error (error, tpt_api_error_new (endpoint, TPT_API_ERROR_UNAVAILABLE,
                                               soup_message_get_status (message), NULL, NULL));

  return NULL;
}

/** tpt_api_answer_read_async: the same on a thread */
void
tpt_api_answer_read_async (SoupMessage          *message,
                           GByteArray           *body,
                           const TptApiEndpoint *endpoint,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, tpt_api_answer_read_async);
  if (!is_json (message))
    {
      g_task_return_error (task, tpt_api_error_new (endpoint, TPT_API_ERROR_UNAVAILABLE,
                                                    soup_message_get_status (message), NULL, NULL));
      return;
    }
  g_task_set_task_data (task, g_byte_array_ref (body), (GDestroyNotify) g_byte_array_unref);
  g_task_run_in_thread (task, read_thread);
}

TptJsonTree *
tpt_api_answer_read_finish (GAsyncResult  *result,
                            GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
