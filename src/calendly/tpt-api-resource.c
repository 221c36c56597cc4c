/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-resource.h"

#include "tpt-api-error.h"
#include "tpt-fields.h"

typedef struct
{
  TptResourceParseFunc parse;
  GDestroyNotify free;
} Reader;

static gpointer
read_resource (Reader       *reader,
               TptJsonTree  *answer,
               GError      **error)
{
  g_autoptr (GError) local = NULL;
  TptFields fields = { tpt_json_tree_get_root (answer), "answer", &local };
  const TptJsonValue *resource = tpt_fields_object (&fields, "resource", TPT_FIELD_NEEDED);
  gpointer value = resource != NULL ? reader->parse (resource, &local) : NULL;

  if (value == NULL)
    tpt_api_error_set_senseless (error, local);

  return value;
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Reader *reader = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TptJsonTree) answer =
    tpt_api_client_send_finish (TPT_API_CLIENT (source), result, &error);
  gpointer value;

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (reader->parse == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  value = read_resource (reader, answer, &error);
  if (value != NULL)
    g_task_return_pointer (task, value, reader->free);
  else
    g_task_return_error (task, error);
}

/**
 * tpt_api_resource_async:
 * @source_tag: of the function that is asked for
 *
 * Sends @request and reads the one resource of its answer.
 */
void
tpt_api_resource_async (TptApiClient        *client,
                        const TptApiRequest *request,
                        gpointer             source_tag,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  Reader *reader;

  g_task_set_source_tag (task, source_tag);
  if (request->path == NULL)
    {
      g_task_return_error (task, request->error);
      g_object_unref (task);
      return;
    }
  reader = g_new0 (Reader, 1);
  reader->parse = request->parse;
  reader->free = request->free;
  g_task_set_task_data (task, reader, g_free);
  tpt_api_client_send_async (client, request->method != NULL ? request->method : "GET",
                             request->path, request->query, request->body, cancellable, sent_cb,
                             task);
}

gpointer
tpt_api_resource_finish (TptApiClient  *client,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
tpt_api_resource_finish_boolean (TptApiClient  *client,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
