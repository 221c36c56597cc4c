/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-event-pages.h"

#include "tpt-host-names.h"
#include "tpt-membership-client.h"
#include "tpt-scheduled-event-client.h"
#include "tpt-settings-table.h"

struct _TptEventPages
{
  GObject parent_instance;

  TptPull *pull;           /* borrowed */

  /* owned */
  TptApiClient *client;
  TptStore *store;
  TptMatcher *matcher;
  TptOrganizationView *view;
  TptHostNames *names;
  TptApiPager *pager;      /* NULL before the first page */
  GError *refusal;         /* of everybody's, until the own ones have come, or NULL */

  gboolean is_everyones;
};

G_DEFINE_FINAL_TYPE (TptEventPages, tpt_event_pages, G_TYPE_OBJECT)

static void next (GTask *task);

/* Why it is not everybody's that come, once. */
static void
tell_own (TptEventPages *self)
{
  const char *reason = tpt_organization_view_get_reason (self->view);

  if (reason == NULL || self->pull->is_own_told)
    return;
  tpt_sync_report_add_failure (self->pull->report, "organization", reason);
  self->pull->is_own_told = TRUE;
}

/* From the begin of the sweep on, with the filter that is allowed. */
static void
make_pager (TptEventPages *self)
{
  TptPull *pull = self->pull;
  TptScheduledEventFilter filter = { .range = pull->plan.range,
                                     .newest_first = pull->plan.kind == TPT_SWEEP_PAST };

  if (self->is_everyones)
    filter.organization = pull->account->organization;
  else
    filter.user = pull->account->uri;
  pull->is_everyones = self->is_everyones;
  if (!self->is_everyones && self->refusal == NULL)
    tell_own (self);
  g_clear_object (&self->pager);
  self->pager = tpt_scheduled_event_client_list (self->client, &filter);
}

/* Whether everybody's events were refused, or nothing sensible was made of them, which leaves the
 * account's own. A service that is away, slow or does not believe the sign-in tells neither. */
static gboolean
is_about_everyones (TptEventPages *self,
                    const GError  *error)
{
  static const TptApiError codes[] = {
    TPT_API_ERROR_SCOPE,   TPT_API_ERROR_PERMISSION, TPT_API_ERROR_PLAN,
    TPT_API_ERROR_INVALID, TPT_API_ERROR_NOT_FOUND,  TPT_API_ERROR_EXTERNAL,
    TPT_API_ERROR_PROTOCOL,
  };

  for (guint i = 0; self->is_everyones && i < G_N_ELEMENTS (codes); i++)
    {
      if (g_error_matches (error, TPT_API_ERROR, (int) codes[i]))
        return TRUE;
    }

  return FALSE;
}

/* What became of everybody's. Where the own ones do not come either, it was not about those, and
 * the next sync asks for them again. */
static void
note_answer (TptEventPages *self)
{
  if (!self->is_everyones && self->refusal == NULL)
    return;
  tpt_organization_view_note_answer (self->view, self->pull->now, self->refusal);
  if (!self->is_everyones)
    tell_own (self);
  g_clear_error (&self->refusal);
}

static void
page_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptEventPages *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  TptPage *page = tpt_api_pager_next_finish (TPT_API_PAGER (source), result, &error);

  if (page == NULL && is_about_everyones (self, error))
    {
      self->is_everyones = FALSE;
      self->refusal = g_steal_pointer (&error);
      make_pager (self);
      next (task);
      return;
    }
  if (page == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  note_answer (self);
  for (guint i = 0; i < page->items->len; i++)
    tpt_host_names_fill (self->names, g_ptr_array_index (page->items, i));
  g_task_return_pointer (task, page, (GDestroyNotify) tpt_page_free);
}

static void
next (GTask *task)
{
  TptEventPages *self = g_task_get_source_object (task);

  tpt_api_pager_next_async (self->pager, g_task_get_cancellable (task), page_cb,
                            g_object_ref (task));
}

/* Who was taken for a customer may be a colleague, and the other way round. */
static gboolean
save_members (TptSession  *session,
              gpointer     user_data,
              GError     **error)
{
  TptEventPages *self = user_data;
  gboolean is_new;
  guint rematched;

  if (!tpt_host_names_save (session, self->names, &is_new, error))
    return FALSE;
  if (!is_new)
    return TRUE;

  /* Who came late has hosts without a name in what was passed before. */
  return tpt_matcher_rematch (self->matcher, session, &rematched, error)
         && (self->pull->plan.kind == TPT_SWEEP_FULL
             || tpt_settings_table_set_int (session, TPT_SETTING_FULL_AT, TPT_TIME_NONE, error));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptEventPages *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    {
      tpt_matcher_forget (self->matcher);
      g_task_return_error (task, error);
      return;
    }

  make_pager (self);
  next (task);
}

