/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-people-list.h"
#include "tpt-stakeholders-table.h"
#include "tpt-test-form.h"
#include "tpt-test-people.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"

#define TAKEN TPT_TEST_PEOPLE_TAKEN

static GtkDropDown *
find_zone (GtkWidget *dialog)
{
  return GTK_DROP_DOWN (tpt_test_screen_find (dialog, GTK_TYPE_DROP_DOWN, 0));
}

static void
choose_zone (GtkWidget  *dialog,
             const char *name)
{
  GtkDropDown *zone = find_zone (dialog);
  GListModel *names = gtk_drop_down_get_model (zone);

  for (guint i = 0; i < g_list_model_get_n_items (names); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (names, i);

      if (g_str_equal (gtk_string_object_get_string (item), name))
        {
          gtk_drop_down_set_selected (zone, i);
          return;
        }
    }
  g_error ("No zone “%s”", name);
}

static gboolean
is_written (gpointer user_data)
{
  TptStakeholder *person = tpt_test_people_find (user_data, "Cy Ito");

  return person != NULL && g_strcmp0 (person->role, "Buyer") == 0
         && g_strcmp0 (person->phone, "+81 3") == 0
         && g_strcmp0 (person->timezone, "America/New_York") == 0
         && g_strcmp0 (person->emails[0], "cy@nordlicht.example") == 0;
}

static gboolean
is_away (gpointer user_data)
{
  return tpt_test_people_find (user_data, "Cy Ito") == NULL;
}

/* Somebody new, whom the toast takes back; nothing is said to be missing before they begin. */
static void
test_added (void)
{
  TptTestDesk *desk = tpt_test_people_desk_new ();
  GtkWidget *dialog = tpt_test_people_open (desk, "Add a stakeholder of this customer");
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (dialog));
  GtkEditable *name = tpt_test_form_find_field (dialog, "Name");

  g_assert_true (gtk_widget_is_ancestor (focus, GTK_WIDGET (name)));
  g_assert_false (tpt_test_form_can_save (dialog));
  g_assert_false (tpt_test_screen_shows (dialog, "needs an e-mail address"));
  tpt_test_form_write (dialog, "Role", " Buyer ");
  g_assert_true (tpt_test_screen_shows (dialog, "Who has no name needs an e-mail address."));
  g_assert_false (tpt_test_form_can_save (dialog));
  tpt_test_form_write (dialog, "Name", "  Cy Ito ");
  g_assert_false (tpt_test_screen_shows (dialog, "needs an e-mail address"));
  g_assert_true (tpt_test_form_can_save (dialog));
  tpt_test_people_write_row (dialog, 0, TAKEN);
  g_assert_true (tpt_test_screen_shows (dialog, TAKEN " is an address of Bo already."));
  g_assert_false (tpt_test_form_can_save (dialog));
  tpt_test_people_write_row (dialog, 0, "cy@nordlicht.example");
  tpt_test_form_write (dialog, "Phone", "+81 3");
  choose_zone (dialog, "New York (America)");
  tpt_test_screen_shoot (dialog, "person-dialog-new");
  gtk_widget_activate_default (dialog);
  tpt_test_people_await_gone ();
  tpt_test_await_func (is_written, desk);
  tpt_test_screen_await (desk->window, "Cy Ito is added", TRUE);
  tpt_test_screen_await (desk->page, "Cy Ito", TRUE);
  tpt_inbox_model_undo (desk->world->workspace->inbox);
  tpt_test_await_func (is_away, desk);
  tpt_test_desk_free (desk);
}

