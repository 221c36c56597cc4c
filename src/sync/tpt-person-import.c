/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-person-import.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-customer-draft.h"
#include "tpt-customers-table.h"
#include "tpt-domain.h"
#include "tpt-email.h"
#include "tpt-match-rules-table.h"
#include "tpt-stakeholders-table.h"

/* What became of a customer, once for all its people. */
enum
{
  UNCHANGED = 1,
  UPDATED,
  CREATED,
};

typedef struct
{
  TptSession *session;
  TptMatchIndex *index;
  GStrv own_domains;
  GStrv free_mail;
  TptPersonSource source;
  GHashTable *fates;       /* gint64 row → one of the above */
  GHashTable *made;        /* domain → gint64 row of the customer that was made with it */
  TptImportReport *report;
} Import;

/* Whoever books something lands in the service's address book, colleagues like anybody else. */
static gboolean
is_left_out (Import     *import,
             const char *email)
{
  g_autoptr (TptMatch) match = NULL;

  if (import->source != TPT_PERSON_SERVICE)
    return FALSE;
  match = tpt_match_index_match (import->index, email);

  return match->reason == TPT_MATCH_INTERNAL;
}

/* The addresses that are some; the others are told.
 * Returns: (transfer full) (nullable): %NULL where all of them are colleagues' */
static GStrv
take_emails (Import              *import,
             const TptPersonCard *card)
{
  g_autoptr (GStrvBuilder) emails = g_strv_builder_new ();
  gboolean is_colleague = FALSE;
  GStrv list;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < card->emails->len; i++)
    {
      const char *text = g_ptr_array_index (card->emails, i);
      char *email = tpt_email_normalize (text);
      g_autofree char *problem = NULL;

      if (email == NULL)
        {
          problem = g_strdup_printf (_("“%s” is not an e-mail address"), text);
          tpt_import_report_add_problem (import->report, card->number, problem);
          continue;
        }
      if (!g_hash_table_add (seen, email))
        continue;
      if (is_left_out (import, email))
        is_colleague = TRUE;
      else
        g_strv_builder_add (emails, email);
    }

  list = g_strv_builder_end (emails);
  if (is_colleague && *list == NULL)
    g_clear_pointer (&list, g_strfreev);

  return list;
}

/* Whether people elsewhere have @email, and nobody at @customer. */
static gboolean
find_taken (Import       *import,
            TptCustomer  *customer,
            const char   *email,
            gboolean     *is_taken,
            GError      **error)
{
  g_autoptr (GPtrArray) people = NULL;

  if (!tpt_stakeholders_table_list_email (import->session, email, &people, error))
    return FALSE;
  *is_taken = people->len > 0;
  for (guint i = 0; i < people->len; i++)
    *is_taken &= ((TptStakeholder *) people->pdata[i])->customer != customer->id;

  return TRUE;
}

/* What the service says takes nobody's address away: two customers with the same one would both
 * lose the meetings that were booked with it. */
static gboolean
drop_taken (Import               *import,
            const TptPersonCard  *card,
            TptCustomer          *customer,
            GStrv                *emails,
            GError              **error)
{
  g_autoptr (GStrvBuilder) left = g_strv_builder_new ();

  for (char **email = *emails; *email != NULL; email++)
    {
      g_autofree char *problem = NULL;
      gboolean is_taken;

      if (!find_taken (import, customer, *email, &is_taken, error))
        return FALSE;
      if (!is_taken)
        {
          g_strv_builder_add (left, *email);
          continue;
        }
      problem = g_strdup_printf (_ ("%s is an address of somebody else already"), *email);
      tpt_import_report_add_problem (import->report, card->number, problem);
    }
  g_strfreev (*emails);
  *emails = g_strv_builder_end (left);

  return TRUE;
}

/* The customer at whom somebody has one of the addresses; of several, nobody can say which. */
static gboolean
find_by_person (Import       *import,
                GStrv         emails,
                TptCustomer **customer,
                GError      **error)
{
  for (; *emails != NULL; emails++)
    {
      g_autoptr (GPtrArray) people = NULL;

      if (!tpt_stakeholders_table_list_email (import->session, *emails, &people, error))
        return FALSE;
      if (people->len == 1)
        return tpt_customers_table_load (import->session,
                                         ((TptStakeholder *) people->pdata[0])->customer, customer,
                                         error);
    }

  return TRUE;
}

