/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-match.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-domain.h"
#include "tpt-email.h"

#define SCORE_STAKEHOLDER 100
#define SCORE_DOMAIN 80
#define SCORE_PER_LEVEL 10
#define SCORE_LEAST 10

struct _TptMatchIndex
{
  GObject parent_instance;

  GHashTable *emails;      /* address → GPtrArray of Entry */
  GHashTable *domains;     /* domain → GPtrArray of Entry */
  GHashTable *own_domains; /* a set */
  GHashTable *colleagues;  /* a set of addresses */
  GHashTable *rules[2];    /* by kind, address or domain: pattern → Ruling */
  GStrv free_mail;
};

typedef struct
{
  TptCustomer *customer;
  TptStakeholder *stakeholder;
} Entry;

/* What a rule says; nobody's where @customer is NULL. */
typedef struct
{
  TptCustomer *customer;
} Ruling;

G_DEFINE_FINAL_TYPE (TptMatchIndex, tpt_match_index, G_TYPE_OBJECT)

static void
entry_free (Entry *entry)
{
  g_clear_object (&entry->customer);
  g_clear_object (&entry->stakeholder);
  g_free (entry);
}

static void
ruling_free (Ruling *ruling)
{
  g_clear_object (&ruling->customer);
  g_free (ruling);
}

static void
candidate_free (TptMatchCandidate *candidate)
{
  g_clear_object (&candidate->customer);
  g_clear_object (&candidate->stakeholder);
  g_free (candidate->reason);
  g_free (candidate);
}

/* A customer stands once below a key, however often its data repeats it. */
static void
add_entry (GHashTable     *table,
           char           *key,
           TptCustomer    *customer,
           TptStakeholder *stakeholder)
{
  GPtrArray *entries = g_hash_table_lookup (table, key);
  Entry *entry;

  if (entries == NULL)
    {
      entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
      g_hash_table_insert (table, key, entries);
    }
  else
    g_free (key);

  for (guint i = 0; i < entries->len; i++)
    {
      entry = g_ptr_array_index (entries, i);
      if (entry->customer == customer)
        return;
    }

  entry = g_new0 (Entry, 1);
  entry->customer = g_object_ref (customer);
  if (stakeholder != NULL)
    entry->stakeholder = g_object_ref (stakeholder);
  g_ptr_array_add (entries, entry);
}

static gboolean
is_free_mail (TptMatchIndex *self,
              const char    *domain)
{
  return tpt_domain_is_free_mail (domain, (const char *const *) self->free_mail);
}

/* Whether a domain may stand for one customer at all, whatever the customer's data say. */
static gboolean
may_match (TptMatchIndex *self,
           const char    *domain)
{
  return !tpt_domain_is_public_suffix (domain) && !is_free_mail (self, domain)
         && !g_hash_table_contains (self->own_domains, domain);
}

/* Whoever has several addresses is the same person at each of them. */
static void
add_stakeholder (TptMatchIndex  *self,
                 TptCustomer    *customer,
                 TptStakeholder *stakeholder)
{
  for (char **next = stakeholder->emails; *next != NULL; next++)
    {
      char *email = tpt_email_normalize (*next);

      if (email != NULL)
        add_entry (self->emails, email, customer, stakeholder);
    }
}

static void
add_customer (TptMatchIndex *self,
              TptCustomer   *customer)
{
  for (guint i = 0; i < customer->stakeholders->len; i++)
    {
      TptStakeholder *stakeholder = g_ptr_array_index (customer->stakeholders, i);

      add_stakeholder (self, customer, stakeholder);
    }

  for (char **next = customer->domains; *next != NULL; next++)
    {
      g_autofree char *domain = tpt_domain_normalize (*next);

      if (domain != NULL && may_match (self, domain))
        add_entry (self->domains, g_steal_pointer (&domain), customer, NULL);
    }
}

static TptCustomer *
find_customer (const GPtrArray *customers,
               gint64           row)
{
  for (guint i = 0; i < customers->len; i++)
    {
      TptCustomer *customer = g_ptr_array_index (customers, i);

      if (customer->id == row)
        return customer;
    }

  return NULL;
}

/* A rule for a customer who is not there says nothing, nor does one that gives a customer what can
 * be no customer's. */
