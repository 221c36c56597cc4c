/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-attribution.h"

/* How long after its making a link that lost its tracking id may still explain a booking. */
#define INFERENCE_WINDOW (30 * TPT_DAY)

/* One chain of bookings: @last replaced what @first was. */
typedef struct
{
  TptInvitee *first;
  TptInvitee *last;
  TptTime booked_at;
  gboolean tracked;        /* one of its bookings carries the link's id */
} Chain;

static gboolean
carries (TptInvitee *invitee,
         TptLink    *link)
{
  return g_strcmp0 (invitee->tracking.utm_content, link->id) == 0;
}

/* Either side may tell of the reschedule, whichever arrived first. */
static TptInvitee *
find_next (const GPtrArray *invitees,
           TptInvitee      *invitee)
{
  TptInvitee *next = tpt_invitee_find (invitees, invitee->new_invitee);

  for (guint i = 0; next == NULL && i < invitees->len; i++)
    {
      TptInvitee *candidate = g_ptr_array_index (invitees, i);

      if (g_strcmp0 (candidate->old_invitee, invitee->uri) == 0)
        next = candidate;
    }

  return next;
}

static TptInvitee *
find_previous (const GPtrArray *invitees,
               TptInvitee      *invitee)
{
  TptInvitee *previous = tpt_invitee_find (invitees, invitee->old_invitee);

  for (guint i = 0; previous == NULL && i < invitees->len; i++)
    {
      TptInvitee *candidate = g_ptr_array_index (invitees, i);

      if (g_strcmp0 (candidate->new_invitee, invitee->uri) == 0)
        previous = candidate;
    }

  return previous;
}

/* Pointers come from outside: a ring of them must not hold us up, hence the bound by the number
 * of bookings. */
static Chain
make_chain (const GPtrArray *invitees,
            TptInvitee      *root,
            TptLink         *link)
{
  Chain chain = { .first = root, .last = root, .booked_at = root->created_at,
                  .tracked = carries (root, link) };
  TptInvitee *next;

  for (guint i = 0;
       i < invitees->len && (next = find_previous (invitees, chain.first)) != NULL;
       i++)
    {
      chain.first = next;
      chain.booked_at = MIN (chain.booked_at, next->created_at);
      chain.tracked |= carries (next, link);
    }
  for (guint i = 0; i < invitees->len && (next = find_next (invitees, chain.last)) != NULL; i++)
    {
      chain.last = next;
      chain.booked_at = MIN (chain.booked_at, next->created_at);
      chain.tracked |= carries (next, link);
    }

  return chain;
}

/* A chain that stands goes before one that was canceled for good, then the newer one; the URI
 * makes it certain. */
static gboolean
is_better (const Chain *chain,
           const Chain *than)
{
  gboolean canceled = chain->last->canceled && !chain->last->rescheduled;
  gboolean than_canceled = than->last->canceled && !than->last->rescheduled;

  if (canceled != than_canceled)
    return than_canceled;
  if (chain->last->created_at != than->last->created_at)
    return chain->last->created_at > than->last->created_at;

  return g_strcmp0 (chain->last->uri, than->last->uri) > 0;
}

static TptLinkState
state_of (const Chain *chain)
{
  if (chain->last->canceled && !chain->last->rescheduled)
    return TPT_LINK_CANCELED;
  if (chain->last->rescheduled || chain->last->old_invitee != NULL || chain->first != chain->last)
    return TPT_LINK_RESCHEDULED;

  return TPT_LINK_BOOKED;
}

static TptAttribution
attribution_of (const Chain *chain,
                TptLink     *link)
{
  if (carries (chain->last, link))
    return TPT_ATTRIBUTION_TRACKING;

  return chain->tracked ? TPT_ATTRIBUTION_CHAIN : TPT_ATTRIBUTION_INFERRED;
}

/**
 * tpt_attribution_follow:
 * @invitees: (element-type TptInvitee): the bookings that carry the link's id, the one that the
 *   link names already or that was inferred for it (tpt_attribution_infers()), and all bookings of
 *   their chains; in any order. Others are left out
 * @progress: (out): where the link stands now
 *
 * A pure function of the set of bookings: neither their order nor a repetition changes its answer.
 *
 * Returns: whether @progress differs from what @link says
 */
gboolean
tpt_attribution_follow (TptLink         *link,
                        const GPtrArray *invitees,
                        TptLinkProgress *progress)
{
  Chain best = { 0 };
  TptTime booked_at = TPT_TIME_NONE;

  g_return_val_if_fail (TPT_IS_LINK (link) && invitees != NULL && progress != NULL, FALSE);

  *progress = (TptLinkProgress) { link->state, link->attribution, link->booked_at, link->invitee,
                                  link->meeting };
  for (guint i = 0; i < invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (invitees, i);
      Chain chain;

      if (!carries (invitee, link)
          && (link->invitee == NULL || g_strcmp0 (invitee->uri, link->invitee) != 0))
        continue;
      chain = make_chain (invitees, invitee, link);
      if (booked_at == TPT_TIME_NONE || chain.booked_at < booked_at)
        booked_at = chain.booked_at;
      if (best.last == NULL || (chain.tracked && !best.tracked)
          || (chain.tracked == best.tracked && is_better (&chain, &best)))
        best = chain;
    }
  if (best.last == NULL)
    return FALSE;

  progress->state = state_of (&best);
  progress->attribution = attribution_of (&best, link);
  progress->booked_at = booked_at;
  progress->invitee = best.last->uri;
  progress->meeting = best.last->event;

  return progress->state != link->state || progress->attribution != link->attribution
         || progress->booked_at != link->booked_at
         || g_strcmp0 (progress->invitee, link->invitee) != 0
         || g_strcmp0 (progress->meeting, link->meeting) != 0;
}

/**
 * tpt_attribution_infers:
 * @event_type: (nullable): URI of the event type of the invitee's event
 *
 * Whether @invitee may have booked through @link although the tracking id got lost on the way: the
 * same event type and prefilled address, soon after the link was made, and no other link's id. Only
 * an unused single-use link can be it.
 */
gboolean
tpt_attribution_infers (TptLink    *link,
                        TptInvitee *invitee,
                        const char *event_type)
{
  g_return_val_if_fail (TPT_IS_LINK (link) && TPT_IS_INVITEE (invitee), FALSE);

  if (link->kind != TPT_LINK_SINGLE_USE
      || (link->state != TPT_LINK_OPEN && link->state != TPT_LINK_EXPIRED))
    return FALSE;
  if (invitee->tracking.utm_content != NULL || invitee->old_invitee != NULL)
    return FALSE;
  if (link->invitee_email == NULL || invitee->email == NULL || event_type == NULL
      || g_strcmp0 (link->event_type, event_type) != 0)
    return FALSE;

  return g_ascii_strcasecmp (link->invitee_email, invitee->email) == 0
         && invitee->created_at >= link->created_at
         && invitee->created_at < link->created_at + INFERENCE_WINDOW;
}
