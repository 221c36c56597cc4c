/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customer-page.h"
#include "tpt-email-row.h"
#include "tpt-emails-dialog.h"
#include "tpt-people-list.h"
#include "tpt-stakeholders-table.h"
#include "tpt-test-desk.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"

#define FIRST "ana@nordlicht.example"
#define SECOND "ana@home.example"
#define TAKEN "bo@nordlicht.example"
#define ELSEWHERE "shared@elsewhere.example"

static gboolean
save_person (TptSession  *session,
             gint64       customer,
             const char  *name,
             const char  *emails,
             GError     **error)
{
  g_autoptr (TptStakeholder) person = tpt_stakeholder_new ();
  g_auto (GStrv) list = g_strsplit (emails, " ", -1);

  person->customer = customer;
  person->name = g_strdup (name);
  tpt_stakeholder_set_emails (person, (const char *const *) list);

  return tpt_stakeholders_table_save (session, person, error);
}

static gboolean
add_people (TptSession  *session,
            gpointer     data,
            GError     **error)
{
  TptTestDesk *desk = data;

  return save_person (session, desk->world->fresh, "Ana", FIRST " " SECOND, error)
         && save_person (session, desk->world->fresh, "Bo", TAKEN, error)
         && save_person (session, desk->world->quiet, "Cy", ELSEWHERE, error);
}

static TptStakeholder *
find (TptTestDesk *desk,
      const char  *name)
{
  TptCustomerItem *item =
    tpt_portfolio_find (desk->world->workspace->portfolio, desk->world->fresh);
  TptCustomer *customer = item != NULL ? tpt_customer_item_get_customer (item) : NULL;

  for (guint i = 0; customer != NULL && i < customer->stakeholders->len; i++)
    {
      TptStakeholder *person = g_ptr_array_index (customer->stakeholders, i);

      if (g_strcmp0 (person->name, name) == 0)
        return person;
    }

  return NULL;
}

typedef struct
{
  TptTestDesk *desk;
  const char *name;
  const char *emails;
} Wanted;

static gboolean
has_emails (gpointer user_data)
{
  Wanted *wanted = user_data;
  TptStakeholder *person = find (wanted->desk, wanted->name);
  g_autofree char *emails = person != NULL ? g_strjoinv (" ", person->emails) : NULL;

  return g_strcmp0 (emails, wanted->emails) == 0;
}

static void
await_emails (TptTestDesk *desk,
              const char  *name,
              const char  *emails)
{
  Wanted wanted = { desk, name, emails };

  tpt_test_await_func (has_emails, &wanted);
}

/* A customer's page, at whom there are two people more: one has two addresses, one a third. */
static TptTestDesk *
desk_new (void)
{
  TptTestDesk *desk = tpt_test_desk_new (NULL);
  GtkWidget *page = tpt_customer_page_new ();

  tpt_test_world_write (desk->world, add_people, desk);
  await_emails (desk, "Bo", TAKEN);
  tpt_customer_page_set_customer (TPT_CUSTOMER_PAGE (page), desk->world->workspace,
                                  desk->world->fresh);
  tpt_test_desk_show (desk, page);

  return desk;
}

static GtkWidget *
find_dialog (void)
{
  return tpt_test_screen_find_window (TPT_TYPE_EMAILS_DIALOG);
}

/* The button of @widget whose tooltip is @text. */
static GtkWidget *
find_button (GtkWidget  *widget,
             const char *text)
{
  for (guint i = 0;; i++)
    {
      GtkWidget *button = tpt_test_screen_find (widget, GTK_TYPE_BUTTON, i);

      if (button == NULL)
        g_error ("No button “%s”", text);
      if (g_strcmp0 (gtk_widget_get_tooltip_text (button), text) == 0)
        return button;
    }
}

static void
click (GtkWidget  *widget,
       const char *text)
{
  GtkWidget *button = find_button (widget, text);

  g_assert_true (gtk_widget_get_visible (button));
  g_signal_emit_by_name (button, "clicked");
}

/* The button that has a label and no tooltip. */
static GtkWidget *
get_save (GtkWidget *dialog)
{
  for (guint i = 0;; i++)
    {
      GtkWidget *button = tpt_test_screen_find (dialog, GTK_TYPE_BUTTON, i);

      g_assert_nonnull (button);
      if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), "_Save") == 0)
        return button;
    }
}

