/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-match-deed.h"

#include "tpt-customers-table.h"
#include "tpt-invitees-table.h"
#include "tpt-links-table.h"
#include "tpt-match-actions-table.h"
#include "tpt-match-rules-table.h"
#include "tpt-stakeholders-table.h"

struct _TptMatchDeed
{
  TptSession *session;
  GPtrArray *steps;        /* (element-type TptMatchStep) in the order in which they were done */
};

TptMatchDeed *
tpt_match_deed_new (TptSession *session)
{
  TptMatchDeed *self = g_new0 (TptMatchDeed, 1);

  self->session = session;
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_match_step_free);

  return self;
}

void
tpt_match_deed_free (TptMatchDeed *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->steps);
  g_free (self);
}

TptSession *
tpt_match_deed_get_session (TptMatchDeed *self)
{
  return self->session;
}

/** tpt_match_deed_get_steps: (element-type TptMatchStep): what was done, in that order */
const GPtrArray *
tpt_match_deed_get_steps (TptMatchDeed *self)
{
  return self->steps;
}

/** tpt_match_deed_note: (transfer none): a step that was done, to be filled with what it needs */
TptMatchStep *
tpt_match_deed_note (TptMatchDeed     *self,
                     TptMatchStepKind  kind)
{
  TptMatchStep *step = tpt_match_step_new (kind);

  g_ptr_array_add (self->steps, step);

  return step;
}

/**
 * tpt_match_deed_choose:
 * @customer: row, 0 for nobody
 * @reason: by hand, or %TPT_MATCH_NONE to have it matched by the rules again
 *
 * Numbers of its step: row, and the former customer, stakeholder and reason.
 */
gboolean
tpt_match_deed_choose (TptMatchDeed    *self,
                       TptInvitee      *invitee,
                       gint64           customer,
                       gint64           stakeholder,
                       TptMatchReason   reason,
                       GError         **error)
{
  TptMatchStep *step;

  if (invitee->customer == customer && invitee->stakeholder == stakeholder
      && invitee->match == reason)
    return TRUE;

  step = tpt_match_deed_note (self, TPT_MATCH_STEP_INVITEE);
  step->numbers[0] = invitee->id;
  step->numbers[1] = invitee->customer;
  step->numbers[2] = invitee->stakeholder;
  step->numbers[3] = invitee->match;

  return tpt_invitees_table_set_match (self->session, invitee->id, customer, stakeholder, reason,
                                       error);
}

/* Numbers: kind, whether there was one before, its customer and time of creation; text: pattern. */
static void
note_rule (TptMatchDeed *self,
           TptMatchRule *rule,
           TptMatchRule *former)
{
  TptMatchStep *step = tpt_match_deed_note (self, TPT_MATCH_STEP_RULE);

  step->numbers[0] = rule->kind;
  step->texts[0] = g_strdup (rule->pattern);
  if (former == NULL)
    return;
  step->numbers[1] = TRUE;
  step->numbers[2] = former->customer;
  step->numbers[3] = former->created_at;
}

gboolean
tpt_match_deed_set_rule (TptMatchDeed  *self,
                         TptMatchRule  *rule,
                         GError       **error)
{
  g_autoptr (TptMatchRule) former = NULL;

  if (!tpt_match_rules_table_find (self->session, rule->kind, rule->pattern, &former, error))
    return FALSE;
  if (former != NULL && former->customer == rule->customer)
    return TRUE;
  note_rule (self, rule, former);

  return tpt_match_rules_table_save (self->session, rule, error);
}

/** tpt_match_deed_remove_rule: @rule as it is stored */
gboolean
tpt_match_deed_remove_rule (TptMatchDeed  *self,
                            TptMatchRule  *rule,
                            GError       **error)
{
  note_rule (self, rule, rule);

  return tpt_match_rules_table_remove (self->session, rule->id, error);
}

