/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-attribution.h"
#include "tpt-test.h"

#define TYPE "https://api.example/event_types/T"

typedef enum
{
  STANDING,
  REPLACED,
  CANCELED,
} Fate;

static TptLink *
make_link (void)
{
  TptLink *link = tpt_link_new ();

  link->id = g_strdup ("id");
  link->event_type = g_strdup (TYPE);
  link->invitee_email = g_strdup ("Ana@acme.com");
  link->created_at = TPT_DAY;

  return link;
}

/* Booked at hour @hour; its event is "e" and its name. */
static TptInvitee *
make_invitee (const char *uri,
              int         hour,
              const char *tracking,
              Fate        fate)
{
  TptInvitee *invitee = tpt_invitee_new ();

  invitee->uri = g_strdup (uri);
  invitee->event = g_strconcat ("e", uri, NULL);
  invitee->email = g_strdup ("ana@ACME.com");
  invitee->created_at = TPT_DAY + hour * TPT_HOUR;
  invitee->tracking.utm_content = g_strdup (tracking);
  invitee->canceled = fate != STANDING;
  invitee->rescheduled = fate == REPLACED;

  return invitee;
}

static void
join (TptInvitee *old,
      TptInvitee *new,
      gboolean    forward,
      gboolean    backward)
{
  if (forward)
    old->new_invitee = g_strdup (new->uri);
  if (backward)
    new->old_invitee = g_strdup (old->uri);
}

static GPtrArray *
list (TptInvitee *first,
      ...)
{
  GPtrArray *invitees = g_ptr_array_new_with_free_func (g_object_unref);
  TptInvitee *next;
  va_list rest;

  va_start (rest, first);
  for (next = first; next != NULL; next = va_arg (rest, TptInvitee *))
    g_ptr_array_add (invitees, next);
  va_end (rest);

  return invitees;
}

static void
assert_progress (TptLink        *link,
                 GPtrArray      *invitees,
                 TptLinkState    state,
                 TptAttribution  attribution,
                 int             hour,
                 const char     *newest)
{
  TptLinkProgress progress;

  /* The set decides, not the order: every rotation gives the same answer. */
  for (guint turn = 0; turn < invitees->len; turn++)
    {
      g_assert_true (tpt_attribution_follow (link, invitees, &progress));
      g_assert_cmpstr (tpt_link_state_to_string (progress.state), ==,
                       tpt_link_state_to_string (state));
      g_assert_cmpstr (tpt_attribution_to_string (progress.attribution), ==,
                       tpt_attribution_to_string (attribution));
      g_assert_cmpint (progress.booked_at, ==, TPT_DAY + hour * TPT_HOUR);
      g_assert_cmpstr (progress.invitee, ==, newest);
      g_assert_cmpstr (progress.meeting + 1, ==, newest);
      g_ptr_array_add (invitees, g_ptr_array_steal_index (invitees, 0));
    }
}

static void
test_attribution_booked (void)
{
  g_autoptr (TptLink) link = make_link ();
  g_autoptr (GPtrArray) invitees = list (make_invitee ("a", 1, "id", STANDING),
                                         make_invitee ("z", 0, "other", STANDING), NULL);

  assert_progress (link, invitees, TPT_LINK_BOOKED, TPT_ATTRIBUTION_TRACKING, 1, "a");
}

static void
test_attribution_open (void)
{
  g_autoptr (TptLink) link = make_link ();
  g_autoptr (GPtrArray) invitees = list (make_invitee ("z", 0, "other", STANDING),
                                         make_invitee ("y", 0, NULL, STANDING), NULL);
  TptLinkProgress progress;

  g_assert_false (tpt_attribution_follow (link, invitees, &progress));
  g_assert_cmpint (progress.state, ==, TPT_LINK_OPEN);
  g_assert_null (progress.invitee);
}

static void
test_attribution_unchanged (void)
{
  g_autoptr (TptLink) link = make_link ();
  g_autoptr (GPtrArray) invitees = list (make_invitee ("a", 1, "id", STANDING), NULL);
  TptLinkProgress progress;

  g_assert_true (tpt_attribution_follow (link, invitees, &progress));
  link->state = progress.state;
  link->attribution = progress.attribution;
  link->booked_at = progress.booked_at;
  link->invitee = g_strdup (progress.invitee);
  link->meeting = g_strdup (progress.meeting);
  g_assert_false (tpt_attribution_follow (link, invitees, &progress));
}

