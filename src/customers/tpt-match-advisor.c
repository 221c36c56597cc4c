/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-match-advisor.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tpt-domain.h"
#include "tpt-email.h"
#include "tpt-likeness.h"

/* How sure each sign is. What fits several customers equally well is less so than what a person
 * said before. */
#define SCORE_LINK 95
#define SCORE_FORMER 90
#define SCORE_MOST_AMBIGUOUS 85
#define SCORE_ANSWER 70
#define SCORE_SAME_LABEL 70
#define SCORE_SAME_NAME 65
#define SCORE_SAME_PERSON 65
#define SCORE_MOST_ALIKE 60

/* Below, two labels are more likely to be two companies. */
#define LEAST_ALIKE 75
#define LEAST_LABEL 3

struct _TptMatchAdvisor
{
  GObject parent_instance;

  TptMatchIndex *index;
  GHashTable *by_id;       /* gint64 → TptCustomer */
  GHashTable *by_name;     /* folded name → TptCustomer */
  GHashTable *by_person;   /* folded name → Person */
  GPtrArray *writings;     /* (element-type Writing) */
  GHashTable *alike;       /* label → GPtrArray of Likely, as found before */
};

/* One way to write a customer: its name, or the label of a domain. */
typedef struct
{
  TptCustomer *customer;
  char *text;
  char *domain;            /* NULL for a name */
} Writing;

typedef struct
{
  TptCustomer *customer;
  TptStakeholder *stakeholder;
} Person;

typedef struct
{
  const Writing *writing;
  int score;
} Likely;

G_DEFINE_FINAL_TYPE (TptMatchAdvisor, tpt_match_advisor, G_TYPE_OBJECT)

static void
writing_free (Writing *writing)
{
  g_free (writing->text);
  g_free (writing->domain);
  g_free (writing);
}

/* What the owner chose: `acme` of `mail.acme.co.uk`, in the letters of its script. */
static char *
get_label (const char *domain)
{
  const char *registrable = tpt_domain_get_registrable (domain);
  g_autofree char *shown = NULL;
  g_autofree char *label = NULL;

  if (registrable == NULL)
    return NULL;
  shown = g_hostname_to_unicode (registrable);
  label = g_strdup (shown != NULL ? shown : registrable);
  *strchrnul (label, '.') = '\0';

  return tpt_likeness_fold_company (label);
}

static void
add_writing (TptMatchAdvisor *self,
             TptCustomer     *customer,
             char            *text,
             const char      *domain)
{
  Writing *writing;

  if (text == NULL || g_utf8_strlen (text, -1) < LEAST_LABEL)
    {
      g_free (text);
      return;
    }
  writing = g_new0 (Writing, 1);
  writing->customer = customer;
  writing->text = text;
  writing->domain = g_strdup (domain);
  g_ptr_array_add (self->writings, writing);
}

static void
add_customer (TptMatchAdvisor *self,
              TptCustomer     *customer)
{
  char *name = tpt_likeness_fold_company (customer->name);

  g_hash_table_insert (self->by_id, &customer->id, g_object_ref (customer));
  if (*name != '\0' && !g_hash_table_contains (self->by_name, name))
    g_hash_table_insert (self->by_name, g_strdup (name), customer);
  add_writing (self, customer, name, NULL);

  for (char **next = customer->domains; *next != NULL; next++)
    {
      g_autofree char *domain = tpt_domain_normalize (*next);

      if (domain != NULL)
        add_writing (self, customer, get_label (domain), domain);
    }
  for (guint i = 0; i < customer->stakeholders->len; i++)
    {
      TptStakeholder *stakeholder = g_ptr_array_index (customer->stakeholders, i);
      g_autofree char *person = tpt_likeness_fold_person (stakeholder->name);

      if (*person != '\0' && !g_hash_table_contains (self->by_person, person))
        {
          Person *entry = g_new0 (Person, 1);

          entry->customer = customer;
          entry->stakeholder = stakeholder;
          g_hash_table_insert (self->by_person, g_steal_pointer (&person), entry);
        }
    }
}

/* Every customer stands among the candidates once, with its best score. */
static void
offer (TptMatch       *match,
       TptCustomer    *customer,
       TptStakeholder *stakeholder,
       int             score,
       char           *reason)
{
  for (guint i = 0; i < match->candidates->len; i++)
    {
      TptMatchCandidate *known = g_ptr_array_index (match->candidates, i);

      if (known->customer->id != customer->id)
        continue;
      if (known->score < score)
        {
          known->score = score;
          g_free (known->reason);
          known->reason = reason;
        }
      else
        g_free (reason);
      return;
    }

  tpt_match_add_candidate (match, customer, stakeholder, score, reason);
}

