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
  GStrv free_mail;
};

typedef struct
{
  TptCustomer *customer;
  TptStakeholder *stakeholder;
} Entry;

G_DEFINE_FINAL_TYPE (TptMatchIndex, tpt_match_index, G_TYPE_OBJECT)

static void
entry_free (Entry *entry)
{
  g_clear_object (&entry->customer);
  g_clear_object (&entry->stakeholder);
  g_free (entry);
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

static void
add_customer (TptMatchIndex *self,
              TptCustomer   *customer)
{
  for (guint i = 0; i < customer->stakeholders->len; i++)
    {
      TptStakeholder *stakeholder = g_ptr_array_index (customer->stakeholders, i);
      char *email = tpt_email_normalize (stakeholder->email);

      if (email != NULL)
        add_entry (self->emails, email, customer, stakeholder);
    }

  for (char **next = customer->domains; *next != NULL; next++)
    {
      g_autofree char *domain = tpt_domain_normalize (*next);

      if (domain != NULL && may_match (self, domain))
        add_entry (self->domains, g_steal_pointer (&domain), customer, NULL);
    }
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
      TptMatchCandidate *candidate = g_new0 (TptMatchCandidate, 1);

      candidate->customer = g_object_ref (entry->customer);
      if (entry->stakeholder != NULL)
        candidate->stakeholder = g_object_ref (entry->stakeholder);
      candidate->score = score;
      candidate->reason = make_reason (entry, key);
      g_ptr_array_add (match->candidates, candidate);
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

/* From the address's own domain upwards: what comes first is the most specific and decides;
 * customers of the domains above stay candidates. */
static void
match_domain (TptMatchIndex *self,
              TptMatch      *match,
              const char    *domain)
{
  int score = SCORE_DOMAIN;
  gboolean decided = match->reason != TPT_MATCH_NONE;

  for (;
       domain != NULL && !tpt_domain_is_public_suffix (domain);
       domain = tpt_domain_get_parent (domain))
    {
      GPtrArray *entries = g_hash_table_lookup (self->domains, domain);

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
 * @own_domains: (nullable): the domains of one's own organisation: never a customer's
 * @free_mail: (nullable): domains that belong to no company, beyond the built-in list
 */
TptMatchIndex *
tpt_match_index_new (const GPtrArray   *customers,
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

  return self;
}

/**
 * tpt_match_index_match:
 * @email: (nullable): an address as it was received
 *
 * A stakeholder's address wins over every domain. Then the most specific domain of a customer wins.
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
  GPtrArray *entries;

  match->candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) candidate_free);
  g_return_val_if_fail (TPT_IS_MATCH_INDEX (self), match);

  address = tpt_email_normalize (email);
  if (address == NULL)
    {
      match->reason = TPT_MATCH_INVALID;
      return match;
    }

  entries = g_hash_table_lookup (self->emails, address);
  if (entries != NULL)
    {
      add_candidates (match, entries, SCORE_STAKEHOLDER, address);
      decide (match, entries, TPT_MATCH_STAKEHOLDER);
    }
  match_domain (self, match, tpt_email_get_domain (address));

  return match;
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