/** tpt_match_deed_add_customer: with the stakeholders that it holds; number of its step: row */
gboolean
tpt_match_deed_add_customer (TptMatchDeed  *self,
                             TptCustomer   *customer,
                             GError       **error)
{
  if (!tpt_customers_table_save (self->session, customer, error))
    return FALSE;
  tpt_match_deed_note (self, TPT_MATCH_STEP_CUSTOMER_ADDED)->numbers[0] = customer->id;

  return TRUE;
}

/** tpt_match_deed_remove_customer: what hangs on it is to be moved before */
gboolean
tpt_match_deed_remove_customer (TptMatchDeed  *self,
                                TptCustomer   *customer,
                                GError       **error)
{
  g_ptr_array_add (self->steps, tpt_match_step_new_customer (customer));

  return tpt_customers_table_remove (self->session, customer->id, error);
}

static gboolean
has_text (const char *text)
{
  return text != NULL && *text != '\0';
}

static void
fill_text (char       **text,
           const char  *from,
           char       **filled)
{
  if (has_text (*text) || !has_text (from))
    return;

  g_free (*text);
  *text = g_strdup (from);
  *filled = g_strdup (from);
}

static void
fill_number (gint64 *number,
             gint64  from,
             gint64 *filled)
{
  if (*number == 0)
    *number = *filled = from;
}

static GStrv
fill_domains (TptCustomer *customer,
              TptCustomer *from)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) added = g_strv_builder_new ();

  g_strv_builder_addv (all, (const char **) customer->domains);
  for (char **next = from->domains; *next != NULL; next++)
    {
      if (g_strv_contains ((const char *const *) customer->domains, *next))
        continue;
      g_strv_builder_add (all, *next);
      g_strv_builder_add (added, *next);
    }
  g_strfreev (customer->domains);
  customer->domains = g_strv_builder_end (all);

  return g_strv_builder_end (added);
}

static GStrv
fill_fields (TptCustomer *customer,
             TptCustomer *from)
{
  g_autoptr (GStrvBuilder) filled = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, from->fields);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (has_text (g_hash_table_lookup (customer->fields, name)) || !has_text (value))
        continue;
      g_hash_table_replace (customer->fields, g_strdup (name), g_strdup (value));
      if (g_hash_table_contains (from->fields_by_hand, name))
        g_hash_table_add (customer->fields_by_hand, g_strdup (name));
      g_strv_builder_add_many (filled, (char *) name, (char *) value, NULL);
    }

  return g_strv_builder_end (filled);
}

/**
 * tpt_match_deed_fill_customer:
 *
 * Gives @customer what @from knows and it does not: domains, fields, and what is empty.
 *
 * Numbers of its step: row, cadence, renewal; texts: tier, owner, external id; lists: domains put
 * in, domains taken out, names and values of fields in turn. What is set was filled.
 */
gboolean
tpt_match_deed_fill_customer (TptMatchDeed  *self,
                              TptCustomer   *customer,
                              TptCustomer   *from,
                              GError       **error)
{
  TptMatchStep *step = tpt_match_deed_note (self, TPT_MATCH_STEP_CUSTOMER_FILLED);
  gint64 cadence = customer->cadence_days;

  step->numbers[0] = customer->id;
  fill_number (&cadence, from->cadence_days, &step->numbers[1]);
  customer->cadence_days = (int) cadence;
  fill_number (&customer->renewal_at, from->renewal_at, &step->numbers[2]);
  fill_text (&customer->tier, from->tier, &step->texts[0]);
  fill_text (&customer->owner, from->owner, &step->texts[1]);
  fill_text (&customer->external_id, from->external_id, &step->texts[2]);
  step->lists[0] = fill_domains (customer, from);
  step->lists[2] = fill_fields (customer, from);

  return tpt_customers_table_save (self->session, customer, error);
}

