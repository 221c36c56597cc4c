/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-decisions-group.h"
#include "tpt-inbox-page.h"
#include "tpt-inbox-row.h"
#include "tpt-invitees-table.h"
#include "tpt-meetings-table.h"
#include "tpt-stakeholders-table.h"
#include "tpt-suggestion-list.h"
#include "tpt-test-desk.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"

typedef struct
{
  const char *uri;
  const char *name;
  const char *email;
} Stranger;

#define NAMESAKE "https://api.example/strangers/namesake"

static const Stranger strangers[] = {
  { "https://api.example/strangers/1", TPT_TEST_HOSTILE, "x@new-firm.example" },
  { "https://api.example/strangers/2", "Nina Berg", "nina@new-firm.example" },
  { "https://api.example/strangers/3", "Free Spirit", "free@gmail.com" },
  { "https://api.example/strangers/4", "Free Spirit", "FREE@gmail.com" },
};

static gboolean
add_strangers (TptSession  *session,
               gpointer     data,
               GError     **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autoptr (TptMeeting) meeting = tpt_meeting_new ();
      g_autoptr (TptInvitee) invitee = tpt_invitee_new ();

      meeting->uri = g_strdup_printf ("https://api.example/scheduled_events/stranger-%u", i);
      meeting->name = g_strdup ("First call");
      g_assert_true (tpt_time_parse (TPT_TEST_NOW, &meeting->start, NULL));
      meeting->start -= (gint64) i * TPT_DAY;
      meeting->end = meeting->start + TPT_HOUR;
      invitee->uri = g_strdup (strangers[i].uri);
      invitee->event = g_strdup (meeting->uri);
      invitee->name = g_strdup (strangers[i].name);
      invitee->email = g_strdup (strangers[i].email);
      if (!tpt_meetings_table_save (session, meeting, error)
          || !tpt_invitees_table_save (session, invitee, error))
        return FALSE;
    }

  return TRUE;
}

/* A page with its inbox on a record in which some people belong to nobody. */
static TptTestDesk *
desk_new (gboolean with_strangers)
{
  TptTestDesk *desk = tpt_test_desk_new (with_strangers ? add_strangers : NULL);
  GtkWidget *page = g_object_new (TPT_TYPE_INBOX_PAGE, NULL);

  tpt_inbox_page_set_workspace (TPT_INBOX_PAGE (page), desk->world->workspace);
  tpt_test_desk_show (desk, page);

  return desk;
}

static void
await_sight (TptTestDesk *desk,
             const char  *text,
             gboolean     wanted)
{
  tpt_test_screen_await (desk->window, text, wanted);
}

static TptInboxRow *
get_selected (TptTestDesk *desk)
{
  guint count = tpt_test_screen_count (desk->page, TPT_TYPE_INBOX_ROW);

  for (guint i = 0; i < count; i++)
    {
      GtkWidget *row = tpt_test_screen_find (desk->page, TPT_TYPE_INBOX_ROW, i);

      if (gtk_list_box_row_is_selected (GTK_LIST_BOX_ROW (row)))
        return TPT_INBOX_ROW (row);
    }

  return NULL;
}

static const char *
get_selected_key (TptTestDesk *desk)
{
  TptInboxRow *row = get_selected (desk);

  return row != NULL ? tpt_inbox_row_get_entry (row)->key : NULL;
}

static gboolean
is_first_chosen (gpointer user_data)
{
  return get_selected (user_data) != NULL;
}

typedef struct
{
  TptTestDesk *desk;
  const char *key;
} Choice;

static gboolean
is_chosen (gpointer user_data)
{
  Choice *choice = user_data;

  return g_strcmp0 (get_selected_key (choice->desk), choice->key) == 0;
}

static void
await_chosen (TptTestDesk *desk,
              const char  *key)
{
  Choice choice = { desk, key };

  tpt_test_await_func (is_chosen, &choice);
}

/* One row per person, the first one open, and what strangers wrote is shown and never read. */
static void
test_inbox_content (void)
{
  TptTestDesk *desk = desk_new (TRUE);

  await_sight (desk, "Nina Berg", TRUE);
  tpt_test_await_func (is_first_chosen, desk);
  g_assert_cmpuint (tpt_test_screen_count (desk->page, TPT_TYPE_INBOX_ROW), ==, 3);
  g_assert_true (tpt_test_screen_shows (desk->window, TPT_TEST_HOSTILE));
  g_assert_true (tpt_test_screen_shows (desk->window, "and 1 more meeting"));
  g_assert_true (tpt_test_screen_shows (desk->window, "New Firm"));
  g_assert_cmpstr (get_selected_key (desk), ==, "x@new-firm.example");
  tpt_test_screen_shoot (desk->window, "inbox-page");
  tpt_test_desk_free (desk);
}

