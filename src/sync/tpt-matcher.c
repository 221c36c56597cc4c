/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-matcher.h"

#include "tpt-booking-chain.h"
#include "tpt-customers-table.h"
#include "tpt-domain.h"
#include "tpt-email.h"
#include "tpt-host-names.h"
#include "tpt-invitees-table.h"
#include "tpt-match-rules-table.h"
#include "tpt-settings-table.h"

/* Addresses whose customer is remembered: most people book again and again. */
#define MEMO_SIZE 4096

/* Lists that a person can edit, separated by semicolons. */
#define OWN_DOMAINS "match.own-domains"
#define FREE_MAIL "match.free-mail"

struct _TptMatcher
{
  GObject parent_instance;

  /* owned */
  TptMatchIndex *index;
  GHashTable *memo;        /* address as it was received → Verdict; as good as @index */
  int is_stale;            /* atomic */
};

/* Whose an address is, by rows; 0 for nobody. */
typedef struct
{
  TptMatchReason reason;
  gint64 customer;
  gint64 stakeholder;
} Verdict;

G_DEFINE_FINAL_TYPE (TptMatcher, tpt_matcher, G_TYPE_OBJECT)

static GStrv
read_list (TptSession  *session,
           const char  *name,
           GError     **error)
{
  g_autofree char *text = NULL;

  if (!tpt_settings_table_get_text (session, name, &text, error))
    return NULL;

  return g_strsplit (text != NULL ? text : "", ";", -1);
}

/**
 * tpt_matcher_get_own_domains:
 *
 * Returns: (transfer full): the domains of colleagues: the account's own, unless anybody can have
 *   an address there, and those that were added by hand
 */
