/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-chain.h"

#include "tpt-invitees-table.h"

/* A booking whose successor is known was replaced, whatever it says of itself. */
static gboolean
replace_by (TptInvitee *invitee,
            const char *next)
{
  if (invitee->canceled && invitee->rescheduled && invitee->new_invitee != NULL)
    return FALSE;

  invitee->canceled = TRUE;
  invitee->rescheduled = TRUE;
  if (invitee->new_invitee == NULL)
    invitee->new_invitee = g_strdup (next);

  return TRUE;
}

static gboolean
join_neighbor (TptSession  *session,
               TptInvitee  *invitee,
               TptInvitee  *neighbor,
               GError     **error)
{
  gboolean is_previous = g_strcmp0 (neighbor->uri, invitee->old_invitee) == 0
                         || g_strcmp0 (neighbor->new_invitee, invitee->uri) == 0;
  gboolean changed = FALSE;

  if (is_previous)
    {
      changed = replace_by (neighbor, invitee->uri);
      if (invitee->old_invitee == NULL)
        invitee->old_invitee = g_strdup (neighbor->uri);
    }
  else
    {
      replace_by (invitee, neighbor->uri);
      if (neighbor->old_invitee == NULL)
        {
          neighbor->old_invitee = g_strdup (invitee->uri);
          changed = TRUE;
        }
    }

  return !changed || tpt_invitees_table_save_chained (session, neighbor, error);
}

/* The booking that @invitee itself points at; it may not be known. */
static gboolean
join_named (TptSession  *session,
            TptInvitee  *invitee,
            const char  *uri,
            GError     **error)
{
  g_autoptr (TptInvitee) neighbor = NULL;

  if (uri == NULL)
    return TRUE;
  if (!tpt_invitees_table_find (session, uri, &neighbor, error))
    return FALSE;

  return neighbor == NULL || join_neighbor (session, invitee, neighbor, error);
}

/**
 * tpt_chain_join:
 * @invitee: about to be saved; completed with what the bookings beside it in its chain say
 *
 * Lets both ends of a reschedule know of each other, so that it makes no difference which of the
 * two was heard of first, or whether only one of them ever is.
 */
gboolean
tpt_chain_join (TptSession  *session,
                TptInvitee  *invitee,
                GError     **error)
{
  g_autoptr (GPtrArray) neighbors = NULL;

  if (!join_named (session, invitee, invitee->old_invitee, error)
      || !join_named (session, invitee, invitee->new_invitee, error)
      || !tpt_invitees_table_list_neighbors (session, invitee->uri, &neighbors, error))
    return FALSE;
  for (guint i = 0; i < neighbors->len; i++)
    {
      if (!join_neighbor (session, invitee, g_ptr_array_index (neighbors, i), error))
        return FALSE;
    }
  if (invitee->new_invitee != NULL)
    replace_by (invitee, invitee->new_invitee);

  return TRUE;
}