static gboolean
find_by_name (Import       *import,
              const char   *name,
              TptCustomer **customer,
              GError      **error)
{
  g_autoptr (TptMatchRule) rule = NULL;

  if (name == NULL)
    return TRUE;
  if (!tpt_customers_table_find_name (import->session, name, customer, error))
    return FALSE;
  if (*customer != NULL)
    return TRUE;
  if (!tpt_match_rules_table_find (import->session, TPT_MATCH_RULE_NAME, name, &rule, error))
    return FALSE;

  return rule == NULL || rule->customer == 0
         || tpt_customers_table_load (import->session, rule->customer, customer, error);
}

static gboolean
find_by_domain (Import       *import,
                GStrv         emails,
                TptCustomer **customer,
                GError      **error)
{
  for (; *emails != NULL && *customer == NULL; emails++)
    {
      g_autoptr (TptMatch) match = tpt_match_index_match (import->index, *emails);
      const gint64 *row = match->customer != NULL
                            ? &match->customer->id
                            : g_hash_table_lookup (import->made, tpt_email_get_domain (*emails));

      if (row != NULL && !tpt_customers_table_load (import->session, *row, customer, error))
        return FALSE;
    }

  return TRUE;
}

/* Returns: (transfer full) (nullable): why no customer is made of who has only these addresses */
static char *
find_problem (Import *import,
              GStrv   emails)
{
  g_autofree char *domain = NULL;

  if (*emails == NULL)
    return NULL;
  for (guint i = 0; emails[i] != NULL; i++)
    {
      g_autoptr (TptMatch) match = tpt_match_index_match (import->index, emails[i]);

      if (match->reason != TPT_MATCH_INTERNAL)
        return NULL;
    }

  return tpt_domain_find_problem (tpt_email_get_domain (*emails),
                                  (const char *const *) import->own_domains,
                                  (const char *const *) import->free_mail, &domain);
}

/* A customer as the card says: with the domains that can be its own. */
static TptCustomer *
make_customer (Import              *import,
               const TptPersonCard *card,
               GStrv                emails)
{
  TptCustomer *customer = tpt_customer_new ();
  g_autoptr (GStrvBuilder) domains = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (; *emails != NULL; emails++)
    {
      g_autofree char *domain = NULL;
      g_autofree char *problem =
        tpt_domain_find_problem (tpt_email_get_domain (*emails),
                                 (const char *const *) import->own_domains,
                                 (const char *const *) import->free_mail, &domain);
      g_autoptr (TptMatch) match = tpt_match_index_match (import->index, *emails);

      if (problem == NULL && match->reason == TPT_MATCH_NONE
          && g_hash_table_add (seen, g_strdup (domain)))
        g_strv_builder_add (domains, domain);
    }
  customer->name = g_strdup (card->organization);
  g_strfreev (customer->domains);
  customer->domains = g_strv_builder_end (domains);

  return customer;
}

static void
add_person (TptCustomer         *draft,
            const TptPersonCard *card,
            GStrv                emails)
{
  TptStakeholder *person;

  if (*emails == NULL && card->name == NULL)
    return;
  person = tpt_stakeholder_new ();
  person->name = g_strdup (card->name);
  tpt_stakeholder_set_emails (person, (const char *const *) emails);
  person->role = g_strdup (card->role);
  person->phone = g_strdup (card->phone);
  person->timezone = g_strdup (card->timezone);
  g_ptr_array_add (draft->stakeholders, person);
}

static void
note_fate (Import *import,
           gint64  row,
           int     fate)
{
  int known = GPOINTER_TO_INT (g_hash_table_lookup (import->fates, &row));

  g_hash_table_replace (import->fates, g_memdup2 (&row, sizeof row),
                        GINT_TO_POINTER (MAX (known, fate)));
}

static void
note_made (Import      *import,
           TptCustomer *customer)
{
  for (guint i = 0; customer->domains[i] != NULL; i++)
    g_hash_table_insert (import->made, g_strdup (customer->domains[i]),
                         g_memdup2 (&customer->id, sizeof customer->id));
}

