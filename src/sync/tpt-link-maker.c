/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-link-maker.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-connection-error.h"
#include "tpt-customers-table.h"
#include "tpt-event-types.h"
#include "tpt-link-choice.h"
#include "tpt-link-builder.h"
#include "tpt-links-table.h"
#include "tpt-scheduling-link-client.h"
#include "tpt-settings-table.h"

struct _TptLinkMaker
{
  GObject parent_instance;

  /* owned */
  TptConnection *connection;
  TptApiClient *client;
  TptStore *store;
  TptEngine *engine;
};

typedef struct
{
  TptClock *clock;
  GTimeZone *zone;
  TptCustomer *customer;
  TptStakeholder *stakeholder;
  char *email;             /* as it was asked for, or NULL */
  TptEventType *event_type;
  TptLink *link;
  int cadence_days;
  gint64 listed_at;        /* when the event types came last, or TPT_TIME_NONE */
} Making;

static void advise (GTask *task);

G_DEFINE_FINAL_TYPE (TptLinkMaker, tpt_link_maker, G_TYPE_OBJECT)

static void
making_free (Making *making)
{
  g_object_unref (making->clock);
  g_time_zone_unref (making->zone);
  g_object_unref (making->customer);
  g_clear_object (&making->stakeholder);
  g_free (making->email);
  g_clear_object (&making->event_type);
  g_object_unref (making->link);
  g_free (making);
}

static gboolean
save_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  return tpt_links_table_save (session, ((Making *) user_data)->link, error);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Making *making = g_task_get_task_data (task);

  if (tpt_store_transact_finish (TPT_STORE (source), result, &error))
    g_task_return_pointer (task, g_object_ref (making->link), g_object_unref);
  else
    g_task_return_error (task, tpt_connection_error_map (error));
}

static gboolean
fill_link (Making  *making,
           GError **error)
{
  TptLink *link = making->link;
  TptLinkDraft draft = { .booking_url = link->booking_url, .origin = link->origin };

  link->id = tpt_link_make_id ();
  link->created_at = tpt_clock_now (making->clock);
  link->event_type = g_strdup (making->event_type->uri);
  link->event_type_name = g_strdup (making->event_type->name);
  link->customer = making->customer->id;
  link->customer_name = g_strdup (making->customer->name);
  if (making->stakeholder != NULL)
    {
      link->stakeholder = making->stakeholder->id;
      link->invitee_name = g_strdup (making->stakeholder->name);
      link->invitee_email = g_strdup (making->email != NULL
                                        ? making->email
                                        : tpt_stakeholder_get_email (making->stakeholder));
    }

  draft.id = link->id;
  draft.name = link->invitee_name;
  draft.email = link->invitee_email;
  draft.customer = link->customer;
  draft.campaign = tpt_event_type_get_category (making->event_type);
  link->url = tpt_link_builder_build (&draft, error);

  return link->url != NULL;
}

/* It is in the ledger before anybody can see it. */
static void
keep (GTask *task)
{
  TptLinkMaker *self = g_task_get_source_object (task);
  Making *making = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (fill_link (making, &error))
    tpt_store_transact_async (self->store, save_func, making, NULL, NULL, saved_cb,
                              g_object_ref (task));
  else
    g_task_return_error (task, tpt_connection_error_map (error));
}

static void
created_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  TptLinkMaker *self = g_task_get_source_object (task);
  Making *making = g_task_get_task_data (task);

  making->link->booking_url =
    tpt_scheduling_link_client_create_finish (TPT_API_CLIENT (source), result, &error);
  if (making->link->booking_url != NULL)
    keep (task);
  else
    g_task_return_error (task, tpt_connection_take_error (self->connection, error));
}

