/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-importer.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-contact-import.h"
#include "tpt-customer-draft.h"
#include "tpt-customers-table.h"
#include "tpt-match-rules-table.h"
#include "tpt-person-import.h"
#include "tpt-text.h"
#include "tpt-vcard.h"

struct _TptImporter
{
  GObject parent_instance;

  /* owned */
  TptStore *store;
  TptMatcher *matcher;
  TptApiClient *client;    /* NULL in a test */
};

/* What goes to the store's thread and back. */
typedef struct
{
  TptMatcher *matcher;
  GBytes *list;
  TptCustomer *customer;
  TptImportReport *report;
  GHashTable *untidy;      /* see find_untidy(); NULL before it is needed */
} Import;

G_DEFINE_QUARK (tpt-importer-error-quark, tpt_importer_error)
G_DEFINE_FINAL_TYPE (TptImporter, tpt_importer, G_TYPE_OBJECT)

static void
import_free (Import *import)
{
  g_object_unref (import->matcher);
  g_clear_pointer (&import->list, g_bytes_unref);
  g_clear_object (&import->customer);
  g_clear_pointer (&import->report, tpt_import_report_free);
  g_clear_pointer (&import->untidy, g_hash_table_unref);
  g_free (import);
}

/* The customer that a merge has put into the place of one that lists still name. */
static gboolean
find_successor (TptSession        *session,
                TptMatchRuleKind   kind,
                const char        *pattern,
                TptCustomer      **found,
                GError           **error)
{
  g_autoptr (TptMatchRule) rule = NULL;

  if (!tpt_match_rules_table_find (session, kind, pattern, &rule, error))
    return FALSE;

  return rule == NULL || rule->customer == 0
         || tpt_customers_table_load (session, rule->customer, found, error);
}

static GHashTable *
list_untidy (TptSession  *session,
             GError     **error)
{
  g_autoptr (GHashTable) untidy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) customers = NULL;

  if (!tpt_customers_table_list (session, &customers, error))
    return NULL;
  for (guint i = 0; i < customers->len; i++)
    {
      TptCustomer *customer = g_ptr_array_index (customers, i);
      g_autofree char *name = tpt_text_line (customer->name != NULL ? customer->name : "");

      if (g_strcmp0 (name, customer->name) != 0)
        g_hash_table_replace (untidy, g_steal_pointer (&name),
                              g_memdup2 (&customer->id, sizeof customer->id));
    }

  return g_steal_pointer (&untidy);
}

/* Names were kept with the line breaks and the invisible marks of their cells once; the same list
 * is not to make the same customer again. */
static gboolean
find_untidy (Import       *import,
             TptSession   *session,
             const char   *name,
             TptCustomer **found,
             GError      **error)
{
  const gint64 *row;

  if (import->untidy == NULL)
    import->untidy = list_untidy (session, error);
  if (import->untidy == NULL)
    return FALSE;
  row = g_hash_table_lookup (import->untidy, name);

  return row == NULL || tpt_customers_table_load (session, *row, found, error);
}

/* The stored customer that @draft speaks of: the same external id, else the same name, unless that
 * one is known to be another. @was_merged: it had another name or id before a merge. */
static gboolean
find_customer (Import       *import,
               TptSession   *session,
               TptCustomer  *draft,
               TptCustomer **found,
               gboolean     *was_merged,
               GError      **error)
{
  *found = NULL;
  *was_merged = FALSE;
  if (draft->external_id != NULL
      && !tpt_customers_table_find_external (session, draft->external_id, found, error))
    return FALSE;
  if (*found != NULL)
    return TRUE;
  if (!tpt_customers_table_find_name (session, draft->name, found, error)
      || (*found == NULL && !find_untidy (import, session, draft->name, found, error)))
    return FALSE;
  if (*found != NULL && draft->external_id != NULL && (*found)->external_id != NULL)
    g_clear_object (found);
  if (*found != NULL)
    return TRUE;

  *was_merged = TRUE;
  if (draft->external_id != NULL)
    return find_successor (session, TPT_MATCH_RULE_EXTERNAL_ID, draft->external_id, found, error);

  return find_successor (session, TPT_MATCH_RULE_NAME, draft->name, found, error);
}