/* Set aside, the next one is chosen; taken back, everybody is there again. */
static void
test_inbox_ignore (void)
{
  TptTestDesk *desk = desk_new (TRUE);

  tpt_test_await_func (is_first_chosen, desk);
  g_assert_true (gtk_widget_activate_action (desk->page, "inbox.ignore", NULL));
  await_sight (desk, "is set aside", TRUE);
  await_chosen (desk, "nina@new-firm.example");
  g_assert_cmpuint (tpt_inbox_model_get_count (desk->world->workspace->inbox), ==, 2);
  g_assert_true (gtk_widget_activate_action (desk->page, "inbox.undo", NULL));
  await_sight (desk, "Undone", TRUE);
  await_sight (desk, TPT_TEST_HOSTILE, TRUE);
  tpt_test_desk_free (desk);
}

/* A suggestion makes a customer of a domain, and its people are gone from the list. */
static void
test_inbox_suggestion (void)
{
  TptTestDesk *desk = desk_new (TRUE);
  GtkWidget *button;

  await_sight (desk, "New Firm", TRUE);
  button = tpt_test_screen_find (tpt_test_screen_find (desk->page, TPT_TYPE_SUGGESTION_LIST, 0),
                                 GTK_TYPE_BUTTON, 0);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "Add");
  g_signal_emit_by_name (button, "clicked");
  await_sight (desk, "New Firm is a customer now", TRUE);
  await_sight (desk, "Nina Berg", FALSE);
  g_assert_true (tpt_test_screen_shows (desk->window, "Free Spirit"));
  g_assert_cmpuint (tpt_test_screen_count (desk->page, TPT_TYPE_INBOX_ROW), ==, 1);
  tpt_test_desk_free (desk);
}

/* Somebody who is called as a stakeholder is. */
static gboolean
add_namesake (TptSession  *session,
              gpointer     data,
              GError     **error)
{
  g_autoptr (TptMeeting) meeting = tpt_meeting_new ();
  g_autoptr (TptInvitee) invitee = tpt_invitee_new ();

  meeting->uri = g_strdup ("https://api.example/scheduled_events/namesake");
  meeting->name = g_strdup ("From home");
  g_assert_true (tpt_time_parse (TPT_TEST_NOW, &meeting->start, NULL));
  meeting->end = meeting->start + TPT_HOUR;
  invitee->uri = g_strdup (NAMESAKE);
  invitee->event = g_strdup (meeting->uri);
  invitee->name = g_strdup ("Ada Brandt");
  invitee->email = g_strdup ("Ada@Gmail.com");

  return tpt_meetings_table_save (session, meeting, error)
         && tpt_invitees_table_save (session, invitee, error);
}

static gboolean
read_invitee (TptSession  *session,
              gpointer     data,
              GError     **error)
{
  return tpt_invitees_table_find (session, NAMESAKE, data, error);
}

/* Whose the namesake's booking is, and which addresses that person has. */
static char *
describe_namesake (TptTestDesk *desk)
{
  g_autoptr (TptInvitee) invitee = NULL;
  g_autofree char *emails = NULL;
  TptCustomer *customer;
  TptStakeholder *person;

  tpt_test_world_write (desk->world, read_invitee, &invitee);
  customer = tpt_customer_item_get_customer (
    tpt_portfolio_find (desk->world->workspace->portfolio, desk->world->busy));
  person = g_ptr_array_index (customer->stakeholders, 0);
  emails = g_strjoinv (" ", person->emails);

  return g_strdup_printf ("%s %s %s", invitee->customer == customer->id ? "theirs" : "nobody's",
                          invitee->stakeholder == person->id ? "hers" : "-", emails);
}

typedef struct
{
  TptTestDesk *desk;
  const char *expected;
} Namesake;

static gboolean
is_namesake (gpointer user_data)
{
  Namesake *namesake = user_data;
  g_autofree char *text = describe_namesake (namesake->desk);

  return g_str_equal (text, namesake->expected);
}

static void
await_namesake (TptTestDesk *desk,
                const char  *expected)
{
  Namesake namesake = { desk, expected };

  tpt_test_await_func (is_namesake, &namesake);
}

static AdwMessageDialog *
ask_other (TptTestDesk *desk)
{
  g_assert_true (gtk_widget_activate_action (desk->page, "inbox.other", NULL));

  return ADW_MESSAGE_DIALOG (tpt_test_screen_find_window (ADW_TYPE_MESSAGE_DIALOG));
}

