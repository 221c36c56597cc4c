/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customer-union.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-domain.h"
#include "tpt-email.h"
#include "tpt-invitees-table.h"
#include "tpt-links-table.h"
#include "tpt-match-act.h"
#include "tpt-match-rules-table.h"

/* Where a stakeholder's row goes: to itself where the person moves, else to a namesake's. */
static gint64
get_row (GHashTable *rows,
         gint64      row)
{
  const gint64 *now = g_hash_table_lookup (rows, &row);

  return now != NULL ? *now : row;
}

/* Somebody at @customer who has one of the addresses of @person. */
static TptStakeholder *
find_namesake (TptCustomer    *customer,
               TptStakeholder *person)
{
  for (char **email = person->emails; *email != NULL; email++)
    {
      TptStakeholder *known = tpt_customer_find_stakeholder (customer, *email);

      if (known != NULL)
        return known;
    }

  return NULL;
}

/* Gives @known the addresses of @person, who is the same; not those of anybody else. */
static gboolean
unite (TptMatchDeed    *deed,
       TptCustomer     *customer,
       TptStakeholder  *known,
       TptStakeholder  *person,
       GError         **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) emails = NULL;

  g_strv_builder_addv (builder, (const char **) known->emails);
  for (char **email = person->emails; *email != NULL; email++)
    {
      if (tpt_customer_find_stakeholder (customer, *email) == NULL)
        g_strv_builder_add (builder, *email);
    }
  emails = g_strv_builder_end (builder);

  return tpt_match_deed_set_emails (deed, known, (const char *const *) emails, error);
}

