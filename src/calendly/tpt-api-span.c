/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-span.h"

#include "tpt-api-pager.h"
#include "tpt-api-query.h"

typedef struct
{
  char *path;
  char *key;
  char *value;
  TptTimeRange range;      /* what is still to be asked for */
  TptTime longest;
  TptRecordParseFunc parse;
  TptPage *all;
} Walk;

static void step (GTask *task);

static void
walk_free (Walk *walk)
{
  g_free (walk->path);
  g_free (walk->key);
  g_free (walk->value);
  g_clear_pointer (&walk->all, tpt_page_free);
  g_free (walk);
}

static void
piece_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  Walk *walk = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TptPage) page = tpt_api_pager_all_finish (TPT_API_PAGER (source), result, &error);

  if (page != NULL)
    tpt_page_append (walk->all, page);
  if (page != NULL && walk->range.start < walk->range.end)
    {
      step (task);
      return;
    }
  if (page != NULL)
    g_task_return_pointer (task, g_steal_pointer (&walk->all), (GDestroyNotify) tpt_page_free);
  else
    g_task_return_error (task, error);
  g_object_unref (task);
}

static void
step (GTask *task)
{
  Walk *walk = g_task_get_task_data (task);
  TptTime end = MIN (walk->range.end, walk->range.start + walk->longest);
  g_autofree char *start_text = tpt_time_format (walk->range.start);
  g_autofree char *end_text = tpt_time_format (end);
  g_autofree char *query = tpt_api_query_new (walk->key, walk->value,
                                              "start_time", start_text,
                                              "end_time", end_text,
                                              NULL);
  g_autoptr (TptApiPager) pager
      = tpt_api_pager_new (g_task_get_source_object (task), walk->path, query, walk->parse);

  walk->range.start = end;
  tpt_api_pager_all_async (pager, g_task_get_cancellable (task), piece_cb, task);
}

/**
 * tpt_api_span_async:
 * @source_tag: of the function that is asked for
 *
 * Asks for @span piece by piece.
 */
void
tpt_api_span_async (TptApiClient        *client,
                    const TptApiSpan    *span,
                    gpointer             source_tag,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  GTask *task;
  Walk *walk;

  g_return_if_fail (TPT_IS_API_CLIENT (client));
  g_return_if_fail (span->range.start != TPT_TIME_NONE && span->range.start < span->range.end);
  g_return_if_fail (span->longest > 0);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, source_tag);
  walk = g_new0 (Walk, 1);
  walk->path = g_strdup (span->path);
  walk->key = g_strdup (span->key);
  walk->value = g_strdup (span->value);
  walk->range = span->range;
  walk->longest = span->longest;
  walk->parse = span->parse;
  walk->all = tpt_page_new ();
  g_task_set_task_data (task, walk, (GDestroyNotify) walk_free);
  step (task);
}

/**
 * tpt_api_span_finish:
 *
 * Returns: (transfer full) (nullable): one page with everything; %NULL with an error
 */
TptPage *
tpt_api_span_finish (TptApiClient  *client,
                     GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
