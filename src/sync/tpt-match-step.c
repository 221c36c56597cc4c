/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-match-step.h"

TptMatchStep *
tpt_match_step_new (TptMatchStepKind kind)
{
  TptMatchStep *self = g_new0 (TptMatchStep, 1);

  self->kind = kind;

  return self;
}

void
tpt_match_step_free (TptMatchStep *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < TPT_MATCH_STEP_TEXTS; i++)
    g_free (self->texts[i]);
  for (guint i = 0; i < TPT_MATCH_STEP_LISTS; i++)
    g_strfreev (self->lists[i]);
  g_free (self);
}

/**
 * tpt_match_step_new_customer:
 *
 * %TPT_MATCH_STEP_CUSTOMER_REMOVED: numbers row, cadence, status, renewal, creation, parts by hand;
 * texts name, tier, owner, external id; lists domains, names and values of fields in turn, names of
 * those that were written by hand.
 */
TptMatchStep *
tpt_match_step_new_customer (TptCustomer *customer)
{
  TptMatchStep *self = tpt_match_step_new (TPT_MATCH_STEP_CUSTOMER_REMOVED);
  g_autoptr (GStrvBuilder) fields = g_strv_builder_new ();
  g_autofree const char **by_hand =
    (const char **) g_hash_table_get_keys_as_array (customer->fields_by_hand, NULL);
  GHashTableIter iter;
  gpointer name, value;

  self->numbers[0] = customer->id;
  self->numbers[1] = customer->cadence_days;
  self->numbers[2] = customer->status;
  self->numbers[3] = customer->renewal_at;
  self->numbers[4] = customer->created_at;
  self->numbers[5] = customer->by_hand;
  self->texts[0] = g_strdup (customer->name);
  self->texts[1] = g_strdup (customer->tier);
  self->texts[2] = g_strdup (customer->owner);
  self->texts[3] = g_strdup (customer->external_id);
  self->lists[0] = g_strdupv (customer->domains);
  g_hash_table_iter_init (&iter, customer->fields);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_strv_builder_add_many (fields, (char *) name, value != NULL ? (char *) value : "", NULL);
  self->lists[1] = g_strv_builder_end (fields);
  self->lists[2] = g_strdupv ((char **) by_hand);

  return self;
}

/** tpt_match_step_make_customer: (transfer full): without its stakeholders */
TptCustomer *
tpt_match_step_make_customer (const TptMatchStep *self)
{
  TptCustomer *customer = tpt_customer_new ();

  customer->id = self->numbers[0];
  customer->cadence_days = (int) self->numbers[1];
  customer->status = (TptCustomerStatus) self->numbers[2];
  customer->renewal_at = self->numbers[3];
  customer->created_at = self->numbers[4];
  customer->by_hand = (TptCustomerParts) self->numbers[5];
  customer->name = g_strdup (self->texts[0]);
  customer->tier = g_strdup (self->texts[1]);
  customer->owner = g_strdup (self->texts[2]);
  customer->external_id = g_strdup (self->texts[3]);
  g_strfreev (customer->domains);
  customer->domains = g_strdupv (self->lists[0]);
  for (char **next = self->lists[1]; next[0] != NULL && next[1] != NULL; next += 2)
    g_hash_table_replace (customer->fields, g_strdup (next[0]), g_strdup (next[1]));
  for (char **name = self->lists[2]; *name != NULL; name++)
    g_hash_table_add (customer->fields_by_hand, g_strdup (*name));

  return customer;
}

/**
 * tpt_match_step_new_stakeholder:
 *
 * %TPT_MATCH_STEP_STAKEHOLDER_REMOVED: numbers row, customer, creation, parts by hand; texts name,
 * e-mail, role, phone, time zone; list: further e-mails, which what was done before there were any
 * does not have.
 */
TptMatchStep *
tpt_match_step_new_stakeholder (TptStakeholder *stakeholder)
{
  TptMatchStep *self = tpt_match_step_new (TPT_MATCH_STEP_STAKEHOLDER_REMOVED);

  self->numbers[0] = stakeholder->id;
  self->numbers[1] = stakeholder->customer;
  self->numbers[2] = stakeholder->created_at;
  self->numbers[3] = stakeholder->by_hand;
  self->texts[0] = g_strdup (stakeholder->name);
  self->texts[1] = g_strdup (tpt_stakeholder_get_email (stakeholder));
  self->texts[2] = g_strdup (stakeholder->role);
  self->texts[3] = g_strdup (stakeholder->phone);
  self->texts[4] = g_strdup (stakeholder->timezone);
  if (self->texts[1] != NULL)
    self->lists[0] = g_strdupv (stakeholder->emails + 1);

  return self;
}

/** tpt_match_step_make_stakeholder: (transfer full) */
TptStakeholder *
tpt_match_step_make_stakeholder (const TptMatchStep *self)
{
  TptStakeholder *stakeholder = tpt_stakeholder_new ();

  stakeholder->id = self->numbers[0];
  stakeholder->customer = self->numbers[1];
  stakeholder->created_at = self->numbers[2];
  stakeholder->by_hand = (TptStakeholderParts) self->numbers[3];
  stakeholder->name = g_strdup (self->texts[0]);
  tpt_stakeholder_add_email (stakeholder, self->texts[1]);
  for (char **next = self->lists[0]; next != NULL && *next != NULL; next++)
    tpt_stakeholder_add_email (stakeholder, *next);
  stakeholder->role = g_strdup (self->texts[2]);
  stakeholder->phone = g_strdup (self->texts[3]);
  stakeholder->timezone = g_strdup (self->texts[4]);

  return stakeholder;
}

void
tpt_match_step_put (const TptMatchStep *self,
                    TptPack            *pack)
{
  static const char *const nothing[] = { NULL };

  tpt_pack_put_int (pack, self->kind);
  for (guint i = 0; i < TPT_MATCH_STEP_NUMBERS; i++)
    tpt_pack_put_int (pack, self->numbers[i]);
  for (guint i = 0; i < TPT_MATCH_STEP_TEXTS; i++)
    tpt_pack_put_string (pack, self->texts[i]);
  for (guint i = 0; i < TPT_MATCH_STEP_LISTS; i++)
    tpt_pack_put_strv (pack, self->lists[i] != NULL ? (const char *const *) self->lists[i]
                                                    : nothing);
}

/** tpt_match_step_take: (transfer full): what tpt_match_step_put () put */
TptMatchStep *
tpt_match_step_take (TptPack *pack)
{
  TptMatchStep *self = tpt_match_step_new ((TptMatchStepKind) tpt_pack_take_int (pack));

  for (guint i = 0; i < TPT_MATCH_STEP_NUMBERS; i++)
    self->numbers[i] = tpt_pack_take_int (pack);
  for (guint i = 0; i < TPT_MATCH_STEP_TEXTS; i++)
    self->texts[i] = tpt_pack_take_string (pack);
  for (guint i = 0; i < TPT_MATCH_STEP_LISTS; i++)
    self->lists[i] = tpt_pack_take_strv (pack);

  return self;
}