/* Who waits over midnight met yesterday by then. */
static void
test_inbox_midnight (void)
{
  TptTestDesk *desk = desk_new (TRUE);
  TptTime now = tpt_clock_now (desk->world->clock);

  await_sight (desk, "nina@new-firm.example · First call, yesterday, 10:30", TRUE);
  await_sight (desk, "x@new-firm.example · First call, today, 10:30", TRUE);
  tpt_clock_set (desk->world->clock, now + TPT_DAY);
  tpt_test_world_add_meeting (desk->world, desk->world->fresh, "Call", now + 2 * TPT_DAY, NULL);
  await_sight (desk, "x@new-firm.example · First call, yesterday, 10:30", TRUE);
  await_sight (desk, "nina@new-firm.example · First call, Tue 17 Nov, 10:30", TRUE);
  tpt_test_desk_free (desk);
}

/* Who is known by name gets the address that nobody knew, by a key and in the question; each is
 * taken back. */
static void
test_inbox_identify (void)
{
  TptTestDesk *desk = desk_new (FALSE);
  AdwMessageDialog *dialog;
  GtkWidget *people;

  tpt_test_world_write (desk->world, add_namesake, NULL);
  await_sight (desk, "From home", TRUE);
  tpt_test_await_func (is_first_chosen, desk);
  await_sight (desk, "Ada Brandt at Nordlicht Logistik", TRUE);
  g_assert_true (gtk_widget_activate_action (desk->page, "inbox.link", "i", 1));
  await_sight (desk, "who has one more address now", TRUE);
  await_namesake (desk, "theirs hers ada.brandt@nordlicht.example ada@gmail.com");
  g_assert_true (gtk_widget_activate_action (desk->page, "inbox.undo", NULL));
  await_namesake (desk, "nobody's - ada.brandt@nordlicht.example");
  await_sight (desk, "From home", TRUE);
  tpt_test_await_func (is_first_chosen, desk);

  dialog = ask_other (desk);
  people = tpt_test_screen_find (GTK_WIDGET (dialog), GTK_TYPE_DROP_DOWN, 1);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (people)), ==, 1);
  tpt_test_screen_shoot (GTK_WIDGET (dialog), "inbox-dialog-person");
  adw_message_dialog_response (dialog, "link");
  await_namesake (desk, "theirs hers ada.brandt@nordlicht.example ada@gmail.com");
  g_assert_true (gtk_widget_activate_action (desk->page, "inbox.undo", NULL));
  await_namesake (desk, "nobody's - ada.brandt@nordlicht.example");
  await_sight (desk, "From home", TRUE);
  tpt_test_await_func (is_first_chosen, desk);

  dialog = ask_other (desk);
  people = tpt_test_screen_find (GTK_WIDGET (dialog), GTK_TYPE_DROP_DOWN, 1);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (people), 0);
  adw_message_dialog_response (dialog, "link");
  await_namesake (desk, "theirs - ada.brandt@nordlicht.example");
  tpt_test_desk_free (desk);
}

static gboolean
add_colleagues (TptSession  *session,
                gpointer     data,
                GError     **error)
{
  static const char *const people[] = { "bo@home.example", "cy@home.example" };
  const gint64 *customer = data;

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (TptStakeholder) person = tpt_stakeholder_new ();

      person->customer = *customer;
      tpt_stakeholder_add_email (person, people[i]);
      if (!tpt_stakeholders_table_save (session, person, error))
        return FALSE;
    }

  return TRUE;
}

static TptStakeholder *
get_first_person (TptTestDesk *desk)
{
  TptCustomerItem *item =
    tpt_portfolio_find (desk->world->workspace->portfolio, desk->world->busy);

  return g_ptr_array_index (tpt_customer_item_get_customer (item)->stakeholders, 0);
}

/* The address goes to who was chosen, though another left the customer while it was asked. */
static void
test_inbox_person_left (void)
{
  TptTestDesk *desk = desk_new (FALSE);
  AdwMessageDialog *dialog;
  GtkWidget *people;

  tpt_test_world_write (desk->world, add_colleagues, &desk->world->busy);
  tpt_test_world_write (desk->world, add_namesake, NULL);
  await_sight (desk, "From home", TRUE);
  tpt_test_await_func (is_first_chosen, desk);
  await_sight (desk, "Ada Brandt at Nordlicht Logistik", TRUE);
  dialog = ask_other (desk);
  people = tpt_test_screen_find (GTK_WIDGET (dialog), GTK_TYPE_DROP_DOWN, 1);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (people), 2);
  g_assert_true (tpt_test_screen_shows (GTK_WIDGET (dialog), "bo@home.example"));

  tpt_inbox_model_act (
    desk->world->workspace->inbox,
    tpt_match_act_new_remove_person (desk->world->busy, get_first_person (desk)->id), "Left");
  await_namesake (desk, "nobody's - bo@home.example");
  adw_message_dialog_response (dialog, "link");
  await_namesake (desk, "theirs hers bo@home.example ada@gmail.com");
  tpt_test_desk_free (desk);
}

