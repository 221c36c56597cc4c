/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-pager.h"

#include "tpt-api-error.h"
#include "tpt-api-query.h"
#include "tpt-config.h"

#include <glib/gi18n-lib.h>

/* A million records, of which a page at a time is held: a company's whole history has fewer. Those
 * that are held all together are ten times fewer. */
#define MAX_PAGES 10000
#define MAX_PAGES_HELD 1000

struct _TptApiPager
{
  GObject parent_instance;

  TptApiClient *client;
  char *path;
  char *query;
  TptRecordParseFunc parse;
  char *token;             /* of the next page, NULL for the first */
  GHashTable *seen;        /* tokens that were followed, NULL while there was none */
  guint most;              /* pages */
  gboolean ended;
};

/* All records, as far as they have come. */
typedef struct
{
  TptPage *page;           /* NULL before the first */
} List;

G_DEFINE_FINAL_TYPE (TptApiPager, tpt_api_pager, G_TYPE_OBJECT)

/* Going on is refused where it would lead back to a page that was there, or nowhere at all. */
static gboolean
step (TptApiPager  *self,
      const char   *token,
      GError      **error)
{
  g_autoptr (GError) reason = NULL;

  g_free (self->token);
  self->token = g_strdup (token);
  self->ended = token == NULL || *token == '\0';
  if (self->ended)
    return TRUE;
  if (self->seen == NULL)
    self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (g_hash_table_add (self->seen, g_strdup (token))
      && g_hash_table_size (self->seen) < self->most)
    return TRUE;
  /* Translators: what is wrong with an answer of Calendly */
  reason = g_error_new_literal (TPT_API_ERROR, TPT_API_ERROR_PROTOCOL, _ ("its pages never end"));
  tpt_api_error_set_senseless (error, reason);

  return FALSE;
}

/* Asks for the next page. */
static void
ask (TptApiPager         *self,
     GCancellable        *cancellable,
     GAsyncReadyCallback  callback,
     GTask               *task)
{
  g_autofree char *more = tpt_api_query_new ("page_token", self->token, NULL);
  const char *join = *self->query != '\0' && *more != '\0' ? "&" : "";
  g_autofree char *query = g_strconcat (self->query, join, more, NULL);

  tpt_api_client_send_async (self->client, "GET", self->path, query, NULL, cancellable, callback,
                             task);
}

/* What was answered to that. */
static TptPage *
take (TptApiPager   *self,
      GAsyncResult  *result,
      GError       **error)
{
  g_autoptr (TptJsonTree) answer = tpt_api_client_send_finish (self->client, result, error);
  g_autoptr (TptPage) page =
    answer != NULL ? tpt_page_parse (tpt_json_tree_get_root (answer), self->parse, error) : NULL;

  if (page == NULL || !step (self, page->next_page_token, error))
    return NULL;

  return g_steal_pointer (&page);
}

static void
next_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  TptPage *page = take (g_task_get_source_object (task), result, &error);

  if (page != NULL)
    g_task_return_pointer (task, page, (GDestroyNotify) tpt_page_free);
  else
    g_task_return_error (task, error);
}

static void
list_free (List *list)
{
  g_clear_pointer (&list->page, tpt_page_free);
  g_free (list);
}

/* The first page becomes that of all records: most lists have no other. */
static void
list_add (List    *list,
          TptPage *page)
{
  if (list->page == NULL)
    {
      list->page = page;
      g_clear_pointer (&page->next_page_token, g_free);
      return;
    }
  tpt_page_append (list->page, page);
  tpt_page_free (page);
}

static void
all_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptApiPager *self = g_task_get_source_object (task);
  List *list = g_task_get_task_data (task);
  GError *error = NULL;
  TptPage *page = take (self, result, &error);

  if (page == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  list_add (list, page);
  if (self->ended)
    g_task_return_pointer (task, g_steal_pointer (&list->page), (GDestroyNotify) tpt_page_free);
  else
    ask (self, g_task_get_cancellable (task), all_cb, g_object_ref (task));
}

static void
tpt_api_pager_finalize (GObject *object)
{
  TptApiPager *self = TPT_API_PAGER (object);

  g_clear_object (&self->client);
  g_free (self->path);
  g_free (self->query);
  g_free (self->token);
  g_clear_pointer (&self->seen, g_hash_table_unref);

  G_OBJECT_CLASS (tpt_api_pager_parent_class)->finalize (object);
}

static void
tpt_api_pager_class_init (TptApiPagerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_api_pager_finalize;
}

static void
tpt_api_pager_init (TptApiPager *self)
{
  self->most = MAX_PAGES;
}

/**
 * tpt_api_pager_new:
 * @query: (nullable): without `page_token`
 * @parse: reads one record
 */
TptApiPager *
tpt_api_pager_new (TptApiClient       *client,
                   const char         *path,
                   const char         *query,
                   TptRecordParseFunc  parse)
{
  TptApiPager *self;

  g_return_val_if_fail (TPT_IS_API_CLIENT (client), NULL);
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (parse != NULL, NULL);

  self = g_object_new (TPT_TYPE_API_PAGER, NULL);
  self->client = g_object_ref (client);
  self->path = g_strdup (path);
  self->query = g_strdup (query != NULL ? query : "");
  self->parse = parse;

  return self;
}

/** tpt_api_pager_has_next: whether there is another page; TRUE before the first */
gboolean
tpt_api_pager_has_next (TptApiPager *self)
{
  g_return_val_if_fail (TPT_IS_API_PAGER (self), FALSE);

  return !self->ended;
}

/**
 * tpt_api_pager_get_token:
 *
 * (nullable) where the next page begins, to go on from there another time
 */
const char *
tpt_api_pager_get_token (TptApiPager *self)
{
  g_return_val_if_fail (TPT_IS_API_PAGER (self), NULL);

  return self->token;
}

/** tpt_api_pager_next_async: asks for the next page; only while tpt_api_pager_has_next() */
void
tpt_api_pager_next_async (TptApiPager         *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (TPT_IS_API_PAGER (self));
  g_return_if_fail (!self->ended);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tpt_api_pager_next_async);
  ask (self, cancellable, next_cb, task);
}

/**
 * tpt_api_pager_next_finish:
 *
 * Returns: (transfer full) (nullable): the page; %NULL with an error, after which the same page
 *   can be asked for again
 */
TptPage *
tpt_api_pager_next_finish (TptApiPager   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/** tpt_api_pager_all_async: asks for all pages that are left */
void
tpt_api_pager_all_async (TptApiPager         *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (TPT_IS_API_PAGER (self));
  g_return_if_fail (!self->ended);

  self->most = MAX_PAGES_HELD;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tpt_api_pager_all_async);
  g_task_set_task_data (task, g_new0 (List, 1), (GDestroyNotify) list_free);
  ask (self, cancellable, all_cb, task);
}

/**
 * tpt_api_pager_all_finish:
 *
 * Returns: (transfer full) (nullable): one page with everything; %NULL with an error
 */
TptPage *
tpt_api_pager_all_finish (TptApiPager   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
