/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-metrics-chain.h"

/* What is known of a booking while chains are put together: disjoint sets over the indices of
 * the input. */
typedef struct
{
  guint parent;
  gboolean has_previous;
  gboolean has_next;
} Node;

/* A booking in its chain, to be sorted so that each chain lies together. */
typedef struct
{
  guint root;
  guint index;
} Member;

static guint
find_root (Node  *nodes,
           guint  index)
{
  while (nodes[index].parent != index)
    {
      nodes[index].parent = nodes[nodes[index].parent].parent;
      index = nodes[index].parent;
    }

  return index;
}

static const TptBooking *
booking_at (const GArray *bookings,
            guint         index)
{
  return &g_array_index (bookings, TptBooking, index);
}

/* Sets, not pointers, so that a ring or a fork in the data is one chain and never an endless
 * one. */
static Node *
join_bookings (const GArray *bookings)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  Node *nodes = g_new0 (Node, MAX (bookings->len, 1));

  for (guint i = 0; i < bookings->len; i++)
    {
      nodes[i].parent = i;
      g_hash_table_insert (by_id, (gpointer) &booking_at (bookings, i)->id,
                           GUINT_TO_POINTER (i + 1));
    }

  for (guint i = 0; i < bookings->len; i++)
    {
      const TptBooking *booking = booking_at (bookings, i);
      guint previous = 0;

      if (booking->previous != 0 && booking->previous != booking->id)
        previous = GPOINTER_TO_UINT (g_hash_table_lookup (by_id, &booking->previous));
      if (previous == 0)
        continue;
      nodes[i].has_previous = TRUE;
      nodes[previous - 1].has_next = TRUE;
      nodes[find_root (nodes, i)].parent = find_root (nodes, previous - 1);
    }

  return nodes;
}

static int
compare_members (gconstpointer a,
                 gconstpointer b)
{
  const Member *first = a;
  const Member *second = b;

  if (first->root != second->root)
    return first->root < second->root ? -1 : 1;

  return first->index < second->index ? -1 : first->index > second->index;
}

static int
compare_chains (gconstpointer a,
                gconstpointer b)
{
  const TptChain *first = a;
  const TptChain *second = b;

  if (first->customer != second->customer)
    return first->customer < second->customer ? -1 : 1;
  if (first->last->event != second->last->event)
    return first->last->event < second->last->event ? -1 : 1;

  return first->last->id < second->last->id ? -1 : first->last->id > second->last->id;
}

static gboolean
is_newer (const TptBooking *booking,
          const TptBooking *than)
{
  if (booking->created_at != than->created_at)
    return booking->created_at > than->created_at;

  return booking->id > than->id;
}

/* The end of a chain is the booking that nothing replaced, and its beginning the one that
 * replaced nothing, whatever the clocks said; where the data leave no such one, or several, the
 * time decides. */
static TptChain
make_chain (const GArray *bookings,
            const Node   *nodes,
            const Member *members,
            guint         n_members)
{
  TptChain chain = { .length = n_members };
  gboolean first_is_sure = FALSE;
  gboolean last_is_sure = FALSE;

  for (guint i = 0; i < n_members; i++)
    {
      const Node *node = &nodes[members[i].index];
      const TptBooking *booking = booking_at (bookings, members[i].index);

      if (chain.first == NULL || (!node->has_previous && !first_is_sure)
          || ((!node->has_previous) == first_is_sure && is_newer (chain.first, booking)))
        {
          chain.first = booking;
          first_is_sure = !node->has_previous;
        }
      if (chain.last == NULL || (!node->has_next && !last_is_sure)
          || ((!node->has_next) == last_is_sure && is_newer (booking, chain.last)))
        {
          chain.last = booking;
          last_is_sure = !node->has_next;
        }
    }

  return chain;
}

static void
add_for_customer (TptChainIndex         *self,
                  const TptMetricsInput *input,
                  TptChain               chain,
                  gint64                 customer,
                  const Member          *members)
{
  TptTime window_start = input->now - input->window_days * TPT_DAY;
  const TptBooking *newest_own = NULL;

  chain.customer = customer;
  for (guint i = 0; i < chain.length; i++)
    {
      const TptBooking *booking = booking_at (input->bookings, members[i].index);

      chain.newest_at = MAX (chain.newest_at, booking->created_at);
      chain.in_window += booking->created_at >= window_start && booking->created_at < input->now;
      if (booking->customer == customer
          && (newest_own == NULL || (newest_own != chain.last && is_newer (booking, newest_own))
              || booking == chain.last))
        newest_own = booking;
    }
  chain.email_key = newest_own->email_key;
  g_array_append_val (self->chains, chain);
}

static void
add_chain (TptChainIndex         *self,
           const TptMetricsInput *input,
           const Node            *nodes,
           const Member          *members,
           guint                  n_members)
{
  TptChain chain = make_chain (input->bookings, nodes, members, n_members);
  const TptBooking *last = chain.last;

  chain.outcome = tpt_outcome_derive (last->canceled, last->rescheduled, last->no_show, last->end,
                                      input->now);
  for (guint i = 0; i < n_members; i++)
    {
      gint64 customer = booking_at (input->bookings, members[i].index)->customer;
      gboolean seen = customer == 0;

      for (guint j = 0; j < i && !seen; j++)
        seen = booking_at (input->bookings, members[j].index)->customer == customer;
      if (!seen)
        add_for_customer (self, input, chain, customer, members);
    }
}

/**
 * tpt_chain_index_new:
 *
 * Returns: (transfer full): the chains of all bookings of @input; valid as long as those are
 */
TptChainIndex *
tpt_chain_index_new (const TptMetricsInput *input)
{
  TptChainIndex *self = g_new0 (TptChainIndex, 1);
  const GArray *bookings = input->bookings;
  g_autofree Node *nodes = join_bookings (bookings);
  g_autofree Member *members = g_new0 (Member, MAX (bookings->len, 1));

  self->chains = g_array_sized_new (FALSE, FALSE, sizeof (TptChain), bookings->len);
  self->start = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < bookings->len; i++)
    members[i] = (Member) { find_root (nodes, i), i };
  qsort (members, bookings->len, sizeof (Member), compare_members);

  for (guint i = 0, next; i < bookings->len; i = next)
    {
      for (next = i + 1; next < bookings->len && members[next].root == members[i].root; next++)
        ;
      add_chain (self, input, nodes, members + i, next - i);
    }

  g_array_sort (self->chains, compare_chains);
  for (guint i = self->chains->len; i > 0; i--)
    {
      TptChain *chain = &g_array_index (self->chains, TptChain, i - 1);

      g_hash_table_insert (self->start, &chain->customer, GUINT_TO_POINTER (i));
    }

  return self;
}

void
tpt_chain_index_free (TptChainIndex *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->start);
  g_array_unref (self->chains);
  g_free (self);
}

/** tpt_chain_index_get: the chains of @customer, those of one event beside each other */
const TptChain *
tpt_chain_index_get (TptChainIndex *self,
                     gint64         customer,
                     guint         *n_chains)
{
  guint start = GPOINTER_TO_UINT (g_hash_table_lookup (self->start, &customer));
  const TptChain *chains;

  *n_chains = 0;
  if (start == 0)
    return NULL;

  chains = &g_array_index (self->chains, TptChain, start - 1);
  while (start - 1 + *n_chains < self->chains->len && chains[*n_chains].customer == customer)
    (*n_chains)++;

  return chains;
}
