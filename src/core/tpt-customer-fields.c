/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customer-fields.h"

#include <string.h>

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const char *first = *(const char *const *) a;
  const char *second = *(const char *const *) b;
  int order = g_utf8_collate (first, second);

  return order != 0 ? order : strcmp (first, second);
}

/** tpt_customer_fields_list_names: (transfer full): as a reader looks for them */
GStrv
tpt_customer_fields_list_names (TptCustomer *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->fields);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);

  return (GStrv) g_ptr_array_steal (names, NULL);
}

static gboolean
has_same (TptCustomer *self,
          const char  *name,
          const char  *value)
{
  return g_strcmp0 (g_hash_table_lookup (self->fields, name), value) == 0;
}

gboolean
tpt_customer_fields_are_same (TptCustomer *self,
                              TptCustomer *other)
{
  GHashTableIter iter;
  gpointer name, value;

  if (g_hash_table_size (self->fields) != g_hash_table_size (other->fields))
    return FALSE;

  g_hash_table_iter_init (&iter, self->fields);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (!has_same (other, name, value))
        return FALSE;
    }

  return TRUE;
}

/* Those that @wanted has not. */
static void
remove_missing (TptCustomer *self,
                TptCustomer *wanted)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->fields);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      if (g_hash_table_contains (wanted->fields, name))
        continue;
      g_hash_table_remove (self->fields_by_hand, name);
      g_hash_table_iter_remove (&iter);
    }
}

/**
 * tpt_customer_fields_write:
 *
 * Gives it the fields of @wanted. What changes was written by hand; what goes is open to lists
 * again.
 */
void
tpt_customer_fields_write (TptCustomer *self,
                           TptCustomer *wanted)
{
  GHashTableIter iter;
  gpointer name, value;

  remove_missing (self, wanted);
  g_hash_table_iter_init (&iter, wanted->fields);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (has_same (self, name, value))
        continue;
      g_hash_table_replace (self->fields, g_strdup (name), g_strdup (value));
      g_hash_table_add (self->fields_by_hand, g_strdup (name));
    }
}

/**
 * tpt_customer_fields_fold:
 * @said: what a list says; it says nothing of fields that it does not have
 *
 * What somebody wrote by hand stays as it is. Returns: whether anything is different now
 */
gboolean
tpt_customer_fields_fold (TptCustomer *self,
                          TptCustomer *said)
{
  GHashTableIter iter;
  gpointer name, value;
  gboolean changed = FALSE;

  g_hash_table_iter_init (&iter, said->fields);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (has_same (self, name, value) || g_hash_table_contains (self->fields_by_hand, name))
        continue;
      g_hash_table_replace (self->fields, g_strdup (name), g_strdup (value));
      changed = TRUE;
    }

  return changed;
}
