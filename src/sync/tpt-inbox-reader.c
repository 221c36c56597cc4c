/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-inbox-reader.h"

#include "tpt-customers-table.h"
#include "tpt-email.h"
#include "tpt-invitees-table.h"
#include "tpt-links-table.h"
#include "tpt-match-advisor.h"
#include "tpt-meetings-table.h"
#include "tpt-unmatched-view.h"

typedef struct
{
  TptSession *session;
  GPtrArray *entries;      /* (element-type TptInboxEntry) */
  GHashTable *by_address;  /* address → TptInboxEntry of entries */
  GHashTable *chosen;      /* address → gint64 row of the customer chosen last */
  TptMatchAdvisor *advisor;
} Reader;

/* Bookings of one address are one entry; each without a valid one stands alone. */
static void
add_invitee (Reader     *reader,
             TptInvitee *invitee,
             TptMeeting *meeting)
{
  g_autofree char *address = tpt_email_normalize (invitee->email);
  TptInboxEntry *entry = NULL;

  if (address != NULL)
    entry = g_hash_table_lookup (reader->by_address, address);
  if (entry == NULL)
    {
      entry = tpt_inbox_entry_new ();
      entry->key = g_strdup (address != NULL ? address : invitee->uri);
      g_ptr_array_add (reader->entries, entry);
      if (address != NULL)
        g_hash_table_insert (reader->by_address, g_steal_pointer (&address), entry);
    }
  g_ptr_array_add (entry->invitees, g_object_ref (invitee));
  g_ptr_array_add (entry->meetings, g_object_ref (meeting));
}

static gboolean
read_invitees (Reader    *reader,
               gboolean   ignored,
               GError   **error)
{
  g_autoptr (GPtrArray) invitees = NULL;

  if (!tpt_unmatched_view_list (reader->session, ignored, &invitees, error))
    return FALSE;
  for (guint i = 0; i < invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (invitees, i);
      g_autoptr (TptMeeting) meeting = NULL;

      if (!tpt_meetings_table_find (reader->session, invitee->event, &meeting, error))
        return FALSE;
      if (meeting != NULL)
        add_invitee (reader, invitee, meeting);
    }

  return TRUE;
}

static gboolean
read_chosen (Reader  *reader,
             GError **error)
{
  g_autoptr (GPtrArray) matches = NULL;

  if (!tpt_invitees_table_list_chosen (reader->session, &matches, error))
    return FALSE;
  for (guint i = 0; i < matches->len; i++)
    {
      TptInviteeMatch *match = g_ptr_array_index (matches, i);
      char *address = tpt_email_normalize (match->email);

      if (address != NULL)
        g_hash_table_replace (reader->chosen, address,
                              g_memdup2 (&match->customer, sizeof match->customer));
    }

  return TRUE;
}

/* The customer for whom a link was made that one of the bookings came through. */
static gboolean
find_link (Reader         *reader,
           TptInboxEntry  *entry,
           gint64         *customer,
           GError        **error)
{
  *customer = 0;
  for (guint i = 0; i < entry->invitees->len && *customer == 0; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (entry->invitees, i);
      g_autoptr (TptLink) link = NULL;

      if (invitee->link_id == NULL)
        continue;
      if (!tpt_links_table_find (reader->session, invitee->link_id, &link, error))
        return FALSE;
      if (link != NULL)
        *customer = link->customer;
    }

  return TRUE;
}

static gboolean
advise (Reader         *reader,
        TptInboxEntry  *entry,
        GError        **error)
{
  TptInvitee *invitee = tpt_inbox_entry_get_invitee (entry);
  g_autofree char *address = tpt_email_normalize (invitee->email);
  gint64 *former = address != NULL ? g_hash_table_lookup (reader->chosen, address) : NULL;
  TptMatchPerson person = {
    .email = invitee->email,
    .name = invitee->name,
    .answers = invitee->answers,
    .former = former != NULL ? *former : 0,
  };

  if (!find_link (reader, entry, &person.link, error))
    return FALSE;
  entry->match = tpt_match_advisor_advise (reader->advisor, &person);
  if (invitee->match == TPT_MATCH_IGNORED)
    entry->match->reason = TPT_MATCH_IGNORED;
  entry->explanation = tpt_match_explain (entry->match, invitee->email);

  return TRUE;
}

static int
rank (const TptInboxEntry *entry)
{
  switch (entry->match->reason)
    {
    case TPT_MATCH_AMBIGUOUS:
      return 0;
    case TPT_MATCH_NONE:
      return 1;
    case TPT_MATCH_FREE_MAIL:
      return 2;
    case TPT_MATCH_INVALID:
      return 3;
    case TPT_MATCH_INTERNAL:
      return 5;
    case TPT_MATCH_STAKEHOLDER:
    case TPT_MATCH_DOMAIN:
    case TPT_MATCH_MANUAL:
    case TPT_MATCH_IGNORED:
    case TPT_MATCH_RULED:
    case TPT_MATCH_RULED_OUT:
    default:
      return 4;
    }
}

/* What a person can say most about comes first, colleagues last; then the latest meeting. */
static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  TptInboxEntry *first = *(TptInboxEntry *const *) a;
  TptInboxEntry *second = *(TptInboxEntry *const *) b;
  const TptMeeting *meeting = g_ptr_array_index (first->meetings, 0);
  const TptMeeting *other = g_ptr_array_index (second->meetings, 0);
  int order = rank (first) - rank (second);

  if (order != 0)
    return order;
  if (meeting->start != other->start)
    return meeting->start > other->start ? -1 : 1;

  return g_strcmp0 (tpt_inbox_entry_get_invitee (first)->uri,
                    tpt_inbox_entry_get_invitee (second)->uri);
}

/**
 * tpt_inbox_reader_list:
 * @ignored: those that were set aside, instead of those that wait
 * @entries: (out) (element-type TptInboxEntry): one per address
 */
gboolean
tpt_inbox_reader_list (TptSession  *session,
                       TptMatcher  *matcher,
                       gboolean     ignored,
                       GPtrArray  **entries,
                       GError     **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) by_address =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (TptMatchAdvisor) advisor = NULL;
  g_autoptr (GPtrArray) customers = NULL;
  Reader reader = { session, found, by_address, chosen, NULL };
  TptMatchIndex *index = tpt_matcher_get_index (matcher, session, error);

  if (index == NULL || !tpt_customers_table_list (session, &customers, error)
      || !read_invitees (&reader, ignored, error) || !read_chosen (&reader, error))
    return FALSE;
  reader.advisor = advisor = tpt_match_advisor_new (index, customers);
  for (guint i = 0; i < found->len; i++)
    {
      if (!advise (&reader, g_ptr_array_index (found, i), error))
        return FALSE;
    }
  g_ptr_array_sort (found, compare_entries);
  *entries = g_steal_pointer (&found);

  return TRUE;
}