static gboolean
can_save (GtkWidget *dialog)
{
  return gtk_widget_get_sensitive (get_save (dialog));
}

static GtkWidget *
ask (TptTestDesk *desk)
{
  GtkWidget *dialog;

  click (desk->page, "Change the e-mail addresses of Ana");
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  tpt_test_screen_settle (dialog);

  return dialog;
}

static GtkWidget *
get_row (GtkWidget *dialog,
         guint      number)
{
  return tpt_test_screen_find (dialog, TPT_TYPE_EMAIL_ROW, number);
}

static void
write_row (GtkWidget  *dialog,
           guint       number,
           const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (get_row (dialog, number)), text);
}

static void
assert_rows (GtkWidget  *dialog,
             const char *expected)
{
  g_autoptr (GString) rows = g_string_new (NULL);
  GtkWidget *row;

  for (guint i = 0; (row = get_row (dialog, i)) != NULL; i++)
    g_string_append_printf (rows, "%s %s|",
                            adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)),
                            gtk_editable_get_text (GTK_EDITABLE (row)));
  g_assert_cmpstr (rows->str, ==, expected);
}

static gboolean
is_gone (gpointer unused)
{
  return find_dialog () == NULL;
}

/* The primary one in the line, the others when it is opened. */
static void
test_shown (void)
{
  TptTestDesk *desk = desk_new ();
  GtkWidget *list = tpt_test_screen_find (desk->page, TPT_TYPE_PEOPLE_LIST, 0);
  GtkWidget *expander = tpt_test_screen_find (list, ADW_TYPE_EXPANDER_ROW, 0);
  GtkWidget *inner;

  g_assert_true (tpt_test_screen_shows (list, "Ana"));
  g_assert_true (tpt_test_screen_shows (list, FIRST));
  g_assert_true (tpt_test_screen_shows (list, "1 more"));
  g_assert_true (tpt_test_screen_shows (list, TAKEN));
  g_assert_cmpuint (tpt_test_screen_count (list, ADW_TYPE_EXPANDER_ROW), ==, 1);
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
  TptTestDesk *desk = desk_new ();
  GtkWidget *dialog = ask (desk);
  GtkWidget *focus;

  assert_rows (dialog, "Primary Address " FIRST "|Address " SECOND "|");
  g_assert_false (can_save (dialog));
  g_assert_false (gtk_widget_get_visible (
    find_button (dialog, "Make " FIRST " the primary address")));

  click (dialog, "Make " SECOND " the primary address");
  assert_rows (dialog, "Primary Address " SECOND "|Address " FIRST "|");
  g_assert_true (can_save (dialog));
  focus = gtk_window_get_focus (GTK_WINDOW (dialog));
  g_assert_true (gtk_widget_is_ancestor (focus, get_row (dialog, 0)));

  adw_action_row_activate (ADW_ACTION_ROW (tpt_test_screen_find (dialog, ADW_TYPE_ACTION_ROW, 0)));
  focus = gtk_window_get_focus (GTK_WINDOW (dialog));
  g_assert_true (gtk_widget_is_ancestor (focus, get_row (dialog, 2)));
  write_row (dialog, 2, "  Third@Home.EXAMPLE ");
  click (dialog, "Remove " FIRST);
  assert_rows (dialog, "Primary Address " SECOND "|Address   Third@Home.EXAMPLE |");
  focus = gtk_window_get_focus (GTK_WINDOW (dialog));
  g_assert_true (gtk_widget_is_ancestor (focus, get_row (dialog, 1)));
  tpt_test_screen_shoot (dialog, "emails-dialog");

  g_signal_emit_by_name (get_save (dialog), "clicked");
  tpt_test_await_func (is_gone, NULL);
  await_emails (desk, "Ana", SECOND " third@home.example");
  tpt_test_screen_await (desk->window, "The addresses of Ana are changed", TRUE);
  tpt_test_screen_await (desk->page, "1 more", TRUE);
  tpt_inbox_model_undo (desk->world->workspace->inbox);
  await_emails (desk, "Ana", FIRST " " SECOND);
  tpt_test_desk_free (desk);
}

/* Each mistake is told in words, at its row, and nothing is saved; what nobody has written to its
 * end is no mistake yet. */