static void
offer_known (TptMatchAdvisor      *self,
             TptMatch             *match,
             const TptMatchPerson *person)
{
  TptCustomer *link = g_hash_table_lookup (self->by_id, &person->link);
  TptCustomer *former = g_hash_table_lookup (self->by_id, &person->former);

  if (link != NULL)
    offer (match, link, NULL, SCORE_LINK,
           g_strdup_printf (_("Booked with a link that was made for %s"), link->name));
  if (former != NULL)
    offer (match, former, NULL, SCORE_FORMER,
           g_strdup_printf (_("%s was chosen for this address before"), former->name));
}

static void
offer_answers (TptMatchAdvisor *self,
               TptMatch        *match,
               const GPtrArray *answers)
{
  for (guint i = 0; answers != NULL && i < answers->len; i++)
    {
      const TptAnswer *answer = g_ptr_array_index (answers, i);
      g_autofree char *folded = tpt_likeness_fold_company (answer->answer);
      TptCustomer *customer = g_hash_table_lookup (self->by_name, folded);

      if (customer != NULL)
        offer (match, customer, NULL, SCORE_ANSWER,
               g_strdup_printf (_("An answer given when booking is “%s”"), customer->name));
    }
}

static void
offer_namesake (TptMatchAdvisor *self,
                TptMatch        *match,
                const char      *name)
{
  g_autofree char *folded = tpt_likeness_fold_person (name);
  const Person *person = g_hash_table_lookup (self->by_person, folded);

  if (person != NULL)
    offer (match, person->customer, person->stakeholder, SCORE_SAME_PERSON,
           g_strdup_printf (_("A stakeholder of %s is called %s"), person->customer->name,
                            person->stakeholder->name));
}

static int
rate (const char    *label,
      const Writing *writing)
{
  int likeness;

  if (strcmp (label, writing->text) == 0)
    return writing->domain != NULL ? SCORE_SAME_LABEL : SCORE_SAME_NAME;
  likeness = tpt_likeness_compare (label, writing->text);

  return likeness < LEAST_ALIKE ? 0 : SCORE_MOST_ALIKE * likeness / 100;
}

/* Customers whose name or domain looks like @label. */
static const GPtrArray *
find_alike (TptMatchAdvisor *self,
            char            *label)
{
  GPtrArray *found = g_hash_table_lookup (self->alike, label);

  if (found != NULL)
    {
      g_free (label);
      return found;
    }

  found = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->writings->len; i++)
    {
      const Writing *writing = g_ptr_array_index (self->writings, i);
      int score = rate (label, writing);

      if (score > 0)
        {
          Likely likely = { writing, score };

          g_ptr_array_add (found, g_memdup2 (&likely, sizeof likely));
        }
    }
  g_hash_table_insert (self->alike, label, found);

  return found;
}

static void
offer_alike (TptMatchAdvisor *self,
             TptMatch        *match,
             const char      *domain)
{
  char *label = get_label (domain);
  const GPtrArray *found;

  if (label == NULL || g_utf8_strlen (label, -1) < LEAST_LABEL)
    {
      g_free (label);
      return;
    }

  found = find_alike (self, label);
  for (guint i = 0; i < found->len; i++)
    {
      const Likely *likely = g_ptr_array_index (found, i);
      const Writing *writing = likely->writing;
      const char *name = writing->customer->name;

      offer (match, writing->customer, NULL, likely->score,
             writing->domain != NULL
               ? g_strdup_printf (_("%s looks like the domain %s of %s"), domain, writing->domain,
                                  name)
               : g_strdup_printf (_("%s looks like the name %s"), domain, name));
    }
}

/* What fits several equally well is no certainty. Who fits by address and by domain fits once. */
static void
doubt (TptMatch *match)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < match->candidates->len;)
    {
      TptMatchCandidate *candidate = g_ptr_array_index (match->candidates, i);

      candidate->score = MIN (candidate->score, SCORE_MOST_AMBIGUOUS);
      if (g_hash_table_add (seen, &candidate->customer->id))
        i++;
      else
        g_ptr_array_remove_index (match->candidates, i);
    }
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const TptMatchCandidate *first = *(const TptMatchCandidate *const *) a;
  const TptMatchCandidate *second = *(const TptMatchCandidate *const *) b;

  if (first->score != second->score)
    return second->score - first->score;

  return first->customer->id < second->customer->id ? -1 : 1;
}

