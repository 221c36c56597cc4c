/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-ledger.h"

#include "tpt-attribution.h"
#include "tpt-invitees-table.h"
#include "tpt-links-table.h"
#include "tpt-meetings-table.h"

static void
replace (char       **text,
         const char  *with)
{
  char *copy = g_strdup (with);

  g_free (*text);
  *text = copy;
}

/* The chains of all bookings that carry the link's id. */
static gboolean
list_tracked (TptSession  *session,
              TptLink     *link,
              GPtrArray   *invitees,
              GError     **error)
{
  g_autoptr (GPtrArray) carriers = NULL;

  if (!tpt_invitees_table_list_tracking (session, link->id, &carriers, error))
    return FALSE;
  for (guint i = 0; i < carriers->len; i++)
    {
      TptInvitee *carrier = g_ptr_array_index (carriers, i);
      GPtrArray *chain = NULL;

      if (!tpt_invitees_table_list_chain (session, carrier->uri, &chain, error))
        return FALSE;
      g_ptr_array_extend_and_steal (invitees, chain);
    }

  return TRUE;
}

/* As it was before anybody booked, to be asked what it would have explained. */
static void
reopen (TptLink *link)
{
  if (link->state != TPT_LINK_EXPIRED && link->state != TPT_LINK_SUPERSEDED)
    link->state = TPT_LINK_OPEN;
  link->attribution = TPT_ATTRIBUTION_NONE;
  link->booked_at = TPT_TIME_NONE;
  g_clear_pointer (&link->invitee, g_free);
  g_clear_pointer (&link->meeting, g_free);
}

/* The links of @link's kind for the same person and event type that no booking names, as nobody had
 * booked; the newest first. */
static gboolean
list_rivals (TptSession  *session,
             TptLink     *link,
             GPtrArray  **rivals,
             GError     **error)
{
  g_autoptr (GPtrArray) links = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  if (!tpt_links_table_list_email (session, link->invitee_email, &links, error))
    return FALSE;
  for (guint i = 0; i < links->len; i++)
    {
      TptLink *rival = g_ptr_array_index (links, i);
      g_autoptr (GPtrArray) carriers = NULL;

      if (rival->kind != link->kind || rival->state == TPT_LINK_SUPERSEDED
          || g_strcmp0 (rival->event_type, link->event_type) != 0)
        continue;
      if (!tpt_invitees_table_list_tracking (session, rival->id, &carriers, error))
        return FALSE;
      if (carriers->len > 0)
        continue;
      reopen (rival);
      g_ptr_array_add (found, g_object_ref (rival));
    }
  *rivals = g_steal_pointer (&found);

  return TRUE;
}

/* The newest of @rivals, which are some, that may explain @booking is used up with it. */
static gboolean
use_up (TptSession  *session,
        GPtrArray   *rivals,
        TptInvitee  *booking,
        TptLink    **used,
        GError     **error)
{
  TptLink *oldest = g_ptr_array_index (rivals, rivals->len - 1);
  g_autoptr (TptMeeting) meeting = NULL;

  *used = NULL;
  if (booking->tracking.utm_content != NULL || booking->old_invitee != NULL
      || booking->created_at < oldest->created_at)
    return TRUE;
  if (!tpt_meetings_table_find (session, booking->event, &meeting, error))
    return FALSE;
  for (guint i = 0; meeting != NULL && i < rivals->len; i++)
    {
      if (!tpt_attribution_infers (g_ptr_array_index (rivals, i), booking, meeting->event_type))
        continue;
      *used = g_ptr_array_steal_index (rivals, i);
      break;
    }

  return TRUE;
}

/* The booking that may have come through @link although it lost the id on the way. A link is good
 * for one booking, so that of two links and two bookings each has one. */
static gboolean
infer (TptSession  *session,
       TptLink     *link,
       GPtrArray   *invitees,
       GError     **error)
{
  g_autoptr (GPtrArray) bookings = NULL;
  g_autoptr (GPtrArray) rivals = NULL;
  GPtrArray *chain = NULL;

  if (link->invitee_email == NULL || link->state == TPT_LINK_SUPERSEDED)
    return TRUE;
  if (!tpt_invitees_table_list_email (session, link->invitee_email, &bookings, error)
      || !list_rivals (session, link, &rivals, error))
    return FALSE;

  for (guint i = 0; i < bookings->len && rivals->len > 0 && link->invitee == NULL; i++)
    {
      TptInvitee *booking = g_ptr_array_index (bookings, i);
      g_autoptr (TptLink) used = NULL;

      if (!use_up (session, rivals, booking, &used, error))
        return FALSE;
      if (used != NULL && g_str_equal (used->id, link->id))
        link->invitee = g_strdup (booking->uri);
    }
  if (link->invitee == NULL)
    return TRUE;

  if (!tpt_invitees_table_list_chain (session, link->invitee, &chain, error))
    return FALSE;
  g_ptr_array_extend_and_steal (invitees, chain);

  return TRUE;
}

