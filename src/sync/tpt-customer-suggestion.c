/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customer-suggestion.h"

#include <string.h>

#include "tpt-domain.h"
#include "tpt-inbox-entry.h"
#include "tpt-likeness.h"

G_DEFINE_FINAL_TYPE (TptCustomerSuggestion, tpt_customer_suggestion, G_TYPE_OBJECT)

static void
tpt_customer_suggestion_finalize (GObject *object)
{
  TptCustomerSuggestion *self = TPT_CUSTOMER_SUGGESTION (object);

  g_free (self->domain);
  g_free (self->name);

  G_OBJECT_CLASS (tpt_customer_suggestion_parent_class)->finalize (object);
}

static void
tpt_customer_suggestion_class_init (TptCustomerSuggestionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_customer_suggestion_finalize;
}

static void
tpt_customer_suggestion_init (TptCustomerSuggestion *self)
{
}

/**
 * tpt_customer_suggestion_make_name:
 * @domain: normalized
 *
 * Returns: (transfer full): such as “Blue River” for `mail.blue-river.co.uk`
 */
char *
tpt_customer_suggestion_make_name (const char *domain)
{
  const char *registrable = tpt_domain_get_registrable (domain);
  g_autofree char *shown = g_hostname_to_unicode (registrable != NULL ? registrable : domain);
  g_autofree char *label = g_strdup (shown != NULL ? shown : domain);
  GString *name = g_string_new (NULL);
  gboolean begins = TRUE;

  *strchrnul (label, '.') = '\0';
  for (const char *next = label; *next != '\0'; next = g_utf8_next_char (next))
    {
      gunichar letter = g_utf8_get_char (next);

      if (letter == '-' || letter == '_')
        {
          begins = TRUE;
          continue;
        }
      if (begins && name->len > 0)
        g_string_append_c (name, ' ');
      g_string_append_unichar (name, begins ? g_unichar_totitle (letter) : letter);
      begins = FALSE;
    }

  return g_string_free (name, FALSE);
}

/* Whether the domain is probably one more of a customer that there is: then its people say so. */
static gboolean
is_known (const TptInboxEntry *entry,
          const char          *domain)
{
  const GPtrArray *candidates = entry->match->candidates;
  g_autofree char *name = tpt_customer_suggestion_make_name (domain);
  g_autofree char *folded = tpt_likeness_fold_company (name);

  for (guint i = 0; i < candidates->len; i++)
    {
      const TptMatchCandidate *candidate = g_ptr_array_index (candidates, i);
      g_autofree char *known = tpt_likeness_fold_company (candidate->customer->name);

      if (strcmp (folded, known) == 0)
        return TRUE;
    }

  return FALSE;
}

static TptCustomerSuggestion *
find_suggestion (GHashTable *by_domain,
                 GPtrArray  *suggestions,
                 const char *domain)
{
  TptCustomerSuggestion *suggestion = g_hash_table_lookup (by_domain, domain);

  if (suggestion != NULL)
    return suggestion;

  suggestion = g_object_new (TPT_TYPE_CUSTOMER_SUGGESTION, NULL);
  suggestion->domain = g_strdup (domain);
  suggestion->name = tpt_customer_suggestion_make_name (domain);
  suggestion->last_at = TPT_TIME_NONE;
  suggestion->uris = g_hash_table_new (g_str_hash, g_str_equal);
  g_ptr_array_add (suggestions, suggestion);
  g_hash_table_insert (by_domain, suggestion->domain, suggestion);

  return suggestion;
}

/* People of one domain meet together; the URIs live no longer than the entries. */
static void
count_meetings (TptCustomerSuggestion *suggestion)
{
  suggestion->meetings = g_hash_table_size (suggestion->uris);
  g_clear_pointer (&suggestion->uris, g_hash_table_unref);
}

static int
compare_suggestions (gconstpointer a,
                     gconstpointer b)
{
  const TptCustomerSuggestion *first = *(TptCustomerSuggestion *const *) a;
  const TptCustomerSuggestion *second = *(TptCustomerSuggestion *const *) b;

  if (first->meetings != second->meetings)
    return first->meetings > second->meetings ? -1 : 1;
  if (first->last_at != second->last_at)
    return first->last_at > second->last_at ? -1 : 1;

  return strcmp (first->domain, second->domain);
}

/**
 * tpt_customer_suggestion_make_all:
 * @entries: (element-type TptInboxEntry): who waits
 *
 * Free-mail domains, one's own and those set aside never are among them: their entries say so.
 *
 * Returns: (transfer full) (element-type TptCustomerSuggestion): the one with most meetings first
 */
GPtrArray *
tpt_customer_suggestion_make_all (const GPtrArray *entries)
{
  GPtrArray *suggestions = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) by_domain = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < entries->len; i++)
    {
      TptInboxEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *domain = tpt_inbox_entry_dup_domain (entry);
      const char *registrable = domain != NULL ? tpt_domain_get_registrable (domain) : NULL;
      const TptMeeting *latest = g_ptr_array_index (entry->meetings, 0);
      TptCustomerSuggestion *suggestion;

      if (entry->match->reason != TPT_MATCH_NONE || registrable == NULL
          || is_known (entry, registrable))
        continue;
      suggestion = find_suggestion (by_domain, suggestions, registrable);
      suggestion->people++;
      tpt_inbox_entry_collect_meetings (entry, suggestion->uris);
      suggestion->last_at = MAX (suggestion->last_at, latest->start);
    }
  for (guint i = 0; i < suggestions->len; i++)
    count_meetings (g_ptr_array_index (suggestions, i));
  g_ptr_array_sort (suggestions, compare_suggestions);

  return suggestions;
}
