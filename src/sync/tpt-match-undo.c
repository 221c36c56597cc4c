/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-match-undo.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-booking-chain.h"
#include "tpt-customers-table.h"
#include "tpt-field-edit.h"
#include "tpt-hand-edit.h"
#include "tpt-invitees-table.h"
#include "tpt-links-table.h"
#include "tpt-match-act.h"
#include "tpt-match-actions-table.h"
#include "tpt-match-rules-table.h"
#include "tpt-stakeholders-table.h"

typedef struct
{
  TptSession *session;
  GHashTable *customers;   /* gint64 → gint64: those that came back, and their row now */
  GHashTable *stakeholders; /* the same */
  gboolean has_moved;      /* somebody is in another row than before */
} Undo;

static gint64
get_row (GHashTable *rows,
         gint64      row)
{
  gint64 *now = g_hash_table_lookup (rows, &row);

  return now != NULL ? *now : row;
}

static void
set_row (GHashTable *rows,
         gint64      former,
         gint64      now)
{
  g_hash_table_replace (rows, g_memdup2 (&former, sizeof former), g_memdup2 (&now, sizeof now));
}

/* @row: 0 where the customer is not there any more */
static gboolean
find_customer (Undo         *undo,
               gint64       *row,
               GError      **error)
{
  g_autoptr (TptCustomer) customer = NULL;

  *row = get_row (undo->customers, *row);
  if (*row == 0)
    return TRUE;
  if (!tpt_customers_table_load (undo->session, *row, &customer, error))
    return FALSE;
  if (customer == NULL)
    *row = 0;

  return TRUE;
}