static void
tpt_match_advisor_finalize (GObject *object)
{
  TptMatchAdvisor *self = TPT_MATCH_ADVISOR (object);

  g_hash_table_unref (self->alike);
  g_ptr_array_unref (self->writings);
  g_hash_table_unref (self->by_person);
  g_hash_table_unref (self->by_name);
  g_hash_table_unref (self->by_id);
  g_clear_object (&self->index);

  G_OBJECT_CLASS (tpt_match_advisor_parent_class)->finalize (object);
}

static void
tpt_match_advisor_class_init (TptMatchAdvisorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_match_advisor_finalize;
}

static void
tpt_match_advisor_init (TptMatchAdvisor *self)
{
  self->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_object_unref);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->by_person = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->writings = g_ptr_array_new_with_free_func ((GDestroyNotify) writing_free);
  self->alike = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_ptr_array_unref);
}

/**
 * tpt_match_advisor_new:
 * @index: made of the same customers
 * @customers: (element-type TptCustomer): as they are stored, each with its row
 */
TptMatchAdvisor *
tpt_match_advisor_new (TptMatchIndex   *index,
                       const GPtrArray *customers)
{
  TptMatchAdvisor *self;

  g_return_val_if_fail (TPT_IS_MATCH_INDEX (index), NULL);

  self = g_object_new (TPT_TYPE_MATCH_ADVISOR, NULL);
  self->index = g_object_ref (index);
  for (guint i = 0; i < customers->len; i++)
    add_customer (self, g_ptr_array_index (customers, i));

  return self;
}

/**
 * tpt_match_advisor_advise:
 *
 * Asks the rules first, and adds guesses: links, earlier choices, answers, names of people, and
 * domains that look alike.
 *
 * Returns: (transfer full): with %TPT_MATCH_MOST_CANDIDATES candidates at most, the likeliest first
 */
TptMatch *
tpt_match_advisor_advise (TptMatchAdvisor      *self,
                          const TptMatchPerson *person)
{
  TptMatch *match = tpt_match_index_match (self->index, person->email);
  g_autofree char *address = tpt_email_normalize (person->email);

  doubt (match);
  offer_known (self, match, person);
  offer_answers (self, match, person->answers);
  offer_namesake (self, match, person->name);
  if (address != NULL)
    {
      g_autofree char *local = g_strndup (address, (gsize) (strchr (address, '@') - address));

      offer_namesake (self, match, local);
    }
  if (match->reason == TPT_MATCH_NONE || match->reason == TPT_MATCH_AMBIGUOUS)
    offer_alike (self, match, tpt_email_get_domain (address));
  g_ptr_array_sort (match->candidates, compare_candidates);
  if (match->candidates->len > TPT_MATCH_MOST_CANDIDATES)
    g_ptr_array_set_size (match->candidates, TPT_MATCH_MOST_CANDIDATES);

  return match;
}

/**
 * tpt_match_explain:
 * @email: (nullable): as it was received
 *
 * Returns: (transfer full): a sentence that says why somebody belongs to nobody, or to whom
 */
char *
tpt_match_explain (const TptMatch *match,
                   const char     *email)
{
  g_autofree char *address = tpt_email_normalize (email);
  const char *domain = address != NULL ? tpt_email_get_domain (address) : "";
  const char *name = match->customer != NULL ? match->customer->name : "";

  switch (match->reason)
    {
    case TPT_MATCH_NONE:
      return g_strdup_printf (_("No customer has the domain %s"), domain);
    case TPT_MATCH_AMBIGUOUS:
      return g_strdup (_("Several customers fit equally well"));
    case TPT_MATCH_FREE_MAIL:
      return g_strdup_printf (_("At %s anybody can have an address"), domain);
    case TPT_MATCH_INTERNAL:
      return g_strdup_printf (_("%s is your own organisation"), domain);
    case TPT_MATCH_INVALID:
      return g_strdup (_("There is no valid e-mail address"));
    case TPT_MATCH_IGNORED:
      return g_strdup (_("Set aside by hand"));
    case TPT_MATCH_RULED_OUT:
      return g_strdup (_("Set aside by a rule"));
    case TPT_MATCH_STAKEHOLDER:
    case TPT_MATCH_DOMAIN:
    case TPT_MATCH_MANUAL:
    case TPT_MATCH_RULED:
    default:
      return g_strdup_printf (_("Belongs to %s"), name);
    }
}
