/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-inbox-model.h"

#include "tpt-customer-suggestion.h"
#include "tpt-object-list.h"

#include <glib/gi18n.h>

/* While a sync brings page after page, a look now and then is enough. */
#define PAUSE_MS 400

struct _TptInboxModel
{
  GObject parent_instance;

  TptMatchInbox *inbox;
  GCancellable *cancellable;
  TptObjectList *entries;
  TptObjectList *suggestions;
  TptInboxState state;
  char *message;
  guint count;
  guint timer;
  gboolean watched;
  gboolean stale;          /* the entries are not those of the store any more */
};

enum
{
  UPDATED,
  ACTED,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptInboxModel, tpt_inbox_model, G_TYPE_OBJECT)

static const char *
get_entry_key (gpointer entry)
{
  return TPT_INBOX_ENTRY (entry)->key;
}

static gboolean
is_same_candidate (const TptMatchCandidate *a,
                   const TptMatchCandidate *b)
{
  return a->customer->id == b->customer->id && a->score == b->score
         && g_strcmp0 (a->reason, b->reason) == 0
         && g_strcmp0 (a->customer->name, b->customer->name) == 0;
}

static gboolean
is_same_entry (gpointer a,
               gpointer b)
{
  TptInboxEntry *first = a, *second = b;
  g_auto (GStrv) uris = tpt_inbox_entry_list_uris (first);
  g_auto (GStrv) others = tpt_inbox_entry_list_uris (second);
  const GPtrArray *candidates = first->match->candidates;

  if (!g_strv_equal ((const char *const *) uris, (const char *const *) others)
      || g_strcmp0 (first->explanation, second->explanation) != 0
      || g_strcmp0 (tpt_inbox_entry_get_label (first), tpt_inbox_entry_get_label (second)) != 0
      || candidates->len != second->match->candidates->len)
    return FALSE;
  for (guint i = 0; i < candidates->len; i++)
    {
      if (!is_same_candidate (g_ptr_array_index (candidates, i),
                              g_ptr_array_index (second->match->candidates, i)))
        return FALSE;
    }

  return TRUE;
}

static const char *
get_suggestion_key (gpointer suggestion)
{
  return TPT_CUSTOMER_SUGGESTION (suggestion)->domain;
}

static gboolean
is_same_suggestion (gpointer a,
                    gpointer b)
{
  TptCustomerSuggestion *first = a, *second = b;

  return first->meetings == second->meetings && first->people == second->people
         && first->last_at == second->last_at;
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TptInboxModel) self = user_data;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autoptr (GError) error = NULL;

  entries = tpt_match_inbox_list_finish (TPT_MATCH_INBOX (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_pointer (&self->message, g_free);
  if (entries == NULL)
    {
      self->state = TPT_INBOX_FAILED;
      self->message = g_strdup (error->message);
    }
  else
    {
      suggestions = tpt_customer_suggestion_make_all (entries);
      self->state = TPT_INBOX_READY;
      self->count = entries->len;
      tpt_object_list_update (self->suggestions, suggestions);
      tpt_object_list_update (self->entries, entries);
    }
  g_signal_emit (self, signals[UPDATED], 0);
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TptInboxModel) self = user_data;
  g_autoptr (GError) error = NULL;
  guint count;

  if (!tpt_match_inbox_count_finish (TPT_MATCH_INBOX (source), result, &count, &error))
    {
      /* Whoever looks at the list is told. */
      g_info ("Counting who waits: %s", error->message);
      return;
    }
  self->count = count;
  g_signal_emit (self, signals[UPDATED], 0);
}

static gboolean
timeout_cb (gpointer user_data)
{
  TptInboxModel *self = user_data;

  self->timer = 0;
  tpt_inbox_model_load (self);

  return G_SOURCE_REMOVE;
}

static void
store_changed_cb (TptInboxModel *self,
                  guint          flags,
                  GArray        *customers)
{
  if ((flags & (TPT_CHANGE_MEETINGS | TPT_CHANGE_CUSTOMERS | TPT_CHANGE_SETTINGS)) == 0)
    return;
  self->stale = TRUE;
  if (self->timer == 0)
    self->timer = g_timeout_add (PAUSE_MS, timeout_cb, self);
}

static void
tpt_inbox_model_dispose (GObject *object)
{
  TptInboxModel *self = TPT_INBOX_MODEL (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->entries);
  g_clear_object (&self->suggestions);
  g_clear_object (&self->inbox);
  g_clear_pointer (&self->message, g_free);

  G_OBJECT_CLASS (tpt_inbox_model_parent_class)->dispose (object);
}

