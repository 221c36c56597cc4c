/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-match-inbox.h"

#include "tpt-inbox-reader.h"
#include "tpt-match-rules-table.h"
#include "tpt-match-undo.h"
#include "tpt-unmatched-view.h"

struct _TptMatchInbox
{
  GObject parent_instance;

  /* owned */
  TptStore *store;
  TptMatcher *matcher;
};

/* What goes to the store's thread and back. */
typedef struct
{
  TptMatcher *matcher;
  TptMatchAct *act;
  gint64 undo;
  gboolean ignored;
  guint people;
  GPtrArray *found;
  TptMatchReceipt receipt;
  TptMatchForecast *forecast; /* of what was only tried */
} Errand;

G_DEFINE_FINAL_TYPE (TptMatchInbox, tpt_match_inbox, G_TYPE_OBJECT)

static void
errand_free (Errand *errand)
{
  g_object_unref (errand->matcher);
  tpt_match_act_free (errand->act);
  g_clear_pointer (&errand->found, g_ptr_array_unref);
  tpt_match_forecast_free (errand->forecast);
  g_free (errand);
}

static gboolean
list_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  Errand *errand = user_data;

  return tpt_inbox_reader_list (session, errand->matcher, errand->ignored, &errand->found, error);
}

static gboolean
count_func (TptSession  *session,
            gpointer     user_data,
            GError     **error)
{
  Errand *errand = user_data;

  return tpt_unmatched_view_count (session, &errand->people, error);
}

/* Only rules about addresses and domains: the others come of a merge and go with it. */
static gboolean
list_rules_func (TptSession  *session,
                 gpointer     user_data,
                 GError     **error)
{
  Errand *errand = user_data;

  if (!tpt_match_rules_table_list (session, &errand->found, error))
    return FALSE;
  for (guint i = errand->found->len; i > 0; i--)
    {
      TptMatchRule *rule = g_ptr_array_index (errand->found, i - 1);

      if (rule->kind != TPT_MATCH_RULE_EMAIL && rule->kind != TPT_MATCH_RULE_DOMAIN)
        g_ptr_array_remove_index (errand->found, i - 1);
    }

  return TRUE;
}

static gboolean
run_act (TptMatchAct   *act,
         TptMatchDeed  *deed,
         GError       **error)
{
  TptSession *session = tpt_match_deed_get_session (deed);
  g_auto (GStrv) own = tpt_matcher_get_own_domains (session, error);
  g_auto (GStrv) free_mail = own != NULL ? tpt_matcher_get_free_mail (session, error) : NULL;

  return free_mail != NULL
         && tpt_match_act_run (act, deed, (const char *const *) own,
                               (const char *const *) free_mail, error);
}

static gboolean
act_func (TptSession  *session,
          gpointer     user_data,
          GError     **error)
{
  Errand *errand = user_data;
  TptMatchReceipt *receipt = &errand->receipt;
  TptMatchAct *act = errand->act;
  g_autoptr (TptMatchDeed) deed = tpt_match_deed_new (session);

  *receipt = (TptMatchReceipt) { 0 };
  if (!run_act (act, deed, error) || !tpt_match_deed_keep (deed, &receipt->action, error))
    return FALSE;
  receipt->customer = act->draft != NULL ? act->draft->id : act->customer;
  if ((act->kind == TPT_MATCH_ACT_ASSIGN && act->stakeholder == 0)
      || act->kind == TPT_MATCH_ACT_IGNORE)
    return TRUE;

  return tpt_matcher_rematch (errand->matcher, session, &receipt->rematched, error);
}

/* Does it and fails, so that all of it is rolled back: nothing else foresees as surely what the act
 * would do. */
static gboolean
try_func (TptSession  *session,
          gpointer     user_data,
          GError     **error)
{
  Errand *errand = user_data;
  g_autoptr (TptMatchDeed) deed = tpt_match_deed_new (session);
  guint rematched;

  if (!run_act (errand->act, deed, error)
      || !tpt_matcher_rematch (errand->matcher, session, &rematched, error))
    return FALSE;
  errand->forecast = tpt_match_forecast_new (deed, rematched);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Only tried");

  return FALSE;
}