/* A booking that was moved since has handed on what is taken back here. */
static gboolean
set_match (Undo            *undo,
           gint64           row,
           gint64           customer,
           gint64           stakeholder,
           TptMatchReason   reason,
           GError         **error)
{
  g_autoptr (GArray) rows = NULL;

  if (!tpt_booking_chain_list_alike (undo->session, row, &rows, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      if (!tpt_invitees_table_set_match (undo->session, g_array_index (rows, gint64, i), customer,
                                         stakeholder, reason, error))
        return FALSE;
    }

  return TRUE;
}

/* What a person had said is said again; else the rules will say it. */
static gboolean
revert_invitee (Undo                *undo,
                const TptMatchStep  *step,
                GError             **error)
{
  TptMatchReason reason = (TptMatchReason) step->numbers[3];
  gint64 customer = step->numbers[1];

  if (!find_customer (undo, &customer, error))
    return FALSE;
  if (reason == TPT_MATCH_IGNORED || (reason == TPT_MATCH_MANUAL && customer != 0))
    return set_match (undo, step->numbers[0], customer,
                      get_row (undo->stakeholders, step->numbers[2]), reason, error);

  return set_match (undo, step->numbers[0], 0, 0, TPT_MATCH_NONE, error);
}

static gboolean
revert_rule (Undo                *undo,
             const TptMatchStep  *step,
             GError             **error)
{
  TptMatchRuleKind kind = (TptMatchRuleKind) step->numbers[0];
  gboolean was_there = step->numbers[1] != 0;
  gint64 customer = step->numbers[2];
  g_autoptr (TptMatchRule) rule = NULL;

  if (!find_customer (undo, &customer, error))
    return FALSE;
  if (was_there && (customer != 0) == (step->numbers[2] != 0))
    {
      rule = tpt_match_rule_new (kind, step->texts[0], customer);
      rule->created_at = step->numbers[3];
      return tpt_match_rules_table_save (undo->session, rule, error);
    }
  if (!tpt_match_rules_table_find (undo->session, kind, step->texts[0], &rule, error))
    return FALSE;

  return rule == NULL || tpt_match_rules_table_remove (undo->session, rule->id, error);
}

/* A customer for whom links were made since is not new any more. */
static gboolean
revert_customer_added (Undo                *undo,
                       const TptMatchStep  *step,
                       GError             **error)
{
  g_autoptr (GPtrArray) links = NULL;

  if (!tpt_links_table_list (undo->session, step->numbers[0], &links, error))
    return FALSE;
  if (links->len > 0)
    {
      g_set_error_literal (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_IN_USE,
                           _("Links were made for this customer since, so it stays."));
      return FALSE;
    }

  return tpt_customers_table_remove (undo->session, step->numbers[0], error);
}

static gboolean
revert_customer_removed (Undo                *undo,
                         const TptMatchStep  *step,
                         GError             **error)
{
  g_autoptr (TptCustomer) customer = tpt_match_step_make_customer (step);
  g_autoptr (TptCustomer) other = NULL;
  gint64 former = customer->id;

  if (!tpt_customers_table_load (undo->session, former, &other, error))
    return FALSE;
  if (other != NULL)
    customer->id = 0;
  if (!tpt_customers_table_save (undo->session, customer, error))
    return FALSE;
  set_row (undo->customers, former, customer->id);
  undo->has_moved |= customer->id != former;

  return TRUE;
}

static void
empty_text (char       **text,
            const char  *filled)
{
  if (filled != NULL && g_strcmp0 (*text, filled) == 0)
    g_clear_pointer (text, g_free);
}

static void
revert_domains (TptCustomer        *customer,
                const TptMatchStep *step)
{
  g_autoptr (GStrvBuilder) domains = g_strv_builder_new ();

  for (char **next = customer->domains; *next != NULL; next++)
    {
      if (!g_strv_contains ((const char *const *) step->lists[0], *next))
        g_strv_builder_add (domains, *next);
    }
  for (char **next = step->lists[1]; *next != NULL; next++)
    {
      if (!g_strv_contains ((const char *const *) customer->domains, *next))
        g_strv_builder_add (domains, *next);
    }
  g_strfreev (customer->domains);
  customer->domains = g_strv_builder_end (domains);
}

/* What was put in is taken out, unless it was changed since. */
static gboolean
revert_customer_filled (Undo                *undo,
                        const TptMatchStep  *step,
                        GError             **error)
{
  g_autoptr (TptCustomer) customer = NULL;

  if (!tpt_customers_table_load (undo->session, get_row (undo->customers, step->numbers[0]),
                                 &customer, error))
    return FALSE;
  if (customer == NULL)
    return TRUE;

  if (step->numbers[1] != 0 && customer->cadence_days == step->numbers[1])
    customer->cadence_days = 0;
  if (step->numbers[2] != 0 && customer->renewal_at == step->numbers[2])
    customer->renewal_at = TPT_TIME_NONE;
  empty_text (&customer->tier, step->texts[0]);
  empty_text (&customer->owner, step->texts[1]);
  empty_text (&customer->external_id, step->texts[2]);
  revert_domains (customer, step);
  for (char **next = step->lists[2]; next[0] != NULL && next[1] != NULL; next += 2)
    {
      if (g_strcmp0 (g_hash_table_lookup (customer->fields, next[0]), next[1]) != 0)
        continue;
      g_hash_table_remove (customer->fields, next[0]);
      g_hash_table_remove (customer->fields_by_hand, next[0]);
    }

  return tpt_customers_table_save (undo->session, customer, error);
}

static gboolean
revert_stakeholder_moved (Undo                *undo,
                          const TptMatchStep  *step,
                          GError             **error)
{
  gint64 customer = step->numbers[1];

  return find_customer (undo, &customer, error)
         && (customer == 0
             || tpt_stakeholders_table_move (undo->session, step->numbers[0], customer, error));
}

static gboolean
revert_stakeholder_removed (Undo                *undo,
                            const TptMatchStep  *step,
                            GError             **error)
{
  g_autoptr (TptStakeholder) stakeholder = tpt_match_step_make_stakeholder (step);

  if (!find_customer (undo, &stakeholder->customer, error))
    return FALSE;
  if (stakeholder->customer == 0)
    return TRUE;
  if (!tpt_stakeholders_table_restore (undo->session, stakeholder, error))
    return FALSE;
  set_row (undo->stakeholders, step->numbers[0], stakeholder->id);
  undo->has_moved |= stakeholder->id != step->numbers[0];

  return TRUE;
}

/* An address that was put in is taken out, and one that was taken out comes back, unless somebody
 * else at the customer has got it since; any other that came since stays. */
static gboolean
revert_emails (Undo                *undo,
               const TptMatchStep  *step,
               GError             **error)
{
  g_autoptr (TptStakeholder) person = NULL;
  g_autoptr (TptCustomer) customer = NULL;
  g_autoptr (GStrvBuilder) emails = g_strv_builder_new ();
  g_auto (GStrv) reverted = NULL;

  if (!tpt_stakeholders_table_load (undo->session, get_row (undo->stakeholders, step->numbers[0]),
                                    &person, error)
      || (person != NULL
          && !tpt_customers_table_load (undo->session, person->customer, &customer, error)))
    return FALSE;
  if (person == NULL || customer == NULL)
    return TRUE;

  for (char **next = step->lists[0]; *next != NULL; next++)
    {
      TptStakeholder *other = tpt_customer_find_stakeholder (customer, *next);
      gboolean was_kept = g_strv_contains ((const char *const *) step->lists[1], *next);

      if (other != NULL ? other->id == person->id : !was_kept)
        g_strv_builder_add (emails, *next);
    }
  for (char **next = person->emails; *next != NULL; next++)
    {
      if (!g_strv_contains ((const char *const *) step->lists[1], *next))
        g_strv_builder_add (emails, *next);
    }
  reverted = g_strv_builder_end (emails);
  tpt_stakeholder_set_emails (person, (const char *const *) reverted);

  return tpt_stakeholders_table_save (undo->session, person, error);
}

static gboolean
revert_link (Undo                *undo,
             const TptMatchStep  *step,
             GError             **error)
{
  g_autoptr (TptLink) link = NULL;
  gint64 customer = step->numbers[0];

  if (!find_customer (undo, &customer, error)
      || !tpt_links_table_find (undo->session, step->texts[0], &link, error))
    return FALSE;
  if (link == NULL || customer == 0)
    return TRUE;
  link->customer = customer;
  link->stakeholder = get_row (undo->stakeholders, step->numbers[1]);
  g_free (link->customer_name);
  link->customer_name = g_strdup (step->texts[1]);

  return tpt_links_table_save (undo->session, link, error);
}

static gboolean
revert (Undo                *undo,
        const TptMatchStep  *step,
        GError             **error)
{
  switch (step->kind)
    {
    case TPT_MATCH_STEP_INVITEE:
      return revert_invitee (undo, step, error);
    case TPT_MATCH_STEP_RULE:
      return revert_rule (undo, step, error);
    case TPT_MATCH_STEP_CUSTOMER_ADDED:
      return revert_customer_added (undo, step, error);
    case TPT_MATCH_STEP_CUSTOMER_REMOVED:
      return revert_customer_removed (undo, step, error);
    case TPT_MATCH_STEP_CUSTOMER_FILLED:
      return revert_customer_filled (undo, step, error);
    case TPT_MATCH_STEP_STAKEHOLDER_MOVED:
      return revert_stakeholder_moved (undo, step, error);
    case TPT_MATCH_STEP_STAKEHOLDER_REMOVED:
      return revert_stakeholder_removed (undo, step, error);
    case TPT_MATCH_STEP_LINK_MOVED:
      return revert_link (undo, step, error);
    case TPT_MATCH_STEP_STAKEHOLDER_EMAILS:
      return revert_emails (undo, step, error);
    case TPT_MATCH_STEP_STAKEHOLDER_ADDED:
      return tpt_hand_edit_unadd_person (undo->session,
                                         get_row (undo->stakeholders, step->numbers[0]), error);
    case TPT_MATCH_STEP_STAKEHOLDER_CHANGED:
      return tpt_hand_edit_revert_person (undo->session, step,
                                          get_row (undo->stakeholders, step->numbers[0]), error);
    case TPT_MATCH_STEP_CUSTOMER_CHANGED:
      return tpt_hand_edit_revert_customer (undo->session, step,
                                            get_row (undo->customers, step->numbers[0]), error);
    case TPT_MATCH_STEP_CUSTOMER_FIELDS:
      return tpt_field_edit_revert (undo->session, step,
                                    get_row (undo->customers, step->numbers[0]), error);
    default:
      g_set_error_literal (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_IN_USE,
                           _("This was done by a newer version and cannot be undone here."));
      return FALSE;
    }
}

static gboolean
revert_all (Undo     *undo,
            TptPack  *how,
            GError  **error)
{
  g_autoptr (GPtrArray) steps =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_match_step_free);
  guint count = tpt_pack_take_count (how);

  for (guint i = 0; i < count; i++)
    g_ptr_array_add (steps, tpt_match_step_take (how));
  if (how->failed)
    {
      g_set_error_literal (error, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT,
                           "What is to be undone cannot be read");
      return FALSE;
    }
  for (guint i = steps->len; i > 0; i--)
    {
      if (!revert (undo, g_ptr_array_index (steps, i - 1), error))
        return FALSE;
    }

  return TRUE;
}