/* @row: where the list begins to speak of @draft */
static gboolean
fold (TptCustomer      *customer,
      TptCustomer      *draft,
      const gboolean   *has_column,
      gboolean          was_merged,
      guint             row,
      TptImportReport  *report)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  gboolean changed = was_merged
                       ? tpt_customer_draft_add (customer, draft, problems)
                       : tpt_customer_draft_fold (customer, draft, has_column, problems);

  tpt_import_report_add_problems (report, row, problems);

  return changed;
}

static gboolean
upsert (Import          *import,
        TptSession      *session,
        TptCustomer     *draft,
        guint            row,
        const gboolean  *has_column,
        GError         **error)
{
  TptImportReport *report = import->report;
  g_autoptr (TptCustomer) customer = NULL;
  gboolean is_new, was_merged;

  if (!find_customer (import, session, draft, &customer, &was_merged, error))
    return FALSE;
  is_new = customer == NULL;
  if (is_new)
    customer = tpt_customer_new ();
  if (!fold (customer, draft, has_column, was_merged && !is_new, row, report))
    {
      report->unchanged++;
      return TRUE;
    }
  if (!tpt_customers_table_save (session, customer, error))
    return FALSE;
  if (is_new)
    report->created++;
  else
    report->updated++;

  return TRUE;
}

