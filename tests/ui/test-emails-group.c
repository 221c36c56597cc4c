/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-email-row.h"
#include "tpt-people-list.h"
#include "tpt-test-form.h"
#include "tpt-test-people.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"

#define FIRST TPT_TEST_PEOPLE_FIRST
#define SECOND TPT_TEST_PEOPLE_SECOND
#define TAKEN TPT_TEST_PEOPLE_TAKEN
#define ELSEWHERE TPT_TEST_PEOPLE_ELSEWHERE

static GtkWidget *
ask (TptTestDesk *desk)
{
  return tpt_test_people_open (desk, "Edit Ana");
}

/* Behind the time zone. */
static void
add_address (GtkWidget *dialog)
{
  adw_action_row_activate (ADW_ACTION_ROW (tpt_test_screen_find (dialog, ADW_TYPE_ACTION_ROW, 1)));
}

static void
assert_rows (GtkWidget  *dialog,
             const char *expected)
{
  g_autoptr (GString) rows = g_string_new (NULL);
  GtkWidget *row;

  for (guint i = 0; (row = tpt_test_people_get_row (dialog, i)) != NULL; i++)
    g_string_append_printf (rows, "%s %s|",
                            adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)),
                            gtk_editable_get_text (GTK_EDITABLE (row)));
  g_assert_cmpstr (rows->str, ==, expected);
}

/* The primary one in the line, the others when it is opened; who has only one and nothing else is a
 * line without more. Somebody of whom a time zone is known stands before them. */
static void
test_shown (void)
{
  TptTestDesk *desk = tpt_test_people_desk_new ();
  GtkWidget *list = tpt_test_screen_find (desk->page, TPT_TYPE_PEOPLE_LIST, 0);
  GtkWidget *expander = tpt_test_screen_find (list, ADW_TYPE_EXPANDER_ROW, 1);
  GtkWidget *inner;

  g_assert_true (tpt_test_screen_shows (list, "Ana"));
  g_assert_true (tpt_test_screen_shows (list, FIRST));
  g_assert_true (tpt_test_screen_shows (list, "1 more"));
  g_assert_true (tpt_test_screen_shows (list, TAKEN));
  g_assert_cmpuint (tpt_test_screen_count (list, ADW_TYPE_EXPANDER_ROW), ==, 2);
  inner = tpt_test_screen_find (expander, ADW_TYPE_ACTION_ROW, 1);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (inner)), ==, SECOND);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), TRUE);
  tpt_test_screen_settle (desk->window);
  g_assert_true (gtk_widget_get_mapped (inner));
  tpt_test_screen_shoot (desk->window, "people-list");
  tpt_test_desk_free (desk);
}

/* Add, make primary and remove, saved in one go; the toast takes all of it back. */
static void
test_changed (void)
{
  TptTestDesk *desk = tpt_test_people_desk_new ();
  GtkWidget *dialog = ask (desk);
  GtkWidget *focus;

  assert_rows (dialog, "Primary Address " FIRST "|Address " SECOND "|");
  g_assert_false (tpt_test_form_can_save (dialog));
  g_assert_false (gtk_widget_get_visible (
    tpt_test_form_find_button (dialog, "Make " FIRST " the primary address")));

  tpt_test_form_click (dialog, "Make " SECOND " the primary address");
  assert_rows (dialog, "Primary Address " SECOND "|Address " FIRST "|");
  g_assert_true (tpt_test_form_can_save (dialog));
  focus = gtk_window_get_focus (GTK_WINDOW (dialog));
  g_assert_true (gtk_widget_is_ancestor (focus, tpt_test_people_get_row (dialog, 0)));

  add_address (dialog);
  focus = gtk_window_get_focus (GTK_WINDOW (dialog));
  g_assert_true (gtk_widget_is_ancestor (focus, tpt_test_people_get_row (dialog, 2)));
  tpt_test_people_write_row (dialog, 2, "  Third@Home.EXAMPLE ");
  tpt_test_form_click (dialog, "Remove " FIRST);
  assert_rows (dialog, "Primary Address " SECOND "|Address   Third@Home.EXAMPLE |");
  focus = gtk_window_get_focus (GTK_WINDOW (dialog));
  g_assert_true (gtk_widget_is_ancestor (focus, tpt_test_people_get_row (dialog, 1)));
  tpt_test_screen_shoot (dialog, "emails-group");

  g_signal_emit_by_name (tpt_test_form_get_save (dialog), "clicked");
  tpt_test_people_await_gone ();
  tpt_test_people_await_emails (desk, "Ana", SECOND " third@home.example");
  tpt_test_screen_await (desk->window, "Ana is changed", TRUE);
  tpt_test_screen_await (desk->page, "1 more", TRUE);
  tpt_inbox_model_undo (desk->world->workspace->inbox);
  tpt_test_people_await_emails (desk, "Ana", FIRST " " SECOND);
  tpt_test_desk_free (desk);
}

/* Each mistake is told in words, at its row, and nothing is saved; what nobody has written to its
 * end is no mistake yet. */
