/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-meeting-sheet.h"
#include "tpt-test.h"

#define NOW ((TptTime) 1780000000 * TPT_SECOND)

static TptInvitee *
add_invitee (TptMeeting *meeting,
             const char *name,
             gboolean    canceled,
             gboolean    rescheduled)
{
  TptInvitee *invitee = tpt_invitee_new ();

  invitee->name = g_strdup (name);
  invitee->customer = 1;
  invitee->canceled = canceled;
  invitee->rescheduled = rescheduled;
  invitee->canceler = canceled ? TPT_CANCELER_INVITEE : TPT_CANCELER_NONE;
  invitee->canceled_at = canceled ? NOW : TPT_TIME_NONE;
  g_ptr_array_add (meeting->invitees, invitee);

  return invitee;
}

/* How many facts have that title. */
static guint
count (TptMeeting *meeting,
       const char *title)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GPtrArray) facts = tpt_meeting_sheet_make (meeting, zone, NOW);
  guint found = 0;

  for (guint i = 0; i < facts->len; i++)
    {
      const TptMeetingFact *fact = g_ptr_array_index (facts, i);

      found += g_str_equal (fact->title, title) ? 1 : 0;
    }

  return found;
}

static void
assert_who (TptMeeting *meeting,
            const char *wanted)
{
  g_autofree char *who = tpt_meeting_sheet_who (meeting, 1);

  g_assert_cmpstr (who, ==, wanted);
}

/* In a group somebody moves to another time and somebody cancels: that is not the same. */
static void
test_group (void)
{
  g_autoptr (TptMeeting) meeting = tpt_meeting_new ();
  TptInvitee *last;

  meeting->start = NOW + TPT_DAY;
  meeting->end = meeting->start + TPT_HOUR;
  add_invitee (meeting, "Moved", TRUE, TRUE);
  g_assert_cmpuint (count (meeting, "Moved to another time"), ==, 1);
  g_assert_cmpuint (count (meeting, "Canceled by the guest"), ==, 0);
  assert_who (meeting, "Moved");

  add_invitee (meeting, "Canceled", TRUE, FALSE);
  g_assert_cmpuint (count (meeting, "Moved to another time"), ==, 1);
  g_assert_cmpuint (count (meeting, "Canceled by the guest"), ==, 1);
  assert_who (meeting, "Canceled");

  last = add_invitee (meeting, "Ada", FALSE, FALSE);
  assert_who (meeting, "Ada");
  add_invitee (meeting, "Bo", FALSE, FALSE);
  assert_who (meeting, "Ada and 1 other");
  last->canceled = TRUE;
  assert_who (meeting, "Bo");
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/meeting-sheet/group", test_group);

  return g_test_run ();
}