static void
test_checked (void)
{
  TptTestDesk *desk = desk_new ();
  GtkWidget *dialog = ask (desk);
  TptEmailRow *row;

  write_row (dialog, 1, "nonsense");
  g_assert_true (tpt_test_screen_shows (dialog, "“nonsense” is not an e-mail address."));
  g_assert_true (gtk_widget_has_css_class (get_row (dialog, 1), "error"));
  g_assert_false (can_save (dialog));
  write_row (dialog, 1, "BO@nordlicht.example");
  g_assert_true (tpt_test_screen_shows (dialog, TAKEN " is an address of Bo already."));
  g_assert_false (can_save (dialog));
  write_row (dialog, 1, "ANA@nordlicht.example");
  g_assert_true (tpt_test_screen_shows (dialog, FIRST " is there twice."));
  g_assert_false (can_save (dialog));
  tpt_test_screen_shoot (dialog, "emails-dialog-wrong");
  write_row (dialog, 1, ELSEWHERE);
  g_assert_false (tpt_test_screen_shows (dialog, "is there twice"));
  g_assert_true (tpt_test_screen_shows (dialog, "wait in the match inbox"));
  g_assert_false (gtk_widget_has_css_class (get_row (dialog, 1), "error"));
  g_assert_true (can_save (dialog));
  write_row (dialog, 1, SECOND);
  g_assert_false (tpt_test_screen_shows (dialog, "wait in the match inbox"));
  g_assert_false (can_save (dialog));

  adw_action_row_activate (ADW_ACTION_ROW (tpt_test_screen_find (dialog, ADW_TYPE_ACTION_ROW, 0)));
  row = TPT_EMAIL_ROW (get_row (dialog, 2));
  write_row (dialog, 2, "half@");
  g_assert_false (tpt_email_row_shows_problem (row));
  g_assert_false (can_save (dialog));
  g_signal_emit_by_name (row, "entry-activated");
  g_assert_true (tpt_email_row_shows_problem (row));
  g_assert_true (tpt_test_screen_shows (dialog, "“half@” is not an e-mail address."));
  gtk_window_close (GTK_WINDOW (dialog));
  tpt_test_await_func (is_gone, NULL);
  await_emails (desk, "Ana", FIRST " " SECOND);
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
  TptTestDesk *desk = desk_new ();
  g_autofree char *local = g_strnfill (64, 'l');
  g_autofree char *email = g_strconcat (local, "@a-very-long-domain-of-a-firm.example", NULL);
  GtkWidget *dialog = ask (desk);
  AdwStyleManager *style = adw_style_manager_get_default ();

  write_row (dialog, 1, email);
  adw_action_row_activate (ADW_ACTION_ROW (tpt_test_screen_find (dialog, ADW_TYPE_ACTION_ROW, 0)));
  write_row (dialog, 2, email);
  g_assert_cmpint (measure (dialog), <=, 360);
  g_assert_cmpint (measure (desk->page), <=, 360);
  gtk_window_set_default_size (GTK_WINDOW (dialog), 360, 480);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  tpt_test_screen_shoot (dialog, "emails-dialog-narrow");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
  gtk_window_close (GTK_WINDOW (dialog));
  tpt_test_await_func (is_gone, NULL);
  tpt_test_desk_free (desk);
}

/* Whoever has a name needs no address. */
static void
test_none (void)
{
  TptTestDesk *desk = desk_new ();
  GtkWidget *dialog = ask (desk);

  click (dialog, "Remove " FIRST);
  assert_rows (dialog, "Primary Address " SECOND "|");
  click (dialog, "Remove " SECOND);
  assert_rows (dialog, "");
  g_assert_true (can_save (dialog));
  g_signal_emit_by_name (get_save (dialog), "clicked");
  await_emails (desk, "Ana", "");
  tpt_test_await_func (is_gone, NULL);
  tpt_test_screen_await (desk->window, "The addresses of Ana are changed", TRUE);

  dialog = ask (desk);
  assert_rows (dialog, "Primary Address |");
  gtk_window_close (GTK_WINDOW (dialog));
  tpt_test_await_func (is_gone, NULL);
  tpt_test_desk_free (desk);
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_screen_init (&argc, &argv);

  g_test_add_func ("/emails-dialog/shown", test_shown);
  g_test_add_func ("/emails-dialog/changed", test_changed);
  g_test_add_func ("/emails-dialog/checked", test_checked);
  g_test_add_func ("/emails-dialog/narrow", test_narrow);
  g_test_add_func ("/emails-dialog/none", test_none);

  return g_test_run ();
}
