/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-inbox-page.h"
#include "tpt-inbox-row.h"
#include "tpt-invitees-table.h"
#include "tpt-meetings-table.h"
#include "tpt-slice-fill.h"
#include "tpt-test-desk.h"
#include "tpt-test-growth.h"
#include "tpt-test-screen.h"
#include "tpt-test-world.h"
#include "tpt-test.h"

/* More people than are shown at first, each with an address of its own. */
#define CROWD 41

static gboolean
add_crowd (TptSession  *session,
           gpointer     data,
           GError     **error)
{
  for (guint i = 0; i < CROWD; i++)
    {
      g_autoptr (TptMeeting) meeting = tpt_meeting_new ();
      g_autoptr (TptInvitee) invitee = tpt_invitee_new ();

      meeting->uri = g_strdup_printf ("https://api.example/scheduled_events/crowd-%u", i);
      meeting->name = g_strdup ("First call");
      g_assert_true (tpt_time_parse (TPT_TEST_NOW, &meeting->start, NULL));
      meeting->end = meeting->start + TPT_HOUR;
      invitee->uri = g_strdup_printf ("https://api.example/crowd/%u", i);
      invitee->event = g_strdup (meeting->uri);
      invitee->email = g_strdup_printf ("somebody@firm-%u.example", i);
      if (!tpt_meetings_table_save (session, meeting, error)
          || !tpt_invitees_table_save (session, invitee, error))
        return FALSE;
    }

  return TRUE;
}

/* An inbox in which nobody waits yet. */
static TptTestDesk *
desk_new (void)
{
  TptTestDesk *desk = tpt_test_desk_new (NULL);
  GtkWidget *page = g_object_new (TPT_TYPE_INBOX_PAGE, NULL);

  tpt_inbox_page_set_workspace (TPT_INBOX_PAGE (page), desk->world->workspace);
  tpt_test_desk_show (desk, page);

  return desk;
}

/* However many wait, no frame makes more rows than a few, and all are there in the end. */
static void
test_inbox_crowd (void)
{
  TptTestDesk *desk = desk_new ();
  TptTestGrowth growth;

  tpt_test_growth_watch (&growth, desk->page, TPT_TYPE_INBOX_ROW);
  tpt_test_world_write (desk->world, add_crowd, NULL);
  tpt_inbox_model_load (desk->world->workspace->inbox);
  tpt_test_growth_await (&growth, 30);
  tpt_test_screen_await (desk->window, "Show More of 41", TRUE);
  tpt_test_screen_press (desk->page, "Show More of 41");
  tpt_test_growth_await (&growth, CROWD);
  g_assert_cmpuint (growth.most, <=, TPT_SLICE_STEP);
  tpt_test_growth_stop (&growth);
  tpt_test_desk_free (desk);
}

/* Stands above all others, since it is the last of all meetings. */
static gboolean
add_latest (TptSession  *session,
            gpointer     data,
            GError     **error)
{
  g_autoptr (TptMeeting) meeting = tpt_meeting_new ();
  g_autoptr (TptInvitee) invitee = tpt_invitee_new ();

  meeting->uri = g_strdup ("https://api.example/scheduled_events/latest");
  meeting->name = g_strdup ("First call");
  g_assert_true (tpt_time_parse (TPT_TEST_NOW, &meeting->start, NULL));
  meeting->start += 30 * TPT_DAY;
  meeting->end = meeting->start + TPT_HOUR;
  invitee->uri = g_strdup ("https://api.example/latest");
  invitee->event = g_strdup (meeting->uri);
  invitee->email = g_strdup ("latest@firm-latest.example");

  return tpt_meetings_table_save (session, meeting, error)
         && tpt_invitees_table_save (session, invitee, error);
}

/* Somebody new further up does not move what is being read. */
static void
test_inbox_anchor (void)
{
  TptTestDesk *desk = desk_new ();
  TptTestGrowth growth;
  GtkWidget *row;
  GtkWidget *scroller;
  double place;

  tpt_test_growth_watch (&growth, desk->page, TPT_TYPE_INBOX_ROW);
  tpt_test_world_write (desk->world, add_crowd, NULL);
  tpt_inbox_model_load (desk->world->workspace->inbox);
  tpt_test_growth_await (&growth, 30);
  tpt_test_growth_stop (&growth);
  tpt_test_screen_settle (desk->window);
  row = tpt_test_screen_find (desk->window, TPT_TYPE_INBOX_ROW, 10);
  scroller = gtk_widget_get_ancestor (row, GTK_TYPE_SCROLLED_WINDOW);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)),
                            tpt_test_screen_get_place (row, scroller) - 20);
  tpt_test_screen_settle (desk->window);
  place = tpt_test_screen_get_place (row, scroller);
  g_assert_cmpfloat (place, <, 100);
  tpt_test_world_write (desk->world, add_latest, NULL);
  tpt_inbox_model_load (desk->world->workspace->inbox);
  tpt_test_screen_await (desk->window, "latest@firm-latest.example", TRUE);
  tpt_test_screen_settle (desk->window);
  g_assert_cmpfloat (tpt_test_screen_get_place (row, scroller), ==, place);
  tpt_test_desk_free (desk);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_screen_init (&argc, &argv);
  g_test_add_func ("/inbox-crowd/growth", test_inbox_crowd);
  g_test_add_func ("/inbox-crowd/anchor", test_inbox_anchor);

  return g_test_run ();
}
