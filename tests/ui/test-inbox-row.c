/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-inbox-row.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"

static void
add_guess (TptInboxEntry *entry,
           gint64         row,
           const char    *name,
           const char    *domain,
           const char    *id)
{
  TptMatchCandidate *candidate = g_new0 (TptMatchCandidate, 1);

  candidate->customer = tpt_customer_new ();
  candidate->customer->id = row;
  candidate->customer->name = g_strdup (name);
  candidate->customer->external_id = g_strdup (id);
  g_strfreev (candidate->customer->domains);
  candidate->customer->domains = g_strsplit (domain, ";", -1);
  candidate->reason = g_strdup ("Has that domain");
  g_ptr_array_add (entry->match->candidates, candidate);
}

static TptInboxEntry *
make_entry (void)
{
  TptInboxEntry *entry = tpt_inbox_entry_new ();
  TptInvitee *invitee = tpt_invitee_new ();
  TptMeeting *meeting = tpt_meeting_new ();

  invitee->uri = g_strdup ("https://api.example/strangers/1");
  invitee->email = g_strdup ("nina@twin.example");
  meeting->name = g_strdup ("First call");
  g_ptr_array_add (entry->invitees, invitee);
  g_ptr_array_add (entry->meetings, meeting);
  entry->key = g_strdup (invitee->email);
  entry->match = g_new0 (TptMatch, 1);
  entry->match->reason = TPT_MATCH_AMBIGUOUS;
  entry->match->candidates = g_ptr_array_new ();

  return entry;
}

/* Which of two guesses of one name is which can be read; one name alone stands alone. */
static void
test_one_name (void)
{
  g_autoptr (TptInboxEntry) entry = make_entry ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row, *window;

  add_guess (entry, 1, "Twin", "twin.example", "T-1");
  add_guess (entry, 2, "Twin", "", NULL);
  add_guess (entry, 3, "Other", "other.example", "O-1");
  row = tpt_inbox_row_new (entry, zone, 0);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  window = tpt_test_screen_show (list, 700, 400);
  tpt_inbox_row_set_open (TPT_INBOX_ROW (row), TRUE);
  tpt_test_screen_await (row, "Twin · twin.example · T-1", TRUE);
  g_assert_true (tpt_test_screen_shows (row, "Other"));
  g_assert_false (tpt_test_screen_shows (row, "other.example"));
  tpt_test_screen_shoot (window, "inbox-row-twins");
  tpt_test_screen_close (window);
}

static void
add_meeting (TptInboxEntry *entry,
             const char    *uri)
{
  TptMeeting *meeting = tpt_meeting_new ();

  meeting->uri = g_strdup (uri);
  g_ptr_array_add (entry->invitees, g_object_ref (tpt_inbox_entry_get_invitee (entry)));
  g_ptr_array_add (entry->meetings, meeting);
}

/* Who is in a group meeting twice has met once. */
static void
test_twice (void)
{
  g_autoptr (TptInboxEntry) entry = make_entry ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row, *window;

  add_meeting (entry, "https://api.example/meetings/2");
  add_meeting (entry, "https://api.example/meetings/2");
  row = tpt_inbox_row_new (entry, zone, 0);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  window = tpt_test_screen_show (list, 700, 400);
  tpt_test_screen_await (row, "and 1 more meeting", TRUE);
  tpt_test_screen_close (window);
}

/* An address that takes two lines is still the address. */
static void
test_address (void)
{
  g_autoptr (TptInboxEntry) entry = make_entry ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  TptInvitee *invitee = tpt_inbox_entry_get_invitee (entry);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row, *window;

  g_free (invitee->email);
  invitee->email = g_strdup ("averylongnameofsomebodywhohasoneatacompany@"
                             "thatisnotcalledanythingshortereither.example");
  add_guess (entry, 1, "Thenameofacompanythatnobodyhaseverputabreakinto", "twin.example", "T-1");
  row = tpt_inbox_row_new (entry, zone, 0);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  window = tpt_test_screen_show (list, 260, 500);
  tpt_inbox_row_set_open (TPT_INBOX_ROW (row), TRUE);
  tpt_test_screen_await (row, "Thename", TRUE);
  tpt_test_screen_settle (window);
  tpt_test_screen_shoot (window, "inbox-row-address");
  tpt_test_screen_assert_plain (row, 3);
  tpt_test_screen_close (window);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_screen_init (&argc, &argv);

  g_test_add_func ("/inbox-row/one-name", test_one_name);
  g_test_add_func ("/inbox-row/twice", test_twice);
  g_test_add_func ("/inbox-row/address", test_address);

  return g_test_run ();
}