static void
add_rule (TptMatchIndex   *self,
          TptMatchRule    *rule,
          const GPtrArray *customers)
{
  TptCustomer *customer = rule->customer != 0 ? find_customer (customers, rule->customer) : NULL;
  Ruling *ruling;

  if (rule->kind != TPT_MATCH_RULE_EMAIL && rule->kind != TPT_MATCH_RULE_DOMAIN)
    return;
  if (rule->customer != 0
      && (customer == NULL
          || (rule->kind == TPT_MATCH_RULE_DOMAIN && !may_match (self, rule->pattern))))
    return;

  ruling = g_new0 (Ruling, 1);
  g_set_object (&ruling->customer, customer);
  g_hash_table_replace (self->rules[rule->kind], g_strdup (rule->pattern), ruling);
}

static char *
make_reason (Entry      *entry,
             const char *key)
{
  const char *name = entry->customer->name != NULL ? entry->customer->name : "";

  if (entry->stakeholder != NULL)
    return g_strdup_printf (_("%s is the address of a stakeholder of %s"), key, name);

  return g_strdup_printf (_("The domain %s is one of %s"), key, name);
}

static void
add_candidates (TptMatch   *match,
                GPtrArray  *entries,
                int         score,
                const char *key)
{
  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (entries, i);

      tpt_match_add_candidate (match, entry->customer, entry->stakeholder, score,
                               make_reason (entry, key));
    }
}

static void
decide (TptMatch       *match,
        GPtrArray      *entries,
        TptMatchReason  reason)
{
  Entry *entry = g_ptr_array_index (entries, 0);

  if (entries->len > 1)
    {
      match->reason = TPT_MATCH_AMBIGUOUS;
      return;
    }

  match->reason = reason;
  g_set_object (&match->customer, entry->customer);
  g_set_object (&match->stakeholder, entry->stakeholder);
}

static void
obey (TptMatch     *match,
      const Ruling *ruling,
      const char   *address)
{
  match->reason = ruling->customer != NULL ? TPT_MATCH_RULED : TPT_MATCH_RULED_OUT;
  g_set_object (&match->customer, ruling->customer);
  if (ruling->customer != NULL)
    g_set_object (&match->stakeholder, tpt_customer_find_stakeholder (ruling->customer, address));
}

/* From the address's own domain upwards: what comes first is the most specific and decides;
 * customers of the domains above stay candidates. */
static void
match_domain (TptMatchIndex *self,
              TptMatch      *match,
              gboolean       decided,
              const char    *address)
{
  const char *domain = tpt_email_get_domain (address);
  int score = SCORE_DOMAIN;

  for (;
       domain != NULL && !tpt_domain_is_public_suffix (domain);
       domain = tpt_domain_get_parent (domain))
    {
      GPtrArray *entries = g_hash_table_lookup (self->domains, domain);
      const Ruling *ruling = g_hash_table_lookup (self->rules[TPT_MATCH_RULE_DOMAIN], domain);

      if (ruling != NULL && !decided)
        {
          obey (match, ruling, address);
          decided = TRUE;
        }
      if (entries != NULL)
        {
          add_candidates (match, entries, score, domain);
          if (!decided)
            decide (match, entries, TPT_MATCH_DOMAIN);
          decided = TRUE;
        }
      else if (!decided && g_hash_table_contains (self->own_domains, domain))
        {
          match->reason = TPT_MATCH_INTERNAL;
          decided = TRUE;
        }
      else if (!decided && is_free_mail (self, domain))
        {
          match->reason = TPT_MATCH_FREE_MAIL;
          decided = TRUE;
        }
      score = MAX (score - SCORE_PER_LEVEL, SCORE_LEAST);
    }
}

static void
tpt_match_index_finalize (GObject *object)
{
  TptMatchIndex *self = TPT_MATCH_INDEX (object);

  g_hash_table_unref (self->emails);
  g_hash_table_unref (self->domains);
  g_hash_table_unref (self->own_domains);
  g_hash_table_unref (self->colleagues);
  g_hash_table_unref (self->rules[TPT_MATCH_RULE_EMAIL]);
  g_hash_table_unref (self->rules[TPT_MATCH_RULE_DOMAIN]);
  g_strfreev (self->free_mail);

  G_OBJECT_CLASS (tpt_match_index_parent_class)->finalize (object);
}

static void
tpt_match_index_class_init (TptMatchIndexClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_match_index_finalize;
}

static void
tpt_match_index_init (TptMatchIndex *self)
{
  self->emails = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) g_ptr_array_unref);
  self->domains = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) g_ptr_array_unref);
  self->own_domains = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->colleagues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->rules); i++)
    self->rules[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) ruling_free);
}