/**
 * tpt_match_undo_run:
 * @action: what tpt_match_deed_keep () named, 0 for whatever was done last
 *
 * Leaves the rules out of account: history has to be matched again afterwards. Where a row was
 * taken meanwhile, what was done before cannot be undone any more.
 *
 * Returns: %FALSE with %TPT_MATCH_ACT_ERROR_NOTHING where @action is not what was done last
 */
gboolean
tpt_match_undo_run (TptSession  *session,
                    gint64       action,
                    GError     **error)
{
  g_autoptr (GHashTable) customers =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (GHashTable) stakeholders =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  Undo undo = { session, customers, stakeholders, FALSE };
  g_auto (TptPack) how = { 0 };
  gint64 latest;

  tpt_pack_init (&how);
  if (!tpt_match_actions_table_peek (session, &how, &latest, error))
    return FALSE;
  if (latest == 0 || (action != 0 && action != latest))
    {
      g_set_error_literal (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_NOTHING,
                           latest == 0 ? _("There is nothing to undo.")
                                       : _("Something else was done since; undo that first."));
      return FALSE;
    }

  if (!revert_all (&undo, &how, error))
    return FALSE;

  /* Older deeds know the rows of before, which are somebody else's now. */
  return undo.has_moved ? tpt_match_actions_table_clear (session, error)
                        : tpt_match_actions_table_remove (session, latest, error);
}
