/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-contact-import.h"

#include "tpt-connection-error.h"
#include "tpt-contact-client.h"
#include "tpt-contact.h"
#include "tpt-person-import.h"
#include "tpt-text.h"

typedef struct
{
  TptStore *store;
  TptMatcher *matcher;
  TptPage *page;
  TptImportReport *report;
} Errand;

static void
errand_free (Errand *errand)
{
  g_object_unref (errand->store);
  g_object_unref (errand->matcher);
  g_clear_pointer (&errand->page, tpt_page_free);
  g_clear_pointer (&errand->report, tpt_import_report_free);
  g_free (errand);
}

static TptPersonCard *
make_card (TptContact *contact,
           guint       number)
{
  TptPersonCard *card = tpt_person_card_new (number);

  card->name = contact->name != NULL ? tpt_text_line (contact->name) : NULL;
  card->organization = contact->company != NULL ? tpt_text_line (contact->company) : NULL;
  card->role = g_strdup (contact->job_title);
  card->phone = g_strdup (contact->phones[0]);
  card->timezone = g_strdup (contact->timezone);
  for (char **email = contact->emails; *email != NULL; email++)
    g_ptr_array_add (card->emails, g_strdup (*email));

  return card;
}

static gboolean
import_func (TptSession  *session,
             gpointer     user_data,
             GError     **error)
{
  Errand *errand = user_data;
  const GPtrArray *contacts = errand->page->items;
  const GPtrArray *failures = errand->page->failures;
  g_autoptr (GPtrArray) cards =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_person_card_free);

  g_clear_pointer (&errand->report, tpt_import_report_free);
  errand->report = tpt_import_report_new ();
  for (guint i = 0; i < contacts->len; i++)
    g_ptr_array_add (cards, make_card (g_ptr_array_index (contacts, i), i + 1));
  if (!tpt_person_import_run (session, errand->matcher, cards, TPT_PERSON_SERVICE, errand->report,
                              error))
    return FALSE;
  for (guint i = 0; i < failures->len; i++)
    tpt_import_report_add_problem (errand->report, contacts->len + i + 1,
                                   ((TptRecordFailure *) g_ptr_array_index (failures, i))->reason);

  return errand->report->updated == 0
         || tpt_matcher_rematch (errand->matcher, session, &errand->report->rematched, error);
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  GError *error = NULL;

  if (tpt_store_transact_finish (TPT_STORE (source), result, &error))
    {
      g_task_return_pointer (task, g_steal_pointer (&errand->report),
                             (GDestroyNotify) tpt_import_report_free);
      return;
    }
  /* The index may know people that were rolled back. */
  tpt_matcher_forget (errand->matcher);
  g_task_return_error (task, error);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Errand *errand = g_task_get_task_data (task);

  errand->page = tpt_api_pager_all_finish (TPT_API_PAGER (source), result, &error);
  if (errand->page == NULL)
    {
      g_task_return_error (task, tpt_connection_error_map (error));
      return;
    }
  tpt_store_transact_async (errand->store, import_func, errand, NULL,
                            g_task_get_cancellable (task), imported_cb, g_object_ref (task));
}

/**
 * tpt_contact_import_async:
 *
 * Completes the customers that there are with the people of Calendly's own address book, and
 * matches all history anew. What a person wrote stays; who belongs to no customer is left out.
 */
void
tpt_contact_import_async (TptApiClient        *client,
                          TptStore            *store,
                          TptMatcher          *matcher,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Errand *errand = g_new0 (Errand, 1);
  g_autoptr (TptApiPager) pager = tpt_contact_client_list (client);

  errand->store = g_object_ref (store);
  errand->matcher = g_object_ref (matcher);
  g_task_set_source_tag (task, tpt_contact_import_async);
  g_task_set_task_data (task, errand, (GDestroyNotify) errand_free);
  tpt_api_pager_all_async (pager, cancellable, listed_cb, task);
}

/** tpt_contact_import_finish: (transfer full): errors are of %TPT_CONNECTION_ERROR or the store */
TptImportReport *
tpt_contact_import_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