GStrv
tpt_matcher_get_own_domains (TptSession  *session,
                             GError     **error)
{
  g_auto (GStrv) listed = read_list (session, OWN_DOMAINS, error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (TptUser) account = NULL;
  g_autofree char *email = NULL;
  const char *domain;

  if (listed == NULL || !tpt_settings_table_get_account (session, &account, error))
    return NULL;

  g_strv_builder_addv (builder, (const char **) listed);
  email = account != NULL && account->email != NULL ? tpt_email_normalize (account->email) : NULL;
  domain = email != NULL ? tpt_email_get_domain (email) : NULL;
  if (domain != NULL && !tpt_domain_is_free_mail (domain, NULL))
    g_strv_builder_add (builder, domain);

  return g_strv_builder_end (builder);
}

/* Returns: (transfer full): domains where anybody can have an address, beyond those built in */
GStrv
tpt_matcher_get_free_mail (TptSession  *session,
                           GError     **error)
{
  return read_list (session, FREE_MAIL, error);
}

/* A person has said whose it is, and that customer is still there. */
static gboolean
is_decided (TptMatchReason match,
            gint64         customer)
{
  return match == TPT_MATCH_IGNORED || (match == TPT_MATCH_MANUAL && customer != 0);
}

static gboolean
add_colleagues (TptMatcher  *self,
                TptSession  *session,
                GError     **error)
{
  g_autoptr (TptHostNames) members = tpt_host_names_new (NULL);
  g_auto (GStrv) emails = NULL;

  if (!tpt_host_names_load (session, members, error))
    return FALSE;
  emails = tpt_host_names_get_emails (members);
  for (char **next = emails; *next != NULL; next++)
    tpt_match_index_add_colleague (self->index, *next);

  return TRUE;
}

static void
clear_index (TptMatcher *self)
{
  g_clear_object (&self->index);
  g_hash_table_remove_all (self->memo);
}

static gboolean
ensure_index (TptMatcher  *self,
              TptSession  *session,
              GError     **error)
{
  g_autoptr (GPtrArray) customers = NULL;
  g_autoptr (GPtrArray) rules = NULL;
  g_auto (GStrv) own = NULL;
  g_auto (GStrv) free_mail = NULL;

  if (g_atomic_int_compare_and_exchange (&self->is_stale, TRUE, FALSE))
    clear_index (self);
  if (self->index != NULL)
    return TRUE;

  own = tpt_matcher_get_own_domains (session, error);
  free_mail = own != NULL ? tpt_matcher_get_free_mail (session, error) : NULL;
  if (free_mail == NULL || !tpt_customers_table_list (session, &customers, error)
      || !tpt_match_rules_table_list (session, &rules, error))
    return FALSE;
  self->index = tpt_match_index_new (customers, rules, (const char *const *) own,
                                     (const char *const *) free_mail);
  if (add_colleagues (self, session, error))
    return TRUE;
  clear_index (self);

  return FALSE;
}

/* Of an invitee with @email (nullable), after ensure_index (). */
static const Verdict *
judge (TptMatcher *self,
       const char *email)
{
  const char *key = email != NULL ? email : "";
  Verdict *verdict = g_hash_table_lookup (self->memo, key);
  g_autoptr (TptMatch) match = NULL;

  if (verdict != NULL)
    return verdict;
  if (g_hash_table_size (self->memo) >= MEMO_SIZE)
    g_hash_table_remove_all (self->memo);

  match = tpt_match_index_match (self->index, email);
  verdict = g_new (Verdict, 1);
  verdict->reason = match->reason;
  verdict->customer = match->customer != NULL ? match->customer->id : 0;
  verdict->stakeholder = match->stakeholder != NULL ? match->stakeholder->id : 0;
  g_hash_table_insert (self->memo, g_strdup (key), verdict);

  return verdict;
}

static void
tpt_matcher_finalize (GObject *object)
{
  TptMatcher *self = TPT_MATCHER (object);

  g_clear_object (&self->index);
  g_hash_table_unref (self->memo);

  G_OBJECT_CLASS (tpt_matcher_parent_class)->finalize (object);
}

static void
tpt_matcher_class_init (TptMatcherClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_matcher_finalize;
}

static void
tpt_matcher_init (TptMatcher *self)
{
  self->memo = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

TptMatcher *
tpt_matcher_new (void)
{
  return g_object_new (TPT_TYPE_MATCHER, NULL);
}

/* The customers or the lists may have changed, or a transaction that changed them did not come
 * through. */
void
tpt_matcher_forget (TptMatcher *self)
{
  g_return_if_fail (TPT_IS_MATCHER (self));

  g_atomic_int_set (&self->is_stale, TRUE);
}

/**
 * tpt_matcher_apply:
 * @invitee: gets its customer, its stakeholder and the reason, unless a person has decided
 */
gboolean
tpt_matcher_apply (TptMatcher  *self,
                   TptSession  *session,
                   TptInvitee  *invitee,
                   GError     **error)
{
  const Verdict *verdict;

  if (is_decided (invitee->match, invitee->customer))
    return TRUE;
  if (!ensure_index (self, session, error))
    return FALSE;

  verdict = judge (self, invitee->email);
  invitee->match = verdict->reason;
  invitee->customer = verdict->customer;
  invitee->stakeholder = verdict->stakeholder;

  return TRUE;
}

static gboolean
match_all (TptMatcher  *self,
           TptSession  *session,
           guint       *changed,
           GError     **error)
{
  g_autoptr (GPtrArray) matches = NULL;

  if (!ensure_index (self, session, error)
      || !tpt_invitees_table_list_matches (session, &matches, error))
    return FALSE;

  for (guint i = 0; i < matches->len; i++)
    {
      const TptInviteeMatch *old = g_ptr_array_index (matches, i);
      const Verdict *verdict;

      if (is_decided (old->match, old->customer))
        continue;
      verdict = judge (self, old->email);
      if (verdict->reason == old->match && verdict->customer == old->customer
          && verdict->stakeholder == old->stakeholder)
        continue;
      if (!tpt_invitees_table_set_match (session, old->id, verdict->customer, verdict->stakeholder,
                                         verdict->reason, error))
        return FALSE;
      (*changed)++;
    }

  return TRUE;
}

/**
 * tpt_matcher_rematch:
 * @changed: (out): how many invitees have got another customer, stakeholder or reason
 *
 * Matches all history anew after customers changed, in the transaction that changed them. What that
 * transaction has seen of them is forgotten with its end: whether it comes through is not known
 * when the next one begins.
 */
gboolean
tpt_matcher_rematch (TptMatcher  *self,
                     TptSession  *session,
                     guint       *changed,
                     GError     **error)
{
  gboolean matched;

  *changed = 0;
  tpt_matcher_forget (self);
  matched = match_all (self, session, changed, error);
  tpt_matcher_forget (self);

  return matched;
}

/**
 * tpt_matcher_inherit:
 * @invitee: as it was saved just now
 *
 * What a person decided about one booking of a chain is true of the others, too: a reschedule is
 * the same meeting. Where two were decided differently before it was known that they belong
 * together, the later booking's counts.
 */
gboolean
tpt_matcher_inherit (TptMatcher  *self,
                     TptSession  *session,
                     TptInvitee  *invitee,
                     GError     **error)
{
  g_autoptr (GPtrArray) chain = NULL;
  TptInvitee *decided = NULL;
  gboolean is_chosen;

  if (invitee->old_invitee == NULL && invitee->new_invitee == NULL)
    return TRUE;
  if (!tpt_booking_chain_is_chosen (session, invitee->uri, &is_chosen, error))
    return FALSE;
  if (!is_chosen)
    return TRUE;
  if (!tpt_invitees_table_list_chain (session, invitee->uri, &chain, error))
    return FALSE;
  for (guint i = 0; i < chain->len; i++)
    {
      TptInvitee *other = g_ptr_array_index (chain, i);

      if (is_decided (other->match, other->customer))
        decided = other;
    }

  for (guint i = 0; decided != NULL && i < chain->len; i++)
    {
      TptInvitee *other = g_ptr_array_index (chain, i);

      if ((other->match != decided->match || other->customer != decided->customer
           || other->stakeholder != decided->stakeholder)
          && !tpt_invitees_table_set_match (session, other->id, decided->customer,
                                            decided->stakeholder, decided->match, error))
        return FALSE;
    }

  return TRUE;
}

/** tpt_matcher_get_index: (transfer none): as of the running transaction */
TptMatchIndex *
tpt_matcher_get_index (TptMatcher  *self,
                       TptSession  *session,
                       GError     **error)
{
  return ensure_index (self, session, error) ? self->index : NULL;
}