/* Whichever side tells of the reschedule, and whether or not the tracking id survives it. */
static void
test_attribution_chain (void)
{
  for (int i = 0; i < 6; i++)
    {
      g_autoptr (TptLink) link = make_link ();
      const char *later = i < 3 ? NULL : "id";
      TptInvitee *a = make_invitee ("a", 1, "id", REPLACED);
      TptInvitee *b = make_invitee ("b", 2, later, REPLACED);
      TptInvitee *c = make_invitee ("c", 3, later, STANDING);
      g_autoptr (GPtrArray) invitees = list (a, b, c, NULL);

      join (a, b, i % 3 != 0, i % 3 != 1);
      join (b, c, i % 3 != 1, i % 3 != 0);
      assert_progress (link, invitees, TPT_LINK_RESCHEDULED,
                       later == NULL ? TPT_ATTRIBUTION_CHAIN : TPT_ATTRIBUTION_TRACKING, 1, "c");
    }
}

static void
test_attribution_partial (void)
{
  g_autoptr (TptLink) link = make_link ();
  g_autoptr (GPtrArray) first = list (make_invitee ("a", 1, "id", REPLACED), NULL);
  TptInvitee *second = make_invitee ("b", 2, "id", STANDING);
  g_autoptr (GPtrArray) last = list (second, NULL);

  second->old_invitee = g_strdup ("never seen");
  assert_progress (link, first, TPT_LINK_RESCHEDULED, TPT_ATTRIBUTION_TRACKING, 1, "a");
  assert_progress (link, last, TPT_LINK_RESCHEDULED, TPT_ATTRIBUTION_TRACKING, 2, "b");
}

static void
test_attribution_canceled (void)
{
  g_autoptr (TptLink) link = make_link ();
  g_autoptr (GPtrArray) once = list (make_invitee ("a", 1, "id", CANCELED), NULL);
  g_autoptr (GPtrArray) again = list (make_invitee ("a", 1, "id", CANCELED),
                                      make_invitee ("b", 0, "id", STANDING), NULL);

  assert_progress (link, once, TPT_LINK_CANCELED, TPT_ATTRIBUTION_TRACKING, 1, "a");
  assert_progress (link, again, TPT_LINK_BOOKED, TPT_ATTRIBUTION_TRACKING, 0, "b");
}

static void
test_attribution_ring (void)
{
  g_autoptr (TptLink) link = make_link ();
  TptInvitee *a = make_invitee ("a", 1, "id", REPLACED);
  TptInvitee *b = make_invitee ("b", 2, NULL, REPLACED);
  g_autoptr (GPtrArray) invitees = list (a, b, NULL);
  TptLinkProgress progress;

  join (a, b, TRUE, TRUE);
  join (b, a, TRUE, TRUE);
  g_assert_true (tpt_attribution_follow (link, invitees, &progress));
  g_assert_cmpint (progress.state, ==, TPT_LINK_RESCHEDULED);
}

static void
test_attribution_inferred (void)
{
  g_autoptr (TptLink) link = make_link ();
  g_autoptr (TptInvitee) fits = make_invitee ("a", 1, NULL, STANDING);
  g_autoptr (TptInvitee) tracked = make_invitee ("b", 1, "other", STANDING);
  g_autoptr (TptInvitee) early = make_invitee ("c", -1, NULL, STANDING);
  g_autoptr (TptInvitee) late = make_invitee ("d", 24 * 30, NULL, STANDING);
  g_autoptr (TptInvitee) stranger = make_invitee ("e", 1, NULL, STANDING);
  g_autoptr (GPtrArray) invitees = list (g_object_ref (fits), NULL);

  g_free (stranger->email);
  stranger->email = g_strdup ("bob@acme.com");
  g_assert_true (tpt_attribution_infers (link, fits, TYPE));
  g_assert_false (tpt_attribution_infers (link, fits, "another"));
  g_assert_false (tpt_attribution_infers (link, tracked, TYPE));
  g_assert_false (tpt_attribution_infers (link, early, TYPE));
  g_assert_false (tpt_attribution_infers (link, late, TYPE));
  g_assert_false (tpt_attribution_infers (link, stranger, TYPE));

  link->invitee = g_strdup ("a");
  assert_progress (link, invitees, TPT_LINK_BOOKED, TPT_ATTRIBUTION_INFERRED, 1, "a");
  link->state = TPT_LINK_BOOKED;
  g_assert_false (tpt_attribution_infers (link, fits, TYPE));

  /* A booking that carries the id takes the place of a guess. */
  g_ptr_array_add (invitees, make_invitee ("f", 0, "id", STANDING));
  assert_progress (link, invitees, TPT_LINK_BOOKED, TPT_ATTRIBUTION_TRACKING, 0, "f");
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/attribution/booked", test_attribution_booked);
  g_test_add_func ("/attribution/open", test_attribution_open);
  g_test_add_func ("/attribution/unchanged", test_attribution_unchanged);
  g_test_add_func ("/attribution/chain", test_attribution_chain);
  g_test_add_func ("/attribution/partial", test_attribution_partial);
  g_test_add_func ("/attribution/canceled", test_attribution_canceled);
  g_test_add_func ("/attribution/ring", test_attribution_ring);
  g_test_add_func ("/attribution/inferred", test_attribution_inferred);

  return g_test_run ();
}