/* A key without a candidate does nothing; what fails is said. */
static void
test_inbox_refused (void)
{
  TptTestDesk *desk = desk_new (TRUE);

  tpt_test_await_func (is_first_chosen, desk);
  g_assert_true (gtk_widget_activate_action (desk->page, "inbox.link", "i", 9));
  g_assert_cmpuint (tpt_test_screen_count (desk->page, TPT_TYPE_INBOX_ROW), ==, 3);
  tpt_inbox_model_act (desk->world->workspace->inbox,
                       tpt_match_act_new_rule ("gmail.com", desk->world->busy), "Done");
  await_sight (desk, "free-mail domain", TRUE);
  tpt_test_desk_free (desk);
}

static void
test_inbox_empty (void)
{
  TptTestDesk *desk = desk_new (FALSE);

  await_sight (desk, "Nobody Waits", TRUE);
  tpt_test_screen_shoot (desk->window, "inbox-page-empty");
  tpt_test_connection_set_state (desk->world->connection, TPT_CONNECTION_DISCONNECTED);
  await_sight (desk, "Connect your Calendly account", TRUE);
  await_sight (desk, "Nobody Waits", FALSE);
  g_assert_true (tpt_test_screen_shows (desk->window, "Connect…"));
  tpt_test_connection_set_state (desk->world->connection, TPT_CONNECTION_CONNECTED);
  await_sight (desk, "Everybody who booked", TRUE);
  tpt_test_desk_free (desk);
}

static gboolean
is_everybody_back (gpointer user_data)
{
  return tpt_inbox_model_get_count (user_data) == 3;
}

/* Long after the toast, what was said once for all and who was set aside are found and taken back;
 * what strangers wrote is shown and never read. */
static void
test_inbox_decisions (void)
{
  const char *const uris[] = { strangers[0].uri, NULL };
  TptTestDesk *desk = tpt_test_desk_new (add_strangers);
  TptInboxModel *model = desk->world->workspace->inbox;
  GtkWidget *group = g_object_new (TPT_TYPE_DECISIONS_GROUP, NULL);

  tpt_decisions_group_set_workspace (TPT_DECISIONS_GROUP (group), desk->world->workspace);
  tpt_test_desk_show (desk, group);
  await_sight (desk, "Nothing was decided yet", TRUE);
  tpt_inbox_model_act (model, tpt_match_act_new_rule ("firm.example", desk->world->busy), "Done");
  await_sight (desk, "1 rule", TRUE);
  tpt_inbox_model_act (model, tpt_match_act_new_ignore (uris), "Done");
  await_sight (desk, "1 person is set aside", TRUE);
  for (guint i = 0; i < 2; i++)
    adw_expander_row_set_expanded (
      ADW_EXPANDER_ROW (tpt_test_screen_find (group, ADW_TYPE_EXPANDER_ROW, i)), TRUE);
  await_sight (desk, "Always belongs to Nordlicht Logistik", TRUE);
  await_sight (desk, TPT_TEST_HOSTILE, TRUE);
  tpt_test_screen_shoot (desk->window, "decisions");

  tpt_test_screen_press (desk->page, "Forget");
  await_sight (desk, "firm.example is looked at anew", TRUE);
  await_sight (desk, "1 rule", FALSE);
  tpt_test_screen_press (desk->page, "Put Back");
  await_sight (desk, "Nothing was decided yet", TRUE);
  tpt_test_await_func (is_everybody_back, model);
  tpt_test_desk_free (desk);
}

/* The reason and the way out. */
static void
test_inbox_failed (void)
{
  TptTestDesk *desk = desk_new (TRUE);

  await_sight (desk, "Nina Berg", TRUE);
  tpt_test_world_close (desk->world);
  tpt_inbox_model_load (desk->world->workspace->inbox);
  await_sight (desk, "The Inbox Could Not Be Read", TRUE);
  g_assert_true (tpt_test_screen_shows (desk->window, "Retry"));
  tpt_test_desk_free (desk);
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_screen_init (&argc, &argv);

  g_test_add_func ("/inbox-page/content", test_inbox_content);
  g_test_add_func ("/inbox-page/ignore", test_inbox_ignore);
  g_test_add_func ("/inbox-page/suggestion", test_inbox_suggestion);
  g_test_add_func ("/inbox-page/identify", test_inbox_identify);
  g_test_add_func ("/inbox-page/person-left", test_inbox_person_left);
  g_test_add_func ("/inbox-page/midnight", test_inbox_midnight);
  g_test_add_func ("/inbox-page/refused", test_inbox_refused);
  g_test_add_func ("/inbox-page/empty", test_inbox_empty);
  g_test_add_func ("/inbox-page/failed", test_inbox_failed);
  g_test_add_func ("/inbox-page/decisions", test_inbox_decisions);

  return g_test_run ();
}
