/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-field-edit.h"

#include "tpt-customer-fields.h"
#include "tpt-customers-table.h"

/* Said of each field: its name, its value, and whether that was written by hand. */
#define PER_FIELD 3
#define BY_HAND "by-hand"

static GStrv
list_fields (TptCustomer *customer)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, customer->fields);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_strv_builder_add_many (builder, (char *) name, value != NULL ? (char *) value : "",
                             g_hash_table_contains (customer->fields_by_hand, name) ? BY_HAND : "",
                             NULL);

  return g_strv_builder_end (builder);
}

/* Returns: (nullable): where in @list the field is */
static char **
find_field (GStrv       list,
            const char *name)
{
  guint length = g_strv_length (list);

  for (guint i = 0; i + PER_FIELD <= length; i += PER_FIELD)
    {
      if (g_strcmp0 (list[i], name) == 0)
        return &list[i];
    }

  return NULL;
}

/**
 * tpt_field_edit_write:
 * @customer: as it is stored; gets the fields of @wanted, and has to be saved
 *
 * Number of its step: row; lists: the former fields and the new ones, three texts for each.
 */
void
tpt_field_edit_write (TptMatchDeed *deed,
                      TptCustomer  *customer,
                      TptCustomer  *wanted)
{
  TptMatchStep *step = tpt_match_deed_note (deed, TPT_MATCH_STEP_CUSTOMER_FIELDS);

  step->numbers[0] = customer->id;
  step->lists[0] = list_fields (customer);
  tpt_customer_fields_write (customer, wanted);
  step->lists[1] = list_fields (customer);
}

/* One that is not what was written has been changed since, and stays. */
static void
revert_field (TptCustomer *customer,
              const char  *name,
              char       **former,
              char       **written)
{
  const char *value = g_hash_table_lookup (customer->fields, name);

  if (g_strcmp0 (value, written != NULL ? written[1] : NULL) != 0)
    return;

  if (former != NULL)
    g_hash_table_replace (customer->fields, g_strdup (name), g_strdup (former[1]));
  else
    g_hash_table_remove (customer->fields, name);
  if (former != NULL && *former[2] != '\0')
    g_hash_table_add (customer->fields_by_hand, g_strdup (name));
  else
    g_hash_table_remove (customer->fields_by_hand, name);
}

/**
 * tpt_field_edit_revert:
 * @row: where the customer is now
 *
 * What was written is taken back, unless it was changed since.
 */
gboolean
tpt_field_edit_revert (TptSession          *session,
                       const TptMatchStep  *step,
                       gint64               row,
                       GError             **error)
{
  g_autoptr (TptCustomer) customer = NULL;
  guint n_former = g_strv_length (step->lists[0]);
  guint n_written = g_strv_length (step->lists[1]);

  if (!tpt_customers_table_load (session, row, &customer, error))
    return FALSE;
  if (customer == NULL)
    return TRUE;

  for (guint i = 0; i + PER_FIELD <= n_written; i += PER_FIELD)
    {
      char **written = &step->lists[1][i];

      revert_field (customer, *written, find_field (step->lists[0], *written), written);
    }
  for (guint i = 0; i + PER_FIELD <= n_former; i += PER_FIELD)
    {
      char **former = &step->lists[0][i];

      if (find_field (step->lists[1], *former) == NULL)
        revert_field (customer, *former, former, NULL);
    }

  return tpt_customers_table_save (session, customer, error);
}