static void
tpt_inbox_model_class_init (TptInboxModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tpt_inbox_model_dispose;

  signals[UPDATED] = g_signal_new ("updated", TPT_TYPE_INBOX_MODEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTED] = g_signal_new ("acted", TPT_TYPE_INBOX_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[FAILED] = g_signal_new ("failed", TPT_TYPE_INBOX_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tpt_inbox_model_init (TptInboxModel *self)
{
  self->entries = tpt_object_list_new (TPT_TYPE_INBOX_ENTRY, get_entry_key, is_same_entry);
  self->suggestions = tpt_object_list_new (TPT_TYPE_CUSTOMER_SUGGESTION, get_suggestion_key,
                                           is_same_suggestion);
  self->stale = TRUE;
}

TptInboxModel *
tpt_inbox_model_new (TptMatchInbox *inbox,
                     TptStore      *store)
{
  TptInboxModel *self;

  g_return_val_if_fail (TPT_IS_MATCH_INBOX (inbox), NULL);

  self = g_object_new (TPT_TYPE_INBOX_MODEL, NULL);
  self->inbox = g_object_ref (inbox);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  tpt_inbox_model_load (self);

  return self;
}

/** tpt_inbox_model_get_inbox: (transfer none): to try there what is not to be done yet */
TptMatchInbox *
tpt_inbox_model_get_inbox (TptInboxModel *self)
{
  g_return_val_if_fail (TPT_IS_INBOX_MODEL (self), NULL);

  return self->inbox;
}

/** tpt_inbox_model_get_count: how many people wait, as far as is known */
guint
tpt_inbox_model_get_count (TptInboxModel *self)
{
  g_return_val_if_fail (TPT_IS_INBOX_MODEL (self), 0);

  return self->count;
}

TptInboxState
tpt_inbox_model_get_state (TptInboxModel *self)
{
  g_return_val_if_fail (TPT_IS_INBOX_MODEL (self), TPT_INBOX_LOADING);

  return self->state;
}

/** tpt_inbox_model_get_message: (nullable): why the entries could not be read */
const char *
tpt_inbox_model_get_message (TptInboxModel *self)
{
  g_return_val_if_fail (TPT_IS_INBOX_MODEL (self), NULL);

  return self->message;
}

/** tpt_inbox_model_get_entries: (transfer none): of #TptInboxEntry */
GListModel *
tpt_inbox_model_get_entries (TptInboxModel *self)
{
  g_return_val_if_fail (TPT_IS_INBOX_MODEL (self), NULL);

  return G_LIST_MODEL (self->entries);
}

/** tpt_inbox_model_get_suggestions: (transfer none): of #TptCustomerSuggestion */
GListModel *
tpt_inbox_model_get_suggestions (TptInboxModel *self)
{
  g_return_val_if_fail (TPT_IS_INBOX_MODEL (self), NULL);

  return G_LIST_MODEL (self->suggestions);
}

/** tpt_inbox_model_set_watched: whether somebody looks at the entries */
void
tpt_inbox_model_set_watched (TptInboxModel *self,
                             gboolean       watched)
{
  g_return_if_fail (TPT_IS_INBOX_MODEL (self));

  self->watched = watched;
  if (watched && self->stale)
    tpt_inbox_model_load (self);
}

/** tpt_inbox_model_load: reads anew what is shown; after a failure, shows that it does */
void
tpt_inbox_model_load (TptInboxModel *self)
{
  g_return_if_fail (TPT_IS_INBOX_MODEL (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (!self->watched)
    {
      tpt_match_inbox_count_async (self->inbox, self->cancellable, counted_cb, g_object_ref (self));
      return;
    }

  self->stale = FALSE;
  if (self->state == TPT_INBOX_FAILED)
    {
      self->state = TPT_INBOX_LOADING;
      g_signal_emit (self, signals[UPDATED], 0);
    }
  tpt_match_inbox_list_async (self->inbox, FALSE, self->cancellable, listed_cb,
                              g_object_ref (self));
}

static void
acted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptInboxModel *self = g_task_get_source_object (task);
  GError *error = NULL;
  TptMatchReceipt receipt;

  if (!tpt_match_inbox_act_finish (TPT_MATCH_INBOX (source), result, &receipt, &error))
    {
      g_task_return_error (task, error);
    }
  else
    {
      g_signal_emit (self, signals[ACTED], 0, g_task_get_task_data (task), receipt.action != 0);
      g_task_return_int (task, receipt.customer);
    }
  tpt_inbox_model_load (self);
}

/**
 * tpt_inbox_model_act_async:
 * @act: (transfer full)
 * @done: what to say when it is done
 *
 * For who tells by themselves why it cannot be done; nobody else is told of that.
 */
void
tpt_inbox_model_act_async (TptInboxModel       *self,
                           TptMatchAct         *act,
                           const char          *done,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, tpt_inbox_model_act_async);
  g_task_set_task_data (task, g_strdup (done), g_free);
  tpt_match_inbox_act_async (self->inbox, act, NULL, acted_cb, task);
}

/** tpt_inbox_model_act_finish: the row of the customer who got something, or -1 with an error */
gint64
tpt_inbox_model_act_finish (TptInboxModel  *self,
                            GAsyncResult   *result,
                            GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}

static void
told_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  TptInboxModel *self = TPT_INBOX_MODEL (source);
  g_autoptr (GError) error = NULL;

  if (tpt_inbox_model_act_finish (self, result, &error) < 0)
    g_signal_emit (self, signals[FAILED], 0, error->message);
}

/**
 * tpt_inbox_model_act:
 * @act: (transfer full)
 * @done: what to say when it is done
 */
void
tpt_inbox_model_act (TptInboxModel *self,
                     TptMatchAct   *act,
                     const char    *done)
{
  g_return_if_fail (TPT_IS_INBOX_MODEL (self));

  tpt_inbox_model_act_async (self, act, done, told_cb, NULL);
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TptInboxModel) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!tpt_match_inbox_undo_finish (TPT_MATCH_INBOX (source), result, &error))
    g_signal_emit (self, signals[FAILED], 0, error->message);
  else
    g_signal_emit (self, signals[ACTED], 0, _("Undone"), FALSE);
  tpt_inbox_model_load (self);
}

/** tpt_inbox_model_undo: takes back what was done last, here or on the command line */
void
tpt_inbox_model_undo (TptInboxModel *self)
{
  g_return_if_fail (TPT_IS_INBOX_MODEL (self));

  tpt_match_inbox_undo_async (self->inbox, 0, NULL, undone_cb, g_object_ref (self));
}
