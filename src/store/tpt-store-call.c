/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-store-call.h"

/** tpt_store_call_new: takes @task and @data */
TptStoreCall *
tpt_store_call_new (GTask            *task,
                    TptStoreCallFunc  func,
                    gpointer          data,
                    GDestroyNotify    data_free,
                    GDestroyNotify    result_free)
{
  TptStoreCall *self = g_new0 (TptStoreCall, 1);

  self->task = task;
  self->func = func;
  self->data = data;
  self->data_free = data_free;
  self->result_free = result_free;

  return self;
}

static void
call_free (TptStoreCall *self)
{
  if (self->data_free != NULL)
    self->data_free (self->data);
  g_clear_error (&self->error);
  g_object_unref (self->task);
  g_free (self);
}

static gboolean
answer_cb (gpointer user_data)
{
  TptStoreCall *self = user_data;

  if (self->error != NULL)
    g_task_return_error (self->task, g_steal_pointer (&self->error));
  else
    g_task_return_pointer (self->task, self->result, self->result_free);

  return G_SOURCE_REMOVE;
}

/** tpt_store_call_run: on the store's thread */
void
tpt_store_call_run (TptStoreCall *self,
                    TptSession   *session)
{
  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (self->task), &self->error))
    return;
  self->result = self->func (session, self->data, &self->error);
  g_assert ((self->result != NULL) != (self->error != NULL));
}

/**
 * tpt_store_call_answer:
 *
 * Takes @self. The task returns, and then the data is freed, on the context of who called: it may
 * hold objects that belong there.
 */
void
tpt_store_call_answer (TptStoreCall *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (self->task));
  g_source_set_static_name (source, "tpt_store_call_answer");
  g_source_set_callback (source, answer_cb, self, (GDestroyNotify) call_free);
  g_source_attach (source, g_task_get_context (self->task));
}
