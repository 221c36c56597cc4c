/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-search-document.h"

static void
entry_clear (gpointer data)
{
  TptSearchEntry *entry = data;

  g_free (entry->text);
}

/** tpt_search_document_new: one of the two rows is 0 */
TptSearchDocument *
tpt_search_document_new (gint64 customer,
                         gint64 meeting)
{
  TptSearchDocument *self = g_new0 (TptSearchDocument, 1);

  self->customer = customer;
  self->meeting = meeting;
  self->entries = g_array_new (FALSE, FALSE, sizeof (TptSearchEntry));
  g_array_set_clear_func (self->entries, entry_clear);

  return self;
}

/** tpt_search_document_add: another text for @customer, which may be 0 for none */
void
tpt_search_document_add (TptSearchDocument *self,
                         gint64             customer,
                         const char        *text)
{
  TptSearchEntry entry = { customer, g_strdup (text) };
  guint place = self->entries->len;

  for (guint i = 0; i < self->entries->len; i++)
    {
      if (g_array_index (self->entries, TptSearchEntry, i).customer == customer)
        place = i + 1;
    }
  g_array_insert_val (self->entries, place, entry);
}

void
tpt_search_document_free (TptSearchDocument *self)
{
  g_array_unref (self->entries);
  g_free (self->title);
  g_free (self);
}
