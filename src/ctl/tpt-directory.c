/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-directory.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-command-error.h"
#include "tpt-name-match.h"
#include "tpt-table.h"
#include "tpt-text.h"

G_DEFINE_FINAL_TYPE (TptDirectory, tpt_directory, G_TYPE_OBJECT)

static void
event_types_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  TptDirectory *self = g_task_get_task_data (task);

  self->event_types = tpt_store_list_event_types_finish (TPT_STORE (source), result, &error);
  if (self->event_types == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

static void
customers_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GCancellable *cancellable = g_task_get_cancellable (task);
  TptDirectory *self = g_task_get_task_data (task);

  self->customers = tpt_store_list_customers_finish (TPT_STORE (source), result, &error);
  if (self->customers == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    tpt_store_list_event_types_async (TPT_STORE (source), cancellable, event_types_cb,
                                      g_steal_pointer (&task));
}

static void
tpt_directory_finalize (GObject *object)
{
  TptDirectory *self = TPT_DIRECTORY (object);

  g_clear_pointer (&self->customers, g_ptr_array_unref);
  g_clear_pointer (&self->event_types, g_ptr_array_unref);

  G_OBJECT_CLASS (tpt_directory_parent_class)->finalize (object);
}

static void
tpt_directory_class_init (TptDirectoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_directory_finalize;
}

static void
tpt_directory_init (TptDirectory *self)
{
}

void
tpt_directory_load_async (TptStore            *store,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  TptDirectory *self = g_object_new (TPT_TYPE_DIRECTORY, NULL);

  g_task_set_source_tag (task, tpt_directory_load_async);
  self->now = tpt_clock_now (tpt_store_get_clock (store));
  g_task_set_task_data (task, self, g_object_unref);
  tpt_store_list_customers_async (store, cancellable, customers_cb, g_steal_pointer (&task));
}

TptDirectory *
tpt_directory_load_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/** tpt_directory_find_customer: (transfer none) (nullable) */
TptCustomer *
tpt_directory_find_customer (TptDirectory *self,
                             gint64        row)
{
  for (guint i = 0; row != 0 && i < self->customers->len; i++)
    {
      TptCustomer *customer = g_ptr_array_index (self->customers, i);

      if (customer->id == row)
        return customer;
    }

  return NULL;
}

/** tpt_directory_find_event_type: (transfer none) (nullable) */
TptEventType *
tpt_directory_find_event_type (TptDirectory *self,
                               const char   *uri)
{
  for (guint i = 0; uri != NULL && i < self->event_types->len; i++)
    {
      TptEventType *type = g_ptr_array_index (self->event_types, i);

      if (g_strcmp0 (type->uri, uri) == 0)
        return type;
    }

  return NULL;
}

static char *
fold (const char *name)
{
  g_autofree char *line = tpt_text_line (name);

  return tpt_text_fold (line);
}

/** tpt_directory_get_outcome: what became of @meeting for whom the list is about */
TptOutcome
tpt_directory_get_outcome (TptDirectory *self,
                           TptMeeting   *meeting)
{
  return tpt_meeting_get_outcome_for (meeting, self->customer, self->now);
}

/** tpt_directory_is_called: whether @text is @name (nullable), as people type and write it */
gboolean
tpt_directory_is_called (const char *name,
                         const char *text)
{
  g_autofree char *folded = name != NULL ? fold (name) : NULL;
  g_autofree char *wanted = fold (text);

  return g_strcmp0 (folded, wanted) == 0;
}

/* A script must not act on somebody who was only nearly named, so names that come close are said
 * and not taken. */
static void
set_not_found (TptDirectory  *self,
               const char    *text,
               GError       **error)
{
  g_autoptr (GArray) hits = tpt_name_match (self->customers, text, TPT_NAME_PREFER_CUSTOMER);
  g_autofree char *wanted = tpt_visible_text (text);
  g_autofree char *near = NULL;

  if (hits->len > 0)
    {
      TptCustomer *customer = g_array_index (hits, TptNameHit, 0).customer;

      near = tpt_visible_text (customer->name);
      g_set_error (error, TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_NOT_FOUND,
                   _("There is no customer “%s”. Did you mean “%s”?"), wanted, near);
    }
  else
    g_set_error (error, TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_NOT_FOUND,
                 _("There is no customer “%s”. “touchpointctl customers list” shows all."), wanted);
}

/**
 * tpt_directory_choose_customer:
 * @text: an id, or a name in any case of its letters
 *
 * Returns: (transfer none) (nullable): %NULL with %TPT_COMMAND_ERROR_NOT_FOUND, which says what
 *   comes close
 */
TptCustomer *
tpt_directory_choose_customer (TptDirectory  *self,
                               const char    *text,
                               GError       **error)
{
  TptCustomer *found = NULL;
  guint64 row = 0;

  for (guint i = 0; i < self->customers->len; i++)
    {
      TptCustomer *customer = g_ptr_array_index (self->customers, i);

      if (!tpt_directory_is_called (customer->name, text))
        continue;
      if (found != NULL)
        {
          g_set_error (error, TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_NOT_FOUND,
                       _("Several customers are called “%s”. Name one by its id."), text);
          return NULL;
        }
      found = customer;
    }

  if (found == NULL && g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, &row, NULL))
    found = tpt_directory_find_customer (self, (gint64) row);
  if (found == NULL)
    set_not_found (self, text, error);

  return found;
}

/* What @text names: what can be booked before what cannot, and that before what is gone. */
static TptEventType *
find_named (TptDirectory *self,
            const char   *text)
{
  TptEventType *found = tpt_directory_find_event_type (self, text);

  for (guint i = 0; i < self->event_types->len; i++)
    {
      TptEventType *type = g_ptr_array_index (self->event_types, i);

      if (found != NULL && tpt_event_type_is_schedulable (found))
        return found;
      if (g_strcmp0 (type->slug, text) == 0
          && (found == NULL || found->deleted || tpt_event_type_is_schedulable (type)))
        found = type;
    }

  return found;
}

/**
 * tpt_directory_choose_event_type:
 * @text: a URI or a slug
 *
 * Returns: (transfer none) (nullable): one that can be booked; %NULL with
 *   %TPT_COMMAND_ERROR_NOT_FOUND, which says what is in the way
 */
TptEventType *
tpt_directory_choose_event_type (TptDirectory  *self,
                                 const char    *text,
                                 GError       **error)
{
  TptEventType *found = find_named (self, text);
  g_autofree char *wanted = NULL;

  if (found != NULL && tpt_event_type_is_schedulable (found))
    return found;

  wanted = tpt_visible_text (text);
  if (found == NULL)
    g_set_error (error, TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_NOT_FOUND,
                 _("There is no event type “%s”. “touchpointctl event-types” shows all."), wanted);
  else if (found->deleted)
    g_set_error (error, TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_NOT_FOUND,
                 _("The event type “%s” is not in Calendly any more."), wanted);
  else if (!found->active)
    g_set_error (error, TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_NOT_FOUND,
                 _("The event type “%s” is switched off. Switch it on in Calendly, then try "
                   "again."),
                 wanted);
  else
    g_set_error (error, TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_NOT_FOUND,
                 _("The event type “%s” is for one occasion: links cannot be made for it."),
                 wanted);

  return NULL;
}