/* Without them, hosts are called as their events call them, and colleagues known by a domain. */
static void
note_members (TptEventPages *self,
              const TptPage *page,
              const GError  *error)
{
  tpt_host_names_set_missed (self->names, page == NULL ? self->pull->now : TPT_TIME_NONE);
  if (page == NULL)
    tpt_sync_report_add_failure (self->pull->report, "organization_memberships", error->message);
  for (guint i = 0; page != NULL && i < page->items->len; i++)
    tpt_host_names_add (self->names, g_ptr_array_index (page->items, i));
  for (guint i = 0; page != NULL && i < page->failures->len; i++)
    {
      const TptRecordFailure *failure = g_ptr_array_index (page->failures, i);

      tpt_sync_report_add_failure (self->pull->report, failure->uri, failure->reason);
    }
}

static void
members_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptEventPages *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TptPage) page = tpt_api_pager_all_finish (TPT_API_PAGER (source), result, &error);

  note_members (self, page, error);
  tpt_store_transact_async (self->store, save_members, self, NULL, g_task_get_cancellable (task),
                            saved_cb, g_object_ref (task));
}

/* With everything, and soon after they did not come. */
static gboolean
wants_members (TptEventPages *self)
{
  const TptPull *pull = self->pull;

  return tpt_user_is_admin (pull->account)
         && (pull->plan.kind == TPT_SWEEP_FULL
             || (pull->plan.kind == TPT_SWEEP_NEAR
                 && tpt_host_names_is_due (self->names, pull->now, pull->is_routine)));
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptEventPages *self = g_task_get_source_object (task);
  g_autoptr (TptApiPager) members = NULL;
  GError *error = NULL;

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (!wants_members (self))
    {
      make_pager (self);
      next (task);
      return;
    }

  members = tpt_membership_client_list (self->client, self->pull->account->organization);
  tpt_api_pager_all_async (members, g_task_get_cancellable (task), members_cb,
                           g_object_ref (task));
}

static void
tpt_event_pages_finalize (GObject *object)
{
  TptEventPages *self = TPT_EVENT_PAGES (object);

  g_object_unref (self->client);
  g_object_unref (self->store);
  g_object_unref (self->matcher);
  g_object_unref (self->view);
  tpt_host_names_free (self->names);
  g_clear_object (&self->pager);
  g_clear_error (&self->refusal);

  G_OBJECT_CLASS (tpt_event_pages_parent_class)->finalize (object);
}

static void
tpt_event_pages_class_init (TptEventPagesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_event_pages_finalize;
}

static void
tpt_event_pages_init (TptEventPages *self)
{
}

/* @pull has to outlive it. */
TptEventPages *
tpt_event_pages_new (TptApiClient        *client,
                     TptStore            *store,
                     TptMatcher          *matcher,
                     TptOrganizationView *view,
                     TptPull             *pull)
{
  TptEventPages *self = g_object_new (TPT_TYPE_EVENT_PAGES, NULL);

  self->client = g_object_ref (client);
  self->store = g_object_ref (store);
  self->matcher = g_object_ref (matcher);
  self->view = g_object_ref (view);
  self->pull = pull;
  self->names = tpt_host_names_new (pull->account);
  self->is_everyones = tpt_organization_view_may_ask (view, pull->now);

  return self;
}

gboolean
tpt_event_pages_has_next (TptEventPages *self)
{
  return self->pager == NULL || tpt_api_pager_has_next (self->pager);
}

/**
 * tpt_event_pages_next_async:
 *
 * Only while tpt_event_pages_has_next (), and one after the other. Before the first page of
 * everything, who may ask that asks who the members of the organisation are, and does so again
 * soon where they did not come. Where everybody's
 * events are refused at any page, or make no sense, the account's own come from the begin. Errors
 * are those of the client.
 */
void
tpt_event_pages_next_async (TptEventPages       *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tpt_event_pages_next_async);
  if (self->pager == NULL)
    tpt_store_transact_async (self->store, tpt_host_names_load, self->names, NULL, cancellable,
                              loaded_cb, g_object_ref (task));
  else
    next (task);
}

/* Returns: (transfer full): of TptMeeting without invitees */
TptPage *
tpt_event_pages_next_finish (TptEventPages  *self,
                             GAsyncResult   *result,
                             GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
