/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-invitees-table.h"
#include "tpt-meeting-row.h"
#include "tpt-meetings-panel.h"
#include "tpt-meetings-table.h"
#include "tpt-test-screen.h"
#include "tpt-test-world.h"

/* To the one meeting of @data, a gint64 row, others come; who was in it cancels. */
static gboolean
leave_group (TptSession  *session,
             gpointer     data,
             GError     **error)
{
  TptMeetingQuery query = { .customer = *(gint64 *) data };
  g_autoptr (GPtrArray) meetings = NULL;
  TptInvitee *leaver;
  TptMeeting *meeting;
  g_autoptr (TptInvitee) other = tpt_invitee_new ();

  if (!tpt_meetings_table_list (session, &query, &meetings, error))
    return FALSE;
  meeting = g_ptr_array_index (meetings, 0);
  leaver = g_ptr_array_index (meeting->invitees, 0);
  leaver->canceled = TRUE;
  other->uri = g_strdup_printf ("%s-other", leaver->uri);
  other->event = g_strdup (meeting->uri);
  other->email = g_strdup ("other@elsewhere.example");

  return tpt_invitees_table_save (session, leaver, error)
         && tpt_invitees_table_save (session, other, error);
}

/* A group goes on without who canceled: nothing is ahead of them, and there is nothing to join. */
static void
test_left_group (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  TptMeetingsPanel *panel = g_object_new (TPT_TYPE_MEETINGS_PANEL, NULL);
  GtkWidget *window;
  GtkWidget *row;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  tpt_test_world_add_meeting (world, world->fresh, "Office Hours",
                              tpt_clock_now (world->clock) + 5 * TPT_DAY, "https://zoom.us/j/1");
  tpt_test_world_write (world, leave_group, &world->fresh);
  tpt_meetings_panel_set_customer (panel, world->workspace, world->fresh);
  window = tpt_test_screen_show (GTK_WIDGET (panel), 900, 900);
  tpt_test_screen_await (window, "Nothing is booked", TRUE);
  tpt_test_screen_await (window, "Office Hours", TRUE);
  row = tpt_test_screen_find (window, TPT_TYPE_MEETING_ROW, 0);
  tpt_test_screen_await (row, "Canceled", TRUE);
  g_assert_false (tpt_test_screen_shows (row, "Join"));
  g_assert_false (tpt_test_screen_shows (row, "Reschedule"));
  tpt_test_screen_close (window);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_screen_init (&argc, &argv);
  g_test_add_func ("/ui/meetings-panel/left-group", test_left_group);

  return g_test_run ();
}