static gboolean
advise_func (TptSession  *session,
             gpointer     user_data,
             GError     **error)
{
  Making *making = user_data;
  g_autoptr (TptCustomer) customer = NULL;

  if (!tpt_customers_table_load (session, making->customer->id, &customer, error))
    return FALSE;
  if (customer == NULL)
    {
      g_set_error_literal (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_FAILED,
                           _ ("This customer is not there any more."));
      return FALSE;
    }
  g_set_object (&making->customer, customer);

  return tpt_settings_table_get_int (session, TPT_SETTING_EVENT_TYPES_AT, &making->listed_at,
                                     error)
         && tpt_link_choice_find (session, tpt_clock_now (making->clock), making->zone, customer,
                                  making->cadence_days, &making->stakeholder,
                                  &making->event_type, &making->link->reason, error);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (tpt_engine_refresh_event_types_finish (TPT_ENGINE (source), result, &error))
    advise (task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* That nothing can be booked is only true of a list that was there once: else it is asked for, and
 * why it does not come is what a person has to know. */
static void
find_event_types (GTask *task)
{
  TptLinkMaker *self = g_task_get_source_object (task);
  const Making *making = g_task_get_task_data (task);

  if (making->listed_at != TPT_TIME_NONE)
    g_task_return_new_error (task, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_FAILED, "%s",
                             _ ("There is no event type that can be booked. Create one in "
                                "Calendly, then refresh the event types."));
  else
    tpt_engine_refresh_event_types_async (self->engine, g_task_get_cancellable (task), listed_cb,
                                          g_object_ref (task));
}

static void
advised_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  TptLinkMaker *self = g_task_get_source_object (task);
  Making *making = g_task_get_task_data (task);

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    g_task_return_error (task, tpt_connection_error_map (error));
  else if (making->event_type == NULL)
    find_event_types (task);
  else if (making->link->kind == TPT_LINK_REUSABLE && making->event_type->scheduling_url == NULL)
    g_task_return_new_error (task, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_FAILED, "%s",
                             _ ("This event type has no page of its own."));
  else if (making->link->kind == TPT_LINK_REUSABLE)
    {
      making->link->booking_url = g_strdup (making->event_type->scheduling_url);
      keep (task);
    }
  else
    tpt_scheduling_link_client_create_async (self->client, making->event_type->uri,
                                             g_task_get_cancellable (task), created_cb,
                                             g_object_ref (task));
}

static void
advise (GTask *task)
{
  TptLinkMaker *self = g_task_get_source_object (task);

  tpt_store_transact_async (self->store, advise_func, g_task_get_task_data (task), NULL,
                            g_task_get_cancellable (task), advised_cb, g_object_ref (task));
}

static void
tpt_link_maker_finalize (GObject *object)
{
  TptLinkMaker *self = TPT_LINK_MAKER (object);

  g_object_unref (self->connection);
  g_object_unref (self->client);
  g_object_unref (self->store);
  g_object_unref (self->engine);

  G_OBJECT_CLASS (tpt_link_maker_parent_class)->finalize (object);
}

static void
tpt_link_maker_class_init (TptLinkMakerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_link_maker_finalize;
}

static void
tpt_link_maker_init (TptLinkMaker *self)
{
}

TptLinkMaker *
tpt_link_maker_new (TptConnection *connection,
                    TptApiClient  *client,
                    TptStore      *store,
                    TptEngine     *engine)
{
  TptLinkMaker *self = g_object_new (TPT_TYPE_LINK_MAKER, NULL);

  self->connection = g_object_ref (connection);
  self->client = g_object_ref (client);
  self->store = g_object_ref (store);
  self->engine = g_object_ref (engine);

  return self;
}

/**
 * tpt_link_maker_make_async:
 * @request: for whom; what it leaves open is decided by what is stored; event types that never
 *   came are asked for
 *
 * A single-use link is asked for at the service (POST /scheduling_links); a reusable one is the
 * event type's own page. Both carry prefill and tracking. Errors are of %TPT_CONNECTION_ERROR, and
 * leave no trace in the ledger.
 */
void
tpt_link_maker_make_async (TptLinkMaker         *self,
                           const TptLinkRequest *request,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data)
{
  GTask *task;
  Making *making;
  GError *error = NULL;

  g_return_if_fail (TPT_IS_LINK_MAKER (self));
  g_return_if_fail (request != NULL && TPT_IS_CUSTOMER (request->customer));
  g_return_if_fail (request->email == NULL
                    || (request->stakeholder != NULL
                        && tpt_stakeholder_has_email (request->stakeholder, request->email)));

  task = g_task_new (self, cancellable, callback, user_data);
  making = g_new0 (Making, 1);
  making->clock = g_object_ref (tpt_store_get_clock (self->store));
  making->zone = tpt_user_make_zone (tpt_connection_get_account (self->connection));
  making->customer = g_object_ref (request->customer);
  g_set_object (&making->stakeholder, request->stakeholder);
  making->email = g_strdup (request->email);
  g_set_object (&making->event_type, request->event_type);
  making->link = tpt_link_new ();
  making->link->kind = request->kind;
  making->cadence_days = request->cadence_days;
  making->link->origin = g_strdup (request->origin);
  g_task_set_source_tag (task, tpt_link_maker_make_async);
  g_task_set_task_data (task, making, (GDestroyNotify) making_free);
  if (request->kind == TPT_LINK_SINGLE_USE
      && !tpt_connection_check (self->connection, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  advise (task);
  g_object_unref (task);
}

/* Returns: (transfer full): the line of the ledger */
TptLink *
tpt_link_maker_make_finish (TptLinkMaker  *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