/* Each field shows what is known, and only what was written is written. */
static void
test_edited (void)
{
  TptTestDesk *desk = tpt_test_people_desk_new ();
  GtkWidget *dialog = tpt_test_people_open (desk, "Add a stakeholder of this customer");
  GtkWidget *expander;

  tpt_test_form_write (dialog, "Name", "Cy Ito");
  tpt_test_form_write (dialog, "Role", "Buyer");
  tpt_test_form_write (dialog, "Phone", "+81 3");
  choose_zone (dialog, "New York (America)");
  tpt_test_people_write_row (dialog, 0, "cy@nordlicht.example");
  g_signal_emit_by_name (tpt_test_form_get_save (dialog), "clicked");
  tpt_test_people_await_gone ();
  tpt_test_await_func (is_written, desk);
  tpt_test_screen_await (desk->page, "Cy Ito", TRUE);
  g_assert_true (tpt_test_screen_shows (desk->page, "Buyer"));
  expander = tpt_test_screen_find (desk->page, ADW_TYPE_EXPANDER_ROW, 2);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), TRUE);
  tpt_test_screen_settle (desk->window);
  g_assert_true (tpt_test_screen_shows (expander, "+81 3"));
  g_assert_true (tpt_test_screen_shows (expander, "America/New_York"));

  dialog = tpt_test_people_open (desk, "Edit Cy Ito");
  g_assert_cmpstr (gtk_editable_get_text (tpt_test_form_find_field (dialog, "Role")), ==, "Buyer");
  g_assert_cmpstr (gtk_editable_get_text (tpt_test_form_find_field (dialog, "Phone")), ==, "+81 3");
  g_assert_cmpstr (gtk_string_object_get_string (
                     gtk_drop_down_get_selected_item (find_zone (dialog))),
                   ==, "New York (America)");
  g_assert_false (tpt_test_form_can_save (dialog));
  tpt_test_form_write (dialog, "Name", "");
  g_assert_true (tpt_test_form_can_save (dialog));
  tpt_test_form_click (dialog, "Remove cy@nordlicht.example");
  g_assert_true (tpt_test_screen_shows (dialog, "Who has no name needs an e-mail address."));
  g_assert_false (tpt_test_form_can_save (dialog));
  gtk_window_close (GTK_WINDOW (dialog));
  tpt_test_people_await_gone ();
  tpt_test_await_func (is_written, desk);
  tpt_test_desk_free (desk);
}

static gboolean
has_lost_bo (gpointer user_data)
{
  return tpt_test_people_find (user_data, "Bo") == NULL;
}

/* At once, as it can be taken back; the keyboard stays with the people. */
static void
test_removed (void)
{
  TptTestDesk *desk = tpt_test_people_desk_new ();
  GtkWidget *list = tpt_test_screen_find (desk->page, TPT_TYPE_PEOPLE_LIST, 0);
  GtkWidget *focus;

  tpt_test_form_click (desk->page, "Remove Bo");
  tpt_test_await_func (has_lost_bo, desk);
  tpt_test_screen_await (desk->window, "Bo is removed", TRUE);
  tpt_test_screen_await (list, TAKEN, FALSE);
  focus = gtk_window_get_focus (GTK_WINDOW (desk->window));
  g_assert_true (focus != NULL && gtk_widget_is_ancestor (focus, list));
  tpt_inbox_model_undo (desk->world->workspace->inbox);
  tpt_test_people_await_emails (desk, "Bo", TAKEN);
  tpt_test_screen_await (list, TAKEN, TRUE);
  tpt_test_desk_free (desk);
}

static gboolean
remove_bo (TptSession  *session,
           gpointer     data,
           GError     **error)
{
  return tpt_stakeholders_table_remove (session, *(gint64 *) data, error);
}

/* What cannot be saved is told where it was written, and stays there. */
static void
test_refused (void)
{
  TptTestDesk *desk = tpt_test_people_desk_new ();
  GtkWidget *dialog = tpt_test_people_open (desk, "Edit Bo");
  gint64 row = tpt_test_people_find (desk, "Bo")->id;

  tpt_test_form_write (dialog, "Role", "Buyer");
  tpt_test_world_write (desk->world, remove_bo, &row);
  g_signal_emit_by_name (tpt_test_form_get_save (dialog), "clicked");
  tpt_test_screen_await (dialog, "This stakeholder is not there any more.", TRUE);
  g_assert_cmpstr (gtk_editable_get_text (tpt_test_form_find_field (dialog, "Role")), ==, "Buyer");
  gtk_window_close (GTK_WINDOW (dialog));
  tpt_test_people_await_gone ();
  tpt_test_desk_free (desk);
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_screen_init (&argc, &argv);

  g_test_add_func ("/person-dialog/added", test_added);
  g_test_add_func ("/person-dialog/edited", test_edited);
  g_test_add_func ("/person-dialog/removed", test_removed);
  g_test_add_func ("/person-dialog/refused", test_refused);

  return g_test_run ();
}