/** tpt_match_deed_take_domains: from @customer, which has them */
gboolean
tpt_match_deed_take_domains (TptMatchDeed       *self,
                             TptCustomer        *customer,
                             const char *const  *domains,
                             GError            **error)
{
  TptMatchStep *step = tpt_match_deed_note (self, TPT_MATCH_STEP_CUSTOMER_FILLED);
  g_autoptr (GStrvBuilder) left = g_strv_builder_new ();

  for (char **next = customer->domains; *next != NULL; next++)
    {
      if (!g_strv_contains (domains, *next))
        g_strv_builder_add (left, *next);
    }
  g_strfreev (customer->domains);
  customer->domains = g_strv_builder_end (left);
  step->numbers[0] = customer->id;
  step->lists[1] = g_strdupv ((char **) domains);

  return tpt_customers_table_save (self->session, customer, error);
}

/** tpt_match_deed_move_stakeholder: numbers of its step: row, former customer */
gboolean
tpt_match_deed_move_stakeholder (TptMatchDeed    *self,
                                 TptStakeholder  *stakeholder,
                                 gint64           customer,
                                 GError         **error)
{
  TptMatchStep *step = tpt_match_deed_note (self, TPT_MATCH_STEP_STAKEHOLDER_MOVED);

  step->numbers[0] = stakeholder->id;
  step->numbers[1] = stakeholder->customer;

  return tpt_stakeholders_table_move (self->session, stakeholder->id, customer, error);
}

gboolean
tpt_match_deed_remove_stakeholder (TptMatchDeed    *self,
                                   TptStakeholder  *stakeholder,
                                   GError         **error)
{
  g_ptr_array_add (self->steps, tpt_match_step_new_stakeholder (stakeholder));

  return tpt_stakeholders_table_remove (self->session, stakeholder->id, error);
}

/**
 * tpt_match_deed_set_emails:
 * @emails: of @stakeholder from now on
 *
 * Number of its step: row; lists: the former and the new addresses.
 */
gboolean
tpt_match_deed_set_emails (TptMatchDeed       *self,
                           TptStakeholder     *stakeholder,
                           const char *const  *emails,
                           GError            **error)
{
  TptMatchStep *step;

  if (g_strv_equal ((const char *const *) stakeholder->emails, emails))
    return TRUE;

  step = tpt_match_deed_note (self, TPT_MATCH_STEP_STAKEHOLDER_EMAILS);
  step->numbers[0] = stakeholder->id;
  step->lists[0] = g_strdupv (stakeholder->emails);
  tpt_stakeholder_set_emails (stakeholder, emails);
  step->lists[1] = g_strdupv (stakeholder->emails);

  return tpt_stakeholders_table_save (self->session, stakeholder, error);
}

/** tpt_match_deed_move_link: numbers: former customer, stakeholder; texts: id, former name */
gboolean
tpt_match_deed_move_link (TptMatchDeed  *self,
                          TptLink       *link,
                          TptCustomer   *customer,
                          gint64         stakeholder,
                          GError       **error)
{
  TptMatchStep *step = tpt_match_deed_note (self, TPT_MATCH_STEP_LINK_MOVED);

  step->numbers[0] = link->customer;
  step->numbers[1] = link->stakeholder;
  step->texts[0] = g_strdup (link->id);
  step->texts[1] = g_steal_pointer (&link->customer_name);
  link->customer = customer->id;
  link->stakeholder = stakeholder;
  link->customer_name = g_strdup (customer->name);

  return tpt_links_table_save (self->session, link, error);
}

/**
 * tpt_match_deed_keep:
 * @action: (out): names the deed to whoever takes it back, 0 when nothing was done
 */
gboolean
tpt_match_deed_keep (TptMatchDeed  *self,
                     gint64        *action,
                     GError       **error)
{
  g_auto (TptPack) how = { 0 };

  *action = 0;
  if (self->steps->len == 0)
    return TRUE;

  tpt_pack_init (&how);
  tpt_pack_put_count (&how, self->steps->len);
  for (guint i = 0; i < self->steps->len; i++)
    tpt_match_step_put (g_ptr_array_index (self->steps, i), &how);

  return tpt_match_actions_table_push (self->session, &how, action, error);
}