static gboolean
undo_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  Errand *errand = user_data;

  return tpt_match_undo_run (session, errand->undo, error)
         && tpt_matcher_rematch (errand->matcher, session, &errand->receipt.rematched, error);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  GError *error = NULL;

  if (tpt_store_transact_finish (TPT_STORE (source), result, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  /* The index may know customers and rules that were rolled back. */
  tpt_matcher_forget (errand->matcher);
  if (errand->forecast == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_error_free (error);
  g_task_return_boolean (task, TRUE);
}

/* Takes @task. */
static void
send (TptMatchInbox *self,
      GTask         *task,
      gpointer       source_tag,
      Errand        *errand,
      TptStoreFunc   func)
{
  errand->matcher = g_object_ref (self->matcher);
  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, errand, (GDestroyNotify) errand_free);
  tpt_store_transact_async (self->store, func, errand, NULL, g_task_get_cancellable (task), done_cb,
                            task);
}

static GPtrArray *
finish_list (GAsyncResult  *result,
             GError       **error)
{
  Errand *errand = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  return g_steal_pointer (&errand->found);
}

static void
tpt_match_inbox_finalize (GObject *object)
{
  TptMatchInbox *self = TPT_MATCH_INBOX (object);

  g_object_unref (self->store);
  g_object_unref (self->matcher);

  G_OBJECT_CLASS (tpt_match_inbox_parent_class)->finalize (object);
}

static void
tpt_match_inbox_class_init (TptMatchInboxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_match_inbox_finalize;
}

static void
tpt_match_inbox_init (TptMatchInbox *self)
{
}

TptMatchInbox *
tpt_match_inbox_new (TptStore   *store,
                     TptMatcher *matcher)
{
  TptMatchInbox *self = g_object_new (TPT_TYPE_MATCH_INBOX, NULL);

  self->store = g_object_ref (store);
  self->matcher = g_object_ref (matcher);

  return self;
}

/** tpt_match_inbox_list_async: @ignored lists who was set aside instead of who waits */
void
tpt_match_inbox_list_async (TptMatchInbox       *self,
                            gboolean             ignored,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->ignored = ignored;
  send (self, g_task_new (self, cancellable, callback, user_data), tpt_match_inbox_list_async,
        errand, list_func);
}

/**
 * tpt_match_inbox_list_finish:
 *
 * (transfer full) (element-type TptInboxEntry): one per address, what needs a person most first.
 */
GPtrArray *
tpt_match_inbox_list_finish (TptMatchInbox  *self,
                             GAsyncResult   *result,
                             GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return finish_list (result, error);
}

/** tpt_match_inbox_count_async: a look that costs little, for whoever only shows the number */
void
tpt_match_inbox_count_async (TptMatchInbox       *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  send (self, g_task_new (self, cancellable, callback, user_data), tpt_match_inbox_count_async,
        g_new0 (Errand, 1), count_func);
}

/** tpt_match_inbox_count_finish: @people: (out): how many wait, each address once */
gboolean
tpt_match_inbox_count_finish (TptMatchInbox  *self,
                              GAsyncResult   *result,
                              guint          *people,
                              GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  *people = ((Errand *) g_task_get_task_data (G_TASK (result)))->people;

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
tpt_match_inbox_list_rules_async (TptMatchInbox       *self,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  send (self, g_task_new (self, cancellable, callback, user_data),
        tpt_match_inbox_list_rules_async, g_new0 (Errand, 1), list_rules_func);
}

/** tpt_match_inbox_list_rules_finish: (transfer full) (element-type TptMatchRule): oldest first */
GPtrArray *
tpt_match_inbox_list_rules_finish (TptMatchInbox  *self,
                                   GAsyncResult   *result,
                                   GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return finish_list (result, error);
}

/** tpt_match_inbox_try_async: @act: (transfer full): looked through, and not done */
void
tpt_match_inbox_try_async (TptMatchInbox       *self,
                           TptMatchAct         *act,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->act = act;
  send (self, g_task_new (self, cancellable, callback, user_data), tpt_match_inbox_try_async,
        errand, try_func);
}

/** tpt_match_inbox_try_finish: (transfer full): or the error with which the act would fail */
TptMatchForecast *
tpt_match_inbox_try_finish (TptMatchInbox  *self,
                            GAsyncResult   *result,
                            GError        **error)
{
  Errand *errand;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  errand = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  return g_steal_pointer (&errand->forecast);
}

/** tpt_match_inbox_act_async: @act: (transfer full): done whole or not at all */
void
tpt_match_inbox_act_async (TptMatchInbox       *self,
                           TptMatchAct         *act,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->act = act;
  send (self, g_task_new (self, cancellable, callback, user_data), tpt_match_inbox_act_async,
        errand, act_func);
}

/**
 * tpt_match_inbox_act_finish:
 * @receipt: (out) (optional)
 *
 * Returns: %FALSE with %TPT_MATCH_ACT_ERROR, or with %TPT_STORE_ERROR
 */
gboolean
tpt_match_inbox_act_finish (TptMatchInbox    *self,
                            GAsyncResult     *result,
                            TptMatchReceipt  *receipt,
                            GError          **error)
{
  Errand *errand;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  errand = g_task_get_task_data (G_TASK (result));
  if (receipt != NULL)
    *receipt = errand->receipt;

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * tpt_match_inbox_undo_async:
 * @action: of a receipt, 0 for whatever was done last; only what was done last can be undone
 */
void
tpt_match_inbox_undo_async (TptMatchInbox       *self,
                            gint64               action,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->undo = action;
  send (self, g_task_new (self, cancellable, callback, user_data), tpt_match_inbox_undo_async,
        errand, undo_func);
}

gboolean
tpt_match_inbox_undo_finish (TptMatchInbox  *self,
                             GAsyncResult   *result,
                             GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