static void
test_checked (void)
{
  TptTestDesk *desk = tpt_test_people_desk_new ();
  GtkWidget *dialog = ask (desk);
  TptEmailRow *row;

  tpt_test_people_write_row (dialog, 1, "nonsense");
  g_assert_true (tpt_test_screen_shows (dialog, "“nonsense” is not an e-mail address."));
  g_assert_true (gtk_widget_has_css_class (tpt_test_people_get_row (dialog, 1), "error"));
  g_assert_false (tpt_test_form_can_save (dialog));
  tpt_test_people_write_row (dialog, 1, "BO@nordlicht.example");
  g_assert_true (tpt_test_screen_shows (dialog, TAKEN " is an address of Bo already."));
  g_assert_false (tpt_test_form_can_save (dialog));
  tpt_test_people_write_row (dialog, 1, "ANA@nordlicht.example");
  g_assert_true (tpt_test_screen_shows (dialog, FIRST " is there twice."));
  g_assert_false (tpt_test_form_can_save (dialog));
  tpt_test_screen_shoot (dialog, "emails-group-wrong");
  tpt_test_people_write_row (dialog, 1, ELSEWHERE);
  g_assert_false (tpt_test_screen_shows (dialog, "is there twice"));
  g_assert_true (tpt_test_screen_shows (dialog, "wait in the match inbox"));
  g_assert_false (gtk_widget_has_css_class (tpt_test_people_get_row (dialog, 1), "error"));
  g_assert_true (tpt_test_form_can_save (dialog));
  tpt_test_people_write_row (dialog, 1, SECOND);
  g_assert_false (tpt_test_screen_shows (dialog, "wait in the match inbox"));
  g_assert_false (tpt_test_form_can_save (dialog));

  add_address (dialog);
  row = TPT_EMAIL_ROW (tpt_test_people_get_row (dialog, 2));
  tpt_test_people_write_row (dialog, 2, "half@");
  g_assert_false (tpt_email_row_shows_problem (row));
  g_assert_false (tpt_test_form_can_save (dialog));
  g_signal_emit_by_name (row, "entry-activated");
  g_assert_true (tpt_email_row_shows_problem (row));
  g_assert_true (tpt_test_screen_shows (dialog, "“half@” is not an e-mail address."));
  gtk_window_close (GTK_WINDOW (dialog));
  tpt_test_people_await_gone ();
  tpt_test_people_await_emails (desk, "Ana", FIRST " " SECOND);
  tpt_test_desk_free (desk);
}

static int
measure (GtkWidget *widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);

  return minimum;
}

/* In the narrowest window that the app promises to work in, with the longest of addresses. */
static void
test_narrow (void)
{
  TptTestDesk *desk = tpt_test_people_desk_new ();
  g_autofree char *local = g_strnfill (64, 'l');
  g_autofree char *email = g_strconcat (local, "@a-very-long-domain-of-a-firm.example", NULL);
  GtkWidget *dialog = ask (desk);
  AdwStyleManager *style = adw_style_manager_get_default ();

  tpt_test_people_write_row (dialog, 1, email);
  add_address (dialog);
  tpt_test_people_write_row (dialog, 2, email);
  g_assert_cmpint (measure (dialog), <=, 360);
  g_assert_cmpint (measure (desk->page), <=, 360);
  gtk_window_set_default_size (GTK_WINDOW (dialog), 360, 480);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  tpt_test_screen_shoot (dialog, "emails-group-narrow");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
  gtk_window_close (GTK_WINDOW (dialog));
  tpt_test_people_await_gone ();
  tpt_test_desk_free (desk);
}

/* Whoever has a name needs no address. */
static void
test_none (void)
{
  TptTestDesk *desk = tpt_test_people_desk_new ();
  GtkWidget *dialog = ask (desk);

  tpt_test_form_click (dialog, "Remove " FIRST);
  assert_rows (dialog, "Primary Address " SECOND "|");
  tpt_test_form_click (dialog, "Remove " SECOND);
  assert_rows (dialog, "");
  g_assert_true (tpt_test_form_can_save (dialog));
  g_signal_emit_by_name (tpt_test_form_get_save (dialog), "clicked");
  tpt_test_people_await_emails (desk, "Ana", "");
  tpt_test_people_await_gone ();
  tpt_test_screen_await (desk->window, "Ana is changed", TRUE);

  dialog = ask (desk);
  assert_rows (dialog, "Primary Address |");
  gtk_window_close (GTK_WINDOW (dialog));
  tpt_test_people_await_gone ();
  tpt_test_desk_free (desk);
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_screen_init (&argc, &argv);

  g_test_add_func ("/emails-group/shown", test_shown);
  g_test_add_func ("/emails-group/changed", test_changed);
  g_test_add_func ("/emails-group/checked", test_checked);
  g_test_add_func ("/emails-group/narrow", test_narrow);
  g_test_add_func ("/emails-group/none", test_none);

  return g_test_run ();
}
