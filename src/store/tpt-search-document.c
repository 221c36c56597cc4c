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

/* Takes @text. */
static void
add_entry (TptSearchDocument *self,
           gint64             customer,
           char              *text)
{
  TptSearchEntry entry = { customer, text };
  guint place = self->entries->len;

  for (guint i = 0; i < self->entries->len; i++)
    {
      if (g_array_index (self->entries, TptSearchEntry, i).customer == customer)
        place = i + 1;
    }
  g_array_insert_val (self->entries, place, entry);
}

/** tpt_search_document_add: another text for @customer, which may be 0 for none */
void
tpt_search_document_add (TptSearchDocument *self,
                         gint64             customer,
                         const char        *text)
{
  add_entry (self, customer, g_strdup (text));
}

/** tpt_search_document_add_person: an invitee of the meeting; @email and @name are nullable */
void
tpt_search_document_add_person (TptSearchDocument *self,
                                gint64             customer,
                                const char        *email,
                                const char        *name)
{
  add_entry (self, customer,
             g_strconcat (email != NULL ? " " : "", email != NULL ? email : "",
                          name != NULL ? " " : "", name, NULL));
}

/** tpt_search_document_end: that is all of the meeting, which counts without anybody in it, too */
void
tpt_search_document_end (TptSearchDocument *self)
{
  if (self->entries->len == 0)
    tpt_search_document_add (self, 0, "");
}

void
tpt_search_document_free (TptSearchDocument *self)
{
  g_array_unref (self->entries);
  g_free (self->title);
  g_free (self);
}