static gboolean
save (Import              *import,
      const TptPersonCard *card,
      GStrv                emails,
      TptCustomer         *found,
      GError             **error)
{
  g_autoptr (TptCustomer) draft = tpt_customer_new ();
  g_autoptr (TptCustomer) made = found == NULL ? make_customer (import, card, emails) : NULL;
  TptCustomer *customer = found != NULL ? found : made;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  gboolean changed;

  add_person (draft, card, emails);
  changed = import->source == TPT_PERSON_FILE
              ? tpt_customer_draft_add (customer, draft, problems)
              : tpt_customer_draft_complete (customer, draft, problems);
  tpt_import_report_add_problems (import->report, card->number, problems);
  if ((changed || made != NULL)
      && !tpt_customers_table_save (import->session, customer, error))
    return FALSE;
  if (made != NULL)
    note_made (import, made);
  note_fate (import, customer->id, made != NULL ? CREATED : changed ? UPDATED : UNCHANGED);

  return TRUE;
}

static gboolean
import_card (Import               *import,
             const TptPersonCard  *card,
             GError              **error)
{
  g_auto (GStrv) emails = NULL;
  g_autoptr (TptCustomer) customer = NULL;
  g_autofree char *problem = NULL;

  if (card->problem != NULL)
    {
      tpt_import_report_add_problem (import->report, card->number, card->problem);
      return TRUE;
    }
  emails = take_emails (import, card);
  if (emails == NULL)
    return TRUE;
  if (!find_by_person (import, emails, &customer, error)
      || (customer == NULL && !find_by_name (import, card->organization, &customer, error))
      || (customer == NULL && !find_by_domain (import, emails, &customer, error)))
    return FALSE;
  if (customer == NULL && import->source == TPT_PERSON_FILE)
    problem = find_problem (import, emails);
  if (problem != NULL)
    {
      tpt_import_report_add_problem (import->report, card->number, problem);
      return TRUE;
    }
  if (customer != NULL && import->source == TPT_PERSON_SERVICE && *emails != NULL)
    {
      if (!drop_taken (import, card, customer, &emails, error))
        return FALSE;
      if (*emails == NULL)
        return TRUE;
    }
  if (customer != NULL
      || (card->organization != NULL && import->source == TPT_PERSON_FILE))
    return save (import, card, emails, customer, error);
  if (import->source == TPT_PERSON_SERVICE)
    return TRUE;
  tpt_import_report_add_problem (import->report, card->number,
                                 _("The card names no organisation, and its address belongs to "
                                   "no customer"));

  return TRUE;
}

static void
count_fates (Import *import)
{
  GHashTableIter iter;
  gpointer fate;

  g_hash_table_iter_init (&iter, import->fates);
  while (g_hash_table_iter_next (&iter, NULL, &fate))
    {
      import->report->created += GPOINTER_TO_INT (fate) == CREATED;
      import->report->updated += GPOINTER_TO_INT (fate) == UPDATED;
      import->report->unchanged += GPOINTER_TO_INT (fate) == UNCHANGED;
    }
}

/**
 * tpt_person_import_run:
 * @cards: (element-type TptPersonCard)
 * @report: counted in customers; a problem's row is the card's number
 *
 * Each person goes to the customer who has the address already, else to the one of that name, else
 * to the one of that domain; else a file's organisation becomes a customer, and whom the service
 * knows is left out. So is who the service knows for a customer's but is a colleague, and an
 * address that another customer's person has. Nothing is removed.
 */
gboolean
tpt_person_import_run (TptSession       *session,
                       TptMatcher       *matcher,
                       const GPtrArray  *cards,
                       TptPersonSource   source,
                       TptImportReport  *report,
                       GError          **error)
{
  g_auto (GStrv) own = tpt_matcher_get_own_domains (session, error);
  g_auto (GStrv) free_mail = own != NULL ? tpt_matcher_get_free_mail (session, error) : NULL;
  TptMatchIndex *index = free_mail != NULL ? tpt_matcher_get_index (matcher, session, error) : NULL;
  g_autoptr (GHashTable) fates =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Import import = { session, index, own, free_mail, source, fates, made, report };

  if (index == NULL)
    return FALSE;
  report->unit = source == TPT_PERSON_FILE ? TPT_IMPORT_CARDS : TPT_IMPORT_CONTACTS;
  for (guint i = 0; i < cards->len; i++)
    {
      if (!import_card (&import, g_ptr_array_index (cards, i), error))
        return FALSE;
    }
  count_fates (&import);

  return TRUE;
}