static gboolean
import_csv (Import      *import,
            TptSession  *session,
            GError     **error)
{
  g_auto (GStrv) own = tpt_matcher_get_own_domains (session, error);
  g_auto (GStrv) free_mail = own != NULL ? tpt_matcher_get_free_mail (session, error) : NULL;
  g_autoptr (TptCustomersCsv) list = NULL;

  if (free_mail == NULL)
    return FALSE;
  list = tpt_customers_csv_parse (import->list, (const char *const *) own,
                                  (const char *const *) free_mail, error);
  if (list == NULL)
    return FALSE;

  tpt_import_report_add_fields (import->report, list->fields);
  for (guint i = 0; i < list->problems->len; i++)
    {
      const TptCustomersCsvProblem *problem = g_ptr_array_index (list->problems, i);

      tpt_import_report_add_problem (import->report, problem->row, problem->message);
    }
  for (guint i = 0; i < list->customers->len; i++)
    {
      if (!upsert (import, session, g_ptr_array_index (list->customers, i),
                   g_array_index (list->rows, guint, i), list->has_column, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
import_cards (Import      *import,
              TptSession  *session,
              GError     **error)
{
  g_autoptr (GPtrArray) cards = tpt_vcard_parse (import->list);

  return tpt_person_import_run (session, import->matcher, cards, TPT_PERSON_FILE,
                                import->report, error);
}

static gboolean
import_func (TptSession  *session,
             gpointer     user_data,
             GError     **error)
{
  Import *import = user_data;
  TptImportReport *report = tpt_import_report_new ();

  g_clear_pointer (&import->report, tpt_import_report_free);
  import->report = report;
  g_clear_pointer (&import->untidy, g_hash_table_unref);
  if (tpt_vcard_is_card (import->list) ? !import_cards (import, session, error)
                                       : !import_csv (import, session, error))
    return FALSE;
  if (report->created + report->updated == 0)
    return TRUE;

  return tpt_matcher_rematch (import->matcher, session, &report->rematched, error);
}

static gboolean
add_func (TptSession  *session,
          gpointer     user_data,
          GError     **error)
{
  Import *import = user_data;
  g_auto (GStrv) own = tpt_matcher_get_own_domains (session, error);
  g_auto (GStrv) free_mail = own != NULL ? tpt_matcher_get_free_mail (session, error) : NULL;
  g_autoptr (TptCustomer) existing = NULL;
  g_autofree char *problem = NULL;
  guint rematched;

  if (free_mail == NULL)
    return FALSE;
  problem = tpt_customer_draft_check_domains (import->customer, (const char *const *) own,
                                              (const char *const *) free_mail);
  if (problem != NULL)
    {
      g_set_error_literal (error, TPT_IMPORTER_ERROR, TPT_IMPORTER_ERROR_DOMAIN, problem);
      return FALSE;
    }
  if (!tpt_customers_table_find_name (session, import->customer->name, &existing, error))
    return FALSE;
  if (existing != NULL)
    {
      g_set_error (error, TPT_IMPORTER_ERROR, TPT_IMPORTER_ERROR_EXISTS,
                   _ ("There is a customer called “%s” already."), existing->name);
      return FALSE;
    }

  return tpt_customers_table_save (session, import->customer, error)
         && tpt_matcher_rematch (import->matcher, session, &rematched, error);
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Import *import = g_task_get_task_data (task);
  GError *error = NULL;

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    {
      /* The index may know customers that were rolled back. */
      tpt_matcher_forget (import->matcher);
      g_task_return_error (task, error);
    }
  else if (import->customer != NULL)
    g_task_return_pointer (task, g_object_ref (import->customer), g_object_unref);
  else
    g_task_return_pointer (task, g_steal_pointer (&import->report),
                           (GDestroyNotify) tpt_import_report_free);
}

static void
completed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  TptImportReport *report = tpt_contact_import_finish (result, &error);

  if (report == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, report, (GDestroyNotify) tpt_import_report_free);
}

static void
tpt_importer_finalize (GObject *object)
{
  TptImporter *self = TPT_IMPORTER (object);

  g_object_unref (self->store);
  g_object_unref (self->matcher);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (tpt_importer_parent_class)->finalize (object);
}

static void
tpt_importer_class_init (TptImporterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_importer_finalize;
}

static void
tpt_importer_init (TptImporter *self)
{
}

/** tpt_importer_new: @client: (nullable): who asks for Calendly's contacts */
TptImporter *
tpt_importer_new (TptStore     *store,
                  TptMatcher   *matcher,
                  TptApiClient *client)
{
  TptImporter *self = g_object_new (TPT_TYPE_IMPORTER, NULL);

  self->store = g_object_ref (store);
  self->matcher = g_object_ref (matcher);
  if (client != NULL)
    self->client = g_object_ref (client);

  return self;
}

/**
 * tpt_importer_import_async:
 * @list: customers as CSV, as the command line's contract describes it, or people as vCards
 *
 * Creates or updates each customer, known by its external id or its name, or by its people. A bad
 * row or card is reported and left out; a list that is none, or a store that fails, changes
 * nothing.
 */
void
tpt_importer_import_async (TptImporter         *self,
                           GBytes              *list,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Import *import = g_new0 (Import, 1);

  import->matcher = g_object_ref (self->matcher);
  import->list = g_bytes_ref (list);
  g_task_set_source_tag (task, tpt_importer_import_async);
  g_task_set_task_data (task, import, (GDestroyNotify) import_free);
  tpt_store_transact_async (self->store, import_func, import, NULL, cancellable, imported_cb,
                            task);
}

/* Returns: (transfer full) */
TptImportReport *
tpt_importer_import_finish (TptImporter   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/** tpt_importer_complete_async: does tpt_contact_import_async(); there is a client */
void
tpt_importer_complete_async (TptImporter         *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (TPT_IS_IMPORTER (self));
  g_return_if_fail (self->client != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tpt_importer_complete_async);
  tpt_contact_import_async (self->client, self->store, self->matcher, cancellable, completed_cb,
                            task);
}

/* Returns: (transfer full) */
TptImportReport *
tpt_importer_complete_finish (TptImporter   *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * tpt_importer_add_async:
 * @customer: new; its domains may be as a person typed them
 */
void
tpt_importer_add_async (TptImporter         *self,
                        TptCustomer         *customer,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Import *import = g_new0 (Import, 1);

  import->matcher = g_object_ref (self->matcher);
  import->customer = g_object_ref (customer);
  g_task_set_source_tag (task, tpt_importer_add_async);
  g_task_set_task_data (task, import, (GDestroyNotify) import_free);
  if (customer->name == NULL || *customer->name == '\0')
    {
      g_task_return_new_error (task, TPT_IMPORTER_ERROR, TPT_IMPORTER_ERROR_NAME, "%s",
                               _ ("A customer needs a name."));
      g_object_unref (task);
      return;
    }
  tpt_store_transact_async (self->store, add_func, import, NULL, cancellable, imported_cb, task);
}

/* Returns: (transfer full): the customer as it is stored */
TptCustomer *
tpt_importer_add_finish (TptImporter   *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
