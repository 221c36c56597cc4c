/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-hand-edit.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-customers-table.h"
#include "tpt-field-edit.h"
#include "tpt-invitees-table.h"
#include "tpt-links-table.h"
#include "tpt-match-act.h"
#include "tpt-match-rules-table.h"
#include "tpt-person-emails.h"
#include "tpt-stakeholders-table.h"

/* The parts of which a step keeps the text. */
#define PERSON_TEXTS                                                                               \
  (TPT_STAKEHOLDER_NAME | TPT_STAKEHOLDER_ROLE | TPT_STAKEHOLDER_PHONE | TPT_STAKEHOLDER_TIMEZONE)

static gboolean
check_zone (TptStakeholder       *wanted,
            TptStakeholderParts   parts,
            GError              **error)
{
  g_autoptr (GTimeZone) zone = NULL;

  if ((parts & TPT_STAKEHOLDER_TIMEZONE) == 0 || wanted->timezone == NULL
      || *wanted->timezone == '\0')
    return TRUE;
  zone = tpt_time_zone_new (wanted->timezone);
  if (zone == NULL)
    g_set_error (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_INVALID,
                 _("There is no time zone “%s”."), wanted->timezone);

  return zone != NULL;
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static GStrv
list_person (TptStakeholder *person)
{
  const char *const texts[] = { or_empty (person->name), or_empty (person->role),
                                or_empty (person->phone), or_empty (person->timezone), NULL };

  return g_strdupv ((char **) texts);
}

static TptStakeholder *
make_person (GStrv texts)
{
  TptStakeholder *person = tpt_stakeholder_new ();

  person->name = g_strdup (texts[0]);
  person->role = g_strdup (texts[1]);
  person->phone = g_strdup (texts[2]);
  person->timezone = g_strdup (texts[3]);

  return person;
}

/**
 * tpt_hand_edit_add_person:
 * @customer: as it is stored
 * @wanted: somebody new there; their row is set
 *
 * Number of its step: row.
 */
gboolean
tpt_hand_edit_add_person (TptMatchDeed    *deed,
                          TptCustomer     *customer,
                          TptStakeholder  *wanted,
                          GError         **error)
{
  g_autoptr (TptStakeholder) known = tpt_stakeholder_new ();

  if (!check_zone (wanted, PERSON_TEXTS, error)
      || !tpt_person_emails_check (customer, NULL, (const char *const *) wanted->emails, known,
                                   error)
      || !tpt_person_emails_check_name (wanted->name, (const char *const *) known->emails, error))
    return FALSE;

  known->customer = customer->id;
  tpt_stakeholder_write (known, wanted, PERSON_TEXTS);
  if (!tpt_stakeholders_table_save (tpt_match_deed_get_session (deed), known, error))
    return FALSE;
  wanted->id = known->id;
  tpt_match_deed_note (deed, TPT_MATCH_STEP_STAKEHOLDER_ADDED)->numbers[0] = known->id;

  return TRUE;
}

/* Numbers of its step: row, parts, parts that were by hand before; lists: the former texts and the
 * new ones. */
static gboolean
change_texts (TptMatchDeed         *deed,
              TptStakeholder       *person,
              TptStakeholder       *wanted,
              TptStakeholderParts   parts,
              GError              **error)
{
  TptMatchStep *step;

  if (parts == 0)
    return TRUE;

  step = tpt_match_deed_note (deed, TPT_MATCH_STEP_STAKEHOLDER_CHANGED);
  step->numbers[0] = person->id;
  step->numbers[1] = parts;
  step->numbers[2] = person->by_hand;
  step->lists[0] = list_person (person);
  tpt_stakeholder_write (person, wanted, parts);
  step->lists[1] = list_person (person);

  return tpt_stakeholders_table_save (tpt_match_deed_get_session (deed), person, error);
}

/**
 * tpt_hand_edit_change_person:
 * @customer: as it is stored
 * @wanted: in the row of one of its people
 * @parts: what somebody wrote; the rest of @wanted says nothing
 */
gboolean
tpt_hand_edit_change_person (TptMatchDeed         *deed,
                             TptCustomer          *customer,
                             TptStakeholder       *wanted,
                             TptStakeholderParts   parts,
                             GError              **error)
{
  TptStakeholder *person = tpt_person_emails_find (customer, wanted->id, error);

  if (person == NULL || !check_zone (wanted, parts, error)
      || !change_texts (deed, person, wanted, parts & PERSON_TEXTS, error))
    return FALSE;
  if ((parts & TPT_STAKEHOLDER_EMAILS) == 0)
    return tpt_person_emails_check_name (person->name, (const char *const *) person->emails,
                                         error);

  return tpt_person_emails_set (deed, customer, person->id, (const char *const *) wanted->emails,
                                error);
}

/* Links go on being the customer's. */
static gboolean
release_links (TptMatchDeed    *deed,
               TptCustomer     *customer,
               TptStakeholder  *person,
               GError         **error)
{
  g_autoptr (GPtrArray) links = NULL;

  if (!tpt_links_table_list (tpt_match_deed_get_session (deed), customer->id, &links, error))
    return FALSE;
  for (guint i = 0; i < links->len; i++)
    {
      TptLink *link = g_ptr_array_index (links, i);

      if (link->stakeholder == person->id
          && !tpt_match_deed_move_link (deed, link, customer, 0, error))
        return FALSE;
    }

  return TRUE;
}

/* What was linked by hand stays with the customer; what the rules said they say again. */
static gboolean
release_invitees (TptMatchDeed    *deed,
                  TptCustomer     *customer,
                  TptStakeholder  *person,
                  GError         **error)
{
  g_autoptr (GPtrArray) invitees = NULL;

  if (!tpt_invitees_table_list_customer (tpt_match_deed_get_session (deed), customer->id,
                                         &invitees, error))
    return FALSE;
  for (guint i = 0; i < invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (invitees, i);

      if (invitee->stakeholder == person->id && invitee->match == TPT_MATCH_MANUAL
          && !tpt_match_deed_choose (deed, invitee, customer->id, 0, TPT_MATCH_MANUAL, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * tpt_hand_edit_remove_person:
 * @customer: as it is stored
 * @stakeholder: row of one of its people
 *
 * Their links and what was linked with them by hand stay with the customer.
 */
gboolean
tpt_hand_edit_remove_person (TptMatchDeed  *deed,
                             TptCustomer   *customer,
                             gint64         stakeholder,
                             GError       **error)
{
  TptStakeholder *person = tpt_person_emails_find (customer, stakeholder, error);

  return person != NULL && release_links (deed, customer, person, error)
         && release_invitees (deed, customer, person, error)
         && tpt_match_deed_remove_stakeholder (deed, person, error);
}

/** tpt_hand_edit_check_customer: whether another has the name or the external id of @wanted */
gboolean
tpt_hand_edit_check_customer (TptSession        *session,
                              TptCustomer       *wanted,
                              TptCustomerParts   parts,
                              GError           **error)
{
  g_autoptr (TptCustomer) namesake = NULL;
  g_autoptr (TptCustomer) other = NULL;

  if ((parts & TPT_CUSTOMER_NAME) != 0
      && !tpt_customers_table_find_name (session, wanted->name, &namesake, error))
    return FALSE;
  if (namesake != NULL && namesake->id != wanted->id)
    {
      g_set_error (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_EXISTS,
                   _("There is a customer called “%s” already."), namesake->name);
      return FALSE;
    }
  if ((parts & TPT_CUSTOMER_EXTERNAL_ID) != 0 && wanted->external_id != NULL
      && !tpt_customers_table_find_external (session, wanted->external_id, &other, error))
    return FALSE;
  if (other != NULL && other->id != wanted->id)
    {
      g_set_error (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_EXISTS,
                   _("%s has the external ID “%s” already."), other->name, wanted->external_id);
      return FALSE;
    }

  return TRUE;
}

/* Lists go on calling the customer by the name that it had; its links call it by the new one. */
static gboolean
rename_customer (TptMatchDeed  *deed,
                 TptCustomer   *customer,
                 const char    *former,
                 GError       **error)
{
  g_autoptr (TptMatchRule) rule = tpt_match_rule_new (TPT_MATCH_RULE_NAME, former, customer->id);
  g_autoptr (GPtrArray) links = NULL;

  if (!tpt_match_deed_set_rule (deed, rule, error)
      || !tpt_links_table_list (tpt_match_deed_get_session (deed), customer->id, &links, error))
    return FALSE;
  for (guint i = 0; i < links->len; i++)
    {
      TptLink *link = g_ptr_array_index (links, i);

      if (!tpt_match_deed_move_link (deed, link, customer, link->stakeholder, error))
        return FALSE;
    }

  return TRUE;
}

static GStrv
list_customer (TptCustomer *customer)
{
  g_autofree char *cadence = g_strdup_printf ("%d", customer->cadence_days);
  g_autofree char *status = g_strdup_printf ("%d", customer->status);
  g_autofree char *renewal = g_strdup_printf ("%" G_GINT64_FORMAT, customer->renewal_at);
  const char *const texts[] = { or_empty (customer->name), or_empty (customer->tier),
                                or_empty (customer->owner), or_empty (customer->external_id),
                                cadence, status, renewal, NULL };

  return g_strdupv ((char **) texts);
}

static TptCustomer *
make_customer (GStrv texts)
{
  TptCustomer *customer = tpt_customer_new ();

  customer->name = g_strdup (texts[0]);
  customer->tier = g_strdup (texts[1]);
  customer->owner = g_strdup (texts[2]);
  customer->external_id = g_strdup (texts[3]);
  customer->cadence_days = atoi (texts[4]);
  customer->status = (TptCustomerStatus) atoi (texts[5]);
  customer->renewal_at = g_ascii_strtoll (texts[6], NULL, 10);

  return customer;
}

/* Those of @domains that are not among @others. */
static GStrv
list_missing (GStrv domains,
              GStrv others)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (; *domains != NULL; domains++)
    {
      if (!g_strv_contains ((const char *const *) others, *domains))
        g_strv_builder_add (builder, *domains);
    }

  return g_strv_builder_end (builder);
}

/**
 * tpt_hand_edit_change_customer:
 * @customer: as it is stored
 * @wanted: in the row of @customer; its domains in their normal form
 * @parts: what somebody wrote; the rest of @wanted says nothing
 *
 * Numbers of its step: row, parts, parts that were by hand before; lists: the former texts and the
 * new ones. Domains go in and out as in a merge; fields are a step of their own.
 */
gboolean
tpt_hand_edit_change_customer (TptMatchDeed      *deed,
                               TptCustomer       *customer,
                               TptCustomer       *wanted,
                               TptCustomerParts   parts,
                               GError           **error)
{
  TptSession *session = tpt_match_deed_get_session (deed);
  g_autofree char *former = g_strdup (customer->name);
  TptMatchStep *step;

  if (!tpt_hand_edit_check_customer (session, wanted, parts, error))
    return FALSE;
  parts &= tpt_customer_compare (customer, wanted);
  if (parts == 0)
    return TRUE;

  if ((parts & TPT_CUSTOMER_DOMAINS) != 0)
    {
      step = tpt_match_deed_note (deed, TPT_MATCH_STEP_CUSTOMER_FILLED);
      step->numbers[0] = customer->id;
      step->lists[0] = list_missing (wanted->domains, customer->domains);
      step->lists[1] = list_missing (customer->domains, wanted->domains);
    }
  if ((parts & TPT_CUSTOMER_FIELDS) != 0)
    tpt_field_edit_write (deed, customer, wanted);
  parts &= ~TPT_CUSTOMER_FIELDS;
  if (parts != 0)
    {
      step = tpt_match_deed_note (deed, TPT_MATCH_STEP_CUSTOMER_CHANGED);
      step->numbers[0] = customer->id;
      step->numbers[1] = parts;
      step->numbers[2] = customer->by_hand;
      step->lists[0] = list_customer (customer);
      tpt_customer_write (customer, wanted, parts);
      step->lists[1] = list_customer (customer);
    }

  return tpt_customers_table_save (session, customer, error)
         && ((parts & TPT_CUSTOMER_NAME) == 0 || former == NULL
             || rename_customer (deed, customer, former, error));
}

/** tpt_hand_edit_unadd_person: somebody for whom links were made since is not new any more */
gboolean
tpt_hand_edit_unadd_person (TptSession  *session,
                            gint64       row,
                            GError     **error)
{
  g_autoptr (TptStakeholder) person = NULL;
  g_autoptr (GPtrArray) links = NULL;

  if (!tpt_stakeholders_table_load (session, row, &person, error))
    return FALSE;
  if (person == NULL)
    return TRUE;
  if (!tpt_links_table_list (session, person->customer, &links, error))
    return FALSE;
  for (guint i = 0; i < links->len; i++)
    {
      if (((TptLink *) g_ptr_array_index (links, i))->stakeholder != row)
        continue;
      g_set_error_literal (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_IN_USE,
                           _("Links were made for this stakeholder since, so they stay."));
      return FALSE;
    }

  return tpt_stakeholders_table_remove (session, row, error);
}

/**
 * tpt_hand_edit_revert_person:
 * @row: where the person is now
 *
 * What was written is taken back, unless it was changed since.
 */
gboolean
tpt_hand_edit_revert_person (TptSession          *session,
                             const TptMatchStep  *step,
                             gint64               row,
                             GError             **error)
{
  g_autoptr (TptStakeholder) former = make_person (step->lists[0]);
  g_autoptr (TptStakeholder) written = make_person (step->lists[1]);
  g_autoptr (TptStakeholder) person = NULL;
  TptStakeholderParts parts = (TptStakeholderParts) step->numbers[1];

  if (!tpt_stakeholders_table_load (session, row, &person, error))
    return FALSE;
  if (person == NULL)
    return TRUE;
  parts &= ~tpt_stakeholder_compare (person, written);
  tpt_stakeholder_write (person, former, parts);
  person->by_hand = (person->by_hand & ~parts) | (step->numbers[2] & parts);

  return tpt_stakeholders_table_save (session, person, error);
}

/** tpt_hand_edit_revert_customer: as of a person; @row: where the customer is now */
gboolean
tpt_hand_edit_revert_customer (TptSession          *session,
                               const TptMatchStep  *step,
                               gint64               row,
                               GError             **error)
{
  g_autoptr (TptCustomer) former = make_customer (step->lists[0]);
  g_autoptr (TptCustomer) written = make_customer (step->lists[1]);
  g_autoptr (TptCustomer) customer = NULL;
  TptCustomerParts parts = (TptCustomerParts) step->numbers[1];
  TptCustomerParts texts;

  if (!tpt_customers_table_load (session, row, &customer, error))
    return FALSE;
  if (customer == NULL)
    return TRUE;
  texts = parts & ~tpt_customer_compare (customer, written) & ~TPT_CUSTOMER_DOMAINS;
  parts = texts | (parts & TPT_CUSTOMER_DOMAINS);
  tpt_customer_write (customer, former, texts);
  customer->by_hand = (customer->by_hand & ~parts) | (step->numbers[2] & parts);

  return tpt_customers_table_save (session, customer, error);
}
