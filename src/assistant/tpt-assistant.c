/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-assistant.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-email.h"
#include "tpt-name-match.h"
#include "tpt-sentence.h"
#include "tpt-verb.h"

/* More names than this make no question that a person can answer. */
#define MOST_CANDIDATES 8

struct _TptAssistant
{
  GObject parent_instance;

  TptStore *store;
  TptConnection *connection;
  TptLinkMaker *link_maker;
};

G_DEFINE_FINAL_TYPE (TptAssistant, tpt_assistant, G_TYPE_OBJECT)

static void
reply_not_understood (TptReply *reply)
{
  reply->text = g_strdup (_("Not understood. Try “Send Calendly link to NAME”, "
                            "“When did NAME last schedule with me?” or "
                            "“Show Calendly bookings for NAME”."));
}

static void
reply_nobody (TptReply *reply)
{
  reply->text = g_strdup_printf (_("Nobody here is called “%s”."), reply->name);
}

static void
reply_several (TptReply *reply,
               GArray   *hits)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint shown = MIN (hits->len, MOST_CANDIDATES);

  reply->candidates = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < shown; i++)
    {
      char *name = tpt_name_hit_to_text (&g_array_index (hits, TptNameHit, i));

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
      g_ptr_array_add (reply->candidates, name);
    }

  if (shown < hits->len)
    reply->text = g_strdup_printf (_("“%s” can mean %s and others. Say which one."), reply->name,
                                   names->str);
  else
    reply->text = g_strdup_printf (_("“%s” can mean %s. Say which one."), reply->name, names->str);
}

static void
finish (GTask *task)
{
  TptVerbJob *job = g_task_get_task_data (task);

  g_task_return_pointer (task, g_object_ref (job->reply), g_object_unref);
}

static void
customers_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) customers = NULL;
  g_autoptr (GArray) hits = NULL;
  TptVerbJob *job = g_task_get_task_data (task);
  const TptVerb *verb = tpt_verb_find (job->reply->intent);
  const TptNameHit *hit;
  g_autofree char *email = NULL;

  customers = tpt_store_list_customers_finish (TPT_STORE (source), result, &error);
  if (customers == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  hits = tpt_name_match (customers, job->reply->name, verb->preference);
  if (hits->len != 1)
    {
      if (hits->len == 0)
        reply_nobody (job->reply);
      else
        reply_several (job->reply, hits);
      finish (task);
      return;
    }

  hit = &g_array_index (hits, TptNameHit, 0);
  g_set_object (&job->reply->customer, hit->customer);
  g_set_object (&job->reply->stakeholder, hit->stakeholder);
  email = tpt_email_normalize (job->reply->name);
  if (hit->stakeholder != NULL && tpt_stakeholder_has_email (hit->stakeholder, email))
    job->reply->email = g_steal_pointer (&email);
  verb->run (task);
}

static void
tpt_assistant_dispose (GObject *object)
{
  TptAssistant *self = TPT_ASSISTANT (object);

  g_clear_object (&self->store);
  g_clear_object (&self->connection);
  g_clear_object (&self->link_maker);

  G_OBJECT_CLASS (tpt_assistant_parent_class)->dispose (object);
}

static void
tpt_assistant_class_init (TptAssistantClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tpt_assistant_dispose;
}

static void
tpt_assistant_init (TptAssistant *self)
{
}

/**
 * tpt_assistant_new:
 * @connection: (nullable): whose account "me" is
 * @link_maker: (nullable): without it no link is made
 */
TptAssistant *
tpt_assistant_new (TptStore      *store,
                   TptConnection *connection,
                   TptLinkMaker  *link_maker)
{
  TptAssistant *self = g_object_new (TPT_TYPE_ASSISTANT, NULL);

  g_return_val_if_fail (TPT_IS_STORE (store), self);

  self->store = g_object_ref (store);
  g_set_object (&self->connection, connection);
  g_set_object (&self->link_maker, link_maker);

  return self;
}

static TptVerbJob *
make_job (TptAssistant *self,
          TptReply     *reply,
          const char   *origin)
{
  TptVerbJob *job = g_new0 (TptVerbJob, 1);
  TptUser *account = self->connection != NULL ? tpt_connection_get_account (self->connection)
                     : NULL;

  job->store = g_object_ref (self->store);
  g_set_object (&job->link_maker, self->link_maker);
  job->zone = tpt_user_make_zone (account);
  if (reply->with_me && account != NULL)
    job->host_email = g_strdup (account->email);
  job->origin = g_strdup (origin);
  job->reply = reply;

  return job;
}

/**
 * tpt_assistant_ask_async:
 * @origin: the place it was said in, for the ledger: "palette", "cli"
 *
 * A sentence that is not understood, or a name that fits nobody or several, is no error: the reply
 * is not resolved and says so.
 */
void
tpt_assistant_ask_async (TptAssistant        *self,
                         const char          *text,
                         const char          *origin,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (TptSentence) sentence = NULL;
  TptReply *reply;
  TptVerbJob *job;

  g_return_if_fail (TPT_IS_ASSISTANT (self) && text != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tpt_assistant_ask_async);
  sentence = tpt_sentence_parse (text);
  reply = tpt_reply_new (sentence != NULL ? sentence->intent : "unknown");
  if (sentence != NULL)
    {
      reply->name = g_steal_pointer (&sentence->name);
      reply->with_me = sentence->with_me;
    }
  job = make_job (self, reply, origin);
  g_task_set_task_data (task, job, (GDestroyNotify) tpt_verb_job_free);

  if (sentence == NULL)
    reply_not_understood (reply);
  else if (reply->with_me && job->host_email == NULL)
    reply->text = g_strdup (_("“With me” needs a connected account. Connect one first."));
  if (reply->text != NULL)
    {
      finish (task);
      return;
    }
  tpt_store_list_customers_async (self->store, cancellable, customers_cb, g_steal_pointer (&task));
}

/**
 * tpt_assistant_ask_finish: (transfer full) (nullable): the reply; %NULL where the record or the
 * service fails
 */
TptReply *
tpt_assistant_ask_finish (TptAssistant  *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