/* Both lists may be written by hand: what is no domain in them is left out. */
static GStrv
normalize_all (const char *const *domains)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (; domains != NULL && *domains != NULL; domains++)
    {
      g_autofree char *domain = tpt_domain_normalize (*domains);

      if (domain != NULL)
        g_strv_builder_add (builder, domain);
    }

  return g_strv_builder_end (builder);
}

/**
 * tpt_match_index_new:
 * @customers: (element-type TptCustomer): everybody who can be found; inactive ones too
 * @rules: (nullable) (element-type TptMatchRule): what a person said once for all
 * @own_domains: (nullable): the domains of one's own organisation: never a customer's
 * @free_mail: (nullable): domains that belong to no company, beyond the built-in list
 */
TptMatchIndex *
tpt_match_index_new (const GPtrArray   *customers,
                     const GPtrArray   *rules,
                     const char *const *own_domains,
                     const char *const *free_mail)
{
  TptMatchIndex *self = g_object_new (TPT_TYPE_MATCH_INDEX, NULL);
  g_auto (GStrv) own = normalize_all (own_domains);

  g_return_val_if_fail (customers != NULL, self);

  for (char **next = own; *next != NULL; next++)
    g_hash_table_add (self->own_domains, g_strdup (*next));
  self->free_mail = normalize_all (free_mail);
  for (guint i = 0; i < customers->len; i++)
    add_customer (self, g_ptr_array_index (customers, i));
  for (guint i = 0; rules != NULL && i < rules->len; i++)
    add_rule (self, g_ptr_array_index (rules, i), customers);

  return self;
}

/**
 * tpt_match_index_add_colleague:
 * @email: (nullable): the address of a member of one's own organisation, wherever it is
 *
 * Before anything is matched.
 */
void
tpt_match_index_add_colleague (TptMatchIndex *self,
                               const char    *email)
{
  char *address = tpt_email_normalize (email);

  if (address != NULL)
    g_hash_table_add (self->colleagues, address);
}

/**
 * tpt_match_index_match:
 * @email: (nullable): an address as it was received
 *
 * A rule about the address wins, then a stakeholder's address, then a colleague's. Then the most
 * specific domain wins that a rule or a customer has, the rule's where both have it.
 * Where two customers fit equally well, nobody does: %TPT_MATCH_AMBIGUOUS, with both among the
 * candidates.
 *
 * Returns: (transfer full): never %NULL
 */
TptMatch *
tpt_match_index_match (TptMatchIndex *self,
                       const char    *email)
{
  g_autofree char *address = NULL;
  TptMatch *match = g_new0 (TptMatch, 1);
  const Ruling *ruling;
  GPtrArray *entries;
  gboolean is_colleague;

  match->candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) candidate_free);
  g_return_val_if_fail (TPT_IS_MATCH_INDEX (self), match);

  address = tpt_email_normalize (email);
  if (address == NULL)
    {
      match->reason = TPT_MATCH_INVALID;
      return match;
    }

  ruling = g_hash_table_lookup (self->rules[TPT_MATCH_RULE_EMAIL], address);
  entries = g_hash_table_lookup (self->emails, address);
  if (ruling != NULL)
    obey (match, ruling, address);
  if (entries != NULL)
    {
      add_candidates (match, entries, SCORE_STAKEHOLDER, address);
      if (ruling == NULL)
        decide (match, entries, TPT_MATCH_STAKEHOLDER);
    }
  is_colleague = ruling == NULL && entries == NULL
                 && g_hash_table_contains (self->colleagues, address);
  if (is_colleague)
    match->reason = TPT_MATCH_INTERNAL;
  match_domain (self, match, ruling != NULL || entries != NULL || is_colleague, address);

  return match;
}

/**
 * tpt_match_add_candidate:
 * @stakeholder: (nullable)
 * @reason: (transfer full): a sentence
 */
void
tpt_match_add_candidate (TptMatch       *match,
                         TptCustomer    *customer,
                         TptStakeholder *stakeholder,
                         int             score,
                         char           *reason)
{
  TptMatchCandidate *candidate = g_new0 (TptMatchCandidate, 1);

  candidate->customer = g_object_ref (customer);
  g_set_object (&candidate->stakeholder, stakeholder);
  candidate->score = score;
  candidate->reason = reason;
  g_ptr_array_add (match->candidates, candidate);
}

void
tpt_match_free (TptMatch *match)
{
  if (match == NULL)
    return;

  g_clear_object (&match->customer);
  g_clear_object (&match->stakeholder);
  g_ptr_array_unref (match->candidates);
  g_free (match);
}