/* Everybody of @other; who is at @customer already is not doubled. */
static gboolean
move_people (TptMatchDeed  *deed,
             TptCustomer   *customer,
             TptCustomer   *other,
             GHashTable    *rows,
             GPtrArray     *doubles,
             GError       **error)
{
  for (guint i = 0; i < other->stakeholders->len; i++)
    {
      TptStakeholder *person = g_ptr_array_index (other->stakeholders, i);
      TptStakeholder *known = find_namesake (customer, person);

      if (known != NULL)
        {
          if (!unite (deed, customer, known, person, error))
            return FALSE;
          g_hash_table_replace (rows, &person->id, &known->id);
          g_ptr_array_add (doubles, person);
        }
      else if (!tpt_match_deed_move_stakeholder (deed, person, customer->id, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
move_links (TptMatchDeed  *deed,
            TptCustomer   *customer,
            TptCustomer   *other,
            GHashTable    *rows,
            GError       **error)
{
  g_autoptr (GPtrArray) links = NULL;

  if (!tpt_links_table_list (tpt_match_deed_get_session (deed), other->id, &links, error))
    return FALSE;
  for (guint i = 0; i < links->len; i++)
    {
      TptLink *link = g_ptr_array_index (links, i);

      if (!tpt_match_deed_move_link (deed, link, customer, get_row (rows, link->stakeholder),
                                     error))
        return FALSE;
    }

  return TRUE;
}

/* What the rules said they say again; what a person said goes along. */
static gboolean
move_invitees (TptMatchDeed  *deed,
               TptCustomer   *customer,
               TptCustomer   *other,
               GHashTable    *rows,
               GError       **error)
{
  g_autoptr (GPtrArray) invitees = NULL;

  if (!tpt_invitees_table_list_customer (tpt_match_deed_get_session (deed), other->id, &invitees,
                                         error))
    return FALSE;
  for (guint i = 0; i < invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (invitees, i);

      if (invitee->match == TPT_MATCH_MANUAL
          && !tpt_match_deed_choose (deed, invitee, customer->id,
                                     get_row (rows, invitee->stakeholder), TPT_MATCH_MANUAL,
                                     error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
set_rule (TptMatchDeed      *deed,
          TptMatchRuleKind   kind,
          const char        *pattern,
          gint64             customer,
          GError           **error)
{
  g_autoptr (TptMatchRule) rule = NULL;

  if (pattern == NULL || *pattern == '\0')
    return TRUE;
  rule = tpt_match_rule_new (kind, pattern, customer);

  return tpt_match_deed_set_rule (deed, rule, error);
}

/* Lists go on calling the customer by the name and id that it had. */
static gboolean
keep_names (TptMatchDeed  *deed,
            TptCustomer   *customer,
            TptCustomer   *other,
            GError       **error)
{
  if (!set_rule (deed, TPT_MATCH_RULE_NAME, other->name, customer->id, error))
    return FALSE;

  return g_strcmp0 (customer->external_id, other->external_id) == 0
         || set_rule (deed, TPT_MATCH_RULE_EXTERNAL_ID, other->external_id, customer->id, error);
}

static gboolean
move_rules (TptMatchDeed  *deed,
            TptCustomer   *customer,
            TptCustomer   *other,
            GError       **error)
{
  g_autoptr (GPtrArray) rules = NULL;

  if (!tpt_match_rules_table_list_customer (tpt_match_deed_get_session (deed), other->id, &rules,
                                            error))
    return FALSE;
  for (guint i = 0; i < rules->len; i++)
    {
      TptMatchRule *rule = g_ptr_array_index (rules, i);

      if (!set_rule (deed, rule->kind, rule->pattern, customer->id, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * tpt_customer_union_merge:
 * @other: becomes part of @customer: its domains, people, links, rules and what was linked with it
 *   by hand; where both know something, @customer's word stays
 *
 * Lists that go on naming @other mean @customer from then on.
 */
gboolean
tpt_customer_union_merge (TptMatchDeed  *deed,
                          TptCustomer   *customer,
                          TptCustomer   *other,
                          GError       **error)
{
  g_autoptr (GHashTable) rows = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GPtrArray) doubles = g_ptr_array_new ();

  if (!tpt_match_deed_fill_customer (deed, customer, other, error)
      || !keep_names (deed, customer, other, error)
      || !move_rules (deed, customer, other, error)
      || !move_people (deed, customer, other, rows, doubles, error)
      || !move_links (deed, customer, other, rows, error)
      || !move_invitees (deed, customer, other, rows, error))
    return FALSE;
  for (guint i = 0; i < doubles->len; i++)
    {
      if (!tpt_match_deed_remove_stakeholder (deed, g_ptr_array_index (doubles, i), error))
        return FALSE;
    }

  return tpt_match_deed_remove_customer (deed, other, error);
}

/* The people and domains that are to go, as @customer has them. */
typedef struct
{
  GPtrArray *people;       /* (element-type TptStakeholder) */
  GStrv domains;
} Part;

static gboolean
find_domains (TptCustomer        *customer,
              const char *const  *domains,
              Part               *part,
              GError            **error)
{
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();

  for (; *domains != NULL; domains++)
    {
      g_autofree char *domain = tpt_domain_normalize (*domains);

      if (domain == NULL
          || !g_strv_contains ((const char *const *) customer->domains, domain))
        {
          g_set_error (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_NOT_FOUND,
                       _("%s has no domain “%s”."), customer->name, *domains);
          return FALSE;
        }
      g_strv_builder_add (found, domain);
    }
  part->domains = g_strv_builder_end (found);

  return TRUE;
}

static gboolean
find_people (TptCustomer        *customer,
             const char *const  *people,
             Part               *part,
             GError            **error)
{
  for (; *people != NULL; people++)
    {
      g_autofree char *email = tpt_email_normalize (*people);
      TptStakeholder *person = tpt_customer_find_stakeholder (customer, email);

      if (person == NULL)
        {
          g_set_error (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_NOT_FOUND,
                       _("%s has no stakeholder “%s”."), customer->name, *people);
          return FALSE;
        }
      /* Who is named by two addresses goes once. */
      if (!g_ptr_array_find (part->people, person, NULL))
        g_ptr_array_add (part->people, person);
    }

  return TRUE;
}

static gboolean
is_person (const Part *part,
           gint64      row)
{
  for (guint i = 0; i < part->people->len; i++)
    {
      if (((TptStakeholder *) g_ptr_array_index (part->people, i))->id == row)
        return TRUE;
    }

  return FALSE;
}

/* Whether an address is that of somebody, or at a domain, that goes. Who stays has the address even
 * where its domain goes: a stakeholder counts for more, as in matching. */
static gboolean
is_part (const Part  *part,
         TptCustomer *customer,
         const char  *email)
{
  g_autofree char *address = tpt_email_normalize (email);
  const char *domain = address != NULL ? tpt_email_get_domain (address) : NULL;
  TptStakeholder *person = tpt_customer_find_stakeholder (customer, address);

  if (person != NULL)
    return is_person (part, person->id);
  for (char **next = part->domains; domain != NULL && *next != NULL; next++)
    {
      if (tpt_domain_is_within (domain, *next))
        return TRUE;
    }

  return FALSE;
}

static gboolean
part_links (TptMatchDeed  *deed,
            TptCustomer   *customer,
            TptCustomer   *draft,
            const Part    *part,
            GError       **error)
{
  g_autoptr (GPtrArray) links = NULL;

  if (!tpt_links_table_list (tpt_match_deed_get_session (deed), customer->id, &links, error))
    return FALSE;
  for (guint i = 0; i < links->len; i++)
    {
      TptLink *link = g_ptr_array_index (links, i);

      if ((is_person (part, link->stakeholder) || is_part (part, customer, link->invitee_email))
          && !tpt_match_deed_move_link (deed, link, draft, link->stakeholder, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
part_invitees (TptMatchDeed  *deed,
               TptCustomer   *customer,
               TptCustomer   *draft,
               const Part    *part,
               GError       **error)
{
  g_autoptr (GPtrArray) invitees = NULL;

  if (!tpt_invitees_table_list_customer (tpt_match_deed_get_session (deed), customer->id,
                                         &invitees, error))
    return FALSE;
  for (guint i = 0; i < invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (invitees, i);

      if (invitee->match == TPT_MATCH_MANUAL
          && (is_person (part, invitee->stakeholder) || is_part (part, customer, invitee->email))
          && !tpt_match_deed_choose (deed, invitee, draft->id, invitee->stakeholder,
                                     TPT_MATCH_MANUAL, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
part_rules (TptMatchDeed  *deed,
            TptCustomer   *customer,
            TptCustomer   *draft,
            const Part    *part,
            GError       **error)
{
  g_autoptr (GPtrArray) rules = NULL;

  if (!tpt_match_rules_table_list_customer (tpt_match_deed_get_session (deed), customer->id, &rules,
                                            error))
    return FALSE;
  for (guint i = 0; i < rules->len; i++)
    {
      TptMatchRule *rule = g_ptr_array_index (rules, i);
      g_autofree char *within =
        rule->kind == TPT_MATCH_RULE_DOMAIN ? g_strconcat ("x@", rule->pattern, NULL) : NULL;

      if (rule->kind == TPT_MATCH_RULE_EMAIL || rule->kind == TPT_MATCH_RULE_DOMAIN)
        {
          if (is_part (part, customer, within != NULL ? within : rule->pattern)
              && !set_rule (deed, rule->kind, rule->pattern, draft->id, error))
            return FALSE;
        }
    }

  return TRUE;
}

static gboolean
part_all (TptMatchDeed  *deed,
          TptCustomer   *customer,
          TptCustomer   *draft,
          const Part    *part,
          GError       **error)
{
  if (!tpt_match_deed_take_domains (deed, customer, (const char *const *) part->domains, error)
      || !tpt_match_deed_add_customer (deed, draft, error))
    return FALSE;
  for (guint i = 0; i < part->people->len; i++)
    {
      if (!tpt_match_deed_move_stakeholder (deed, g_ptr_array_index (part->people, i), draft->id,
                                            error))
        return FALSE;
    }

  return part_rules (deed, customer, draft, part, error)
         && part_links (deed, customer, draft, part, error)
         && part_invitees (deed, customer, draft, part, error);
}

/**
 * tpt_customer_union_split:
 * @draft: a new customer, checked; gets tier, owner and cadence from @customer where it has none
 * @domains: of @customer, to go to @draft
 * @people: e-mail addresses of stakeholders of @customer, to go to @draft
 *
 * With them go the links made for them, the rules about them and what was linked with them by hand.
 */
gboolean
tpt_customer_union_split (TptMatchDeed       *deed,
                          TptCustomer        *customer,
                          TptCustomer        *draft,
                          const char *const  *domains,
                          const char *const  *people,
                          GError            **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_auto (GStrv) gone = NULL;
  Part part = { found, NULL };

  if (!find_people (customer, people, &part, error)
      || !find_domains (customer, domains, &part, error))
    return FALSE;
  gone = part.domains;
  if (found->len == 0 && g_strv_length (gone) == 0)
    {
      g_set_error_literal (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_INVALID,
                           _("Say which domains or stakeholders go to the new customer."));
      return FALSE;
    }

  g_strfreev (draft->domains);
  draft->domains = g_strdupv (gone);
  draft->status = customer->status;
  draft->cadence_days = customer->cadence_days;
  if (draft->tier == NULL)
    draft->tier = g_strdup (customer->tier);
  if (draft->owner == NULL)
    draft->owner = g_strdup (customer->owner);

  return part_all (deed, customer, draft, &part, error);
}