/**
 * tpt_ledger_update_link:
 * @link: as stored; says what became of it afterwards
 *
 * Ties @link to the booking made with it and saves it where that is news: by its tracking id, then
 * through the chain of reschedules, then by the same person and event type.
 */
gboolean
tpt_ledger_update_link (TptSession  *session,
                        TptLink     *link,
                        GError     **error)
{
  g_autoptr (GPtrArray) invitees = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *old_invitee = g_strdup (link->invitee);
  g_autofree char *old_meeting = g_strdup (link->meeting);
  TptLinkState old_state = link->state;
  TptAttribution old_attribution = link->attribution;
  TptTime old_booked_at = link->booked_at;
  TptLinkProgress progress;

  reopen (link);
  if (!list_tracked (session, link, invitees, error)
      || (invitees->len == 0 && !infer (session, link, invitees, error)))
    return FALSE;
  tpt_attribution_follow (link, invitees, &progress);
  if (progress.state == old_state && progress.attribution == old_attribution
      && progress.booked_at == old_booked_at && g_strcmp0 (progress.invitee, old_invitee) == 0
      && g_strcmp0 (progress.meeting, old_meeting) == 0)
    return TRUE;

  link->state = progress.state;
  link->attribution = progress.attribution;
  link->booked_at = progress.booked_at;
  replace (&link->invitee, progress.invitee);
  replace (&link->meeting, progress.meeting);

  return tpt_links_table_save (session, link, error);
}

/* Adds the links for @email to @links, each once. */
static gboolean
add_by_email (TptSession  *session,
              const char  *email,
              GHashTable  *links,
              GError     **error)
{
  g_autoptr (GPtrArray) found = NULL;

  if (email == NULL)
    return TRUE;
  if (!tpt_links_table_list_email (session, email, &found, error))
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      TptLink *link = g_ptr_array_index (found, i);

      g_hash_table_replace (links, link->id, g_object_ref (link));
    }

  return TRUE;
}

static gboolean
add_by_tracking (TptSession  *session,
                 const char  *id,
                 GHashTable  *links,
                 GError     **error)
{
  g_autoptr (TptLink) link = NULL;

  if (id == NULL || g_hash_table_contains (links, id))
    return TRUE;
  if (!tpt_links_table_find (session, id, &link, error))
    return FALSE;
  if (link == NULL)
    return TRUE;
  g_hash_table_replace (links, link->id, g_object_ref (link));

  /* Who booked with another address frees the bookings of this one for other links. */
  return add_by_email (session, link->invitee_email, links, error);
}

static gboolean
add_by_chain (TptSession  *session,
              TptInvitee  *invitee,
              GHashTable  *links,
              GError     **error)
{
  g_autoptr (GPtrArray) chain = NULL;

  if (invitee->old_invitee == NULL && invitee->new_invitee == NULL)
    return TRUE;
  if (!tpt_invitees_table_list_chain (session, invitee->uri, &chain, error))
    return FALSE;
  for (guint i = 0; i < chain->len; i++)
    {
      TptInvitee *other = g_ptr_array_index (chain, i);

      if (!add_by_tracking (session, other->tracking.utm_content, links, error)
          || !add_by_email (session, other->email, links, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * tpt_ledger_update:
 * @invitees: (element-type TptInvitee): bookings that are new or have changed
 *
 * Computes anew what became of every link that they may have to do with.
 */
gboolean
tpt_ledger_update (TptSession  *session,
                   GPtrArray   *invitees,
                   GError     **error)
{
  g_autoptr (GHashTable) links =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  GHashTableIter iter;
  gpointer link;
  gboolean empty;

  if (!tpt_links_table_is_empty (session, &empty, error))
    return FALSE;
  for (guint i = 0; !empty && i < invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (invitees, i);

      if (!add_by_tracking (session, invitee->tracking.utm_content, links, error)
          || !add_by_email (session, invitee->email, links, error)
          || !add_by_chain (session, invitee, links, error))
        return FALSE;
    }

  g_hash_table_iter_init (&iter, links);
  while (g_hash_table_iter_next (&iter, NULL, &link))
    {
      if (!tpt_ledger_update_link (session, link, error))
        return FALSE;
    }

  return TRUE;
}
