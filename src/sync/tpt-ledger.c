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

static gboolean
could_be (TptSession  *session,
          TptLink     *link,
          TptInvitee  *invitee,
          gboolean    *possible,
          GError     **error)
{
  g_autoptr (TptMeeting) meeting = NULL;

  *possible = FALSE;
  if (invitee->tracking.utm_content != NULL || invitee->created_at < link->created_at)
    return TRUE;
  if (!tpt_meetings_table_find (session, invitee->event, &meeting, error))
    return FALSE;
  *possible = meeting != NULL && tpt_attribution_infers (link, invitee, meeting->event_type);

  return TRUE;
}

/* Whether a link for the same person, made between @link and @invitee, explains it better. */
static gboolean
has_better (TptSession  *session,
            TptLink     *link,
            TptInvitee  *invitee,
            GPtrArray   *rivals,
            gboolean    *better,
            GError     **error)
{
  *better = FALSE;
  for (guint i = 0; i < rivals->len && !*better; i++)
    {
      TptLink *rival = g_ptr_array_index (rivals, i);
      g_autoptr (GPtrArray) carriers = NULL;

      if (g_strcmp0 (rival->id, link->id) == 0
          || g_strcmp0 (rival->event_type, link->event_type) != 0
          || rival->kind != link->kind || rival->state == TPT_LINK_SUPERSEDED
          || rival->created_at > invitee->created_at || rival->created_at < link->created_at
          || (rival->created_at == link->created_at && g_strcmp0 (rival->id, link->id) < 0))
        continue;
      if (!tpt_invitees_table_list_tracking (session, rival->id, &carriers, error))
        return FALSE;
      *better = carriers->len == 0;
    }

  return TRUE;
}

/* The first booking that may have come through @link although it lost the id on the way. */
static gboolean
infer (TptSession  *session,
       TptLink     *link,
       GPtrArray   *invitees,
       GError     **error)
{
  g_autoptr (GPtrArray) bookings = NULL;
  g_autoptr (GPtrArray) rivals = NULL;
  TptInvitee *first = NULL;
  GPtrArray *chain = NULL;

  if (link->invitee_email == NULL || link->state == TPT_LINK_SUPERSEDED)
    return TRUE;
  if (!tpt_invitees_table_list_email (session, link->invitee_email, &bookings, error)
      || !tpt_links_table_list_email (session, link->invitee_email, &rivals, error))
    return FALSE;

  for (guint i = 0; i < bookings->len; i++)
    {
      TptInvitee *booking = g_ptr_array_index (bookings, i);
      gboolean possible, better;

      if (!could_be (session, link, booking, &possible, error))
        return FALSE;
      if (!possible || (first != NULL && (first->created_at < booking->created_at
                                          || (first->created_at == booking->created_at
                                              && g_strcmp0 (first->uri, booking->uri) < 0))))
        continue;
      if (!has_better (session, link, booking, rivals, &better, error))
        return FALSE;
      if (!better)
        first = booking;
    }
  if (first == NULL)
    return TRUE;

  link->invitee = g_strdup (first->uri);
  if (!tpt_invitees_table_list_chain (session, first->uri, &chain, error))
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
