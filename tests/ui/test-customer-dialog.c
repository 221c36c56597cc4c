/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customer-dialog.h"
#include "tpt-customer-page.h"
#include "tpt-customers-table.h"
#include "tpt-date-button.h"
#include "tpt-fields-group.h"
#include "tpt-settings-table.h"
#include "tpt-test-desk.h"
#include "tpt-test-form.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"

typedef struct
{
  TptTestDesk *desk;
  gint64 row;              /* 0: any of that name */
  const char *name;
} Wanted;

static TptTestDesk *
desk_new (void)
{
  TptTestDesk *desk = tpt_test_desk_new (NULL);
  GtkWidget *page = tpt_customer_page_new ();

  tpt_customer_page_set_customer (TPT_CUSTOMER_PAGE (page), desk->world->workspace,
                                  desk->world->fresh);
  tpt_test_desk_show (desk, page);

  return desk;
}

static TptCustomer *
find (Wanted *wanted)
{
  GListModel *model = G_LIST_MODEL (wanted->desk->world->workspace->portfolio);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (TptCustomerItem) item = g_list_model_get_item (model, i);
      TptCustomer *customer = tpt_customer_item_get_customer (item);

      if ((wanted->row == 0 || customer->id == wanted->row)
          && g_strcmp0 (customer->name, wanted->name) == 0)
        return customer;
    }

  return NULL;
}

static gboolean
is_there (gpointer user_data)
{
  return find (user_data) != NULL;
}

static gboolean
is_away (gpointer user_data)
{
  return find (user_data) == NULL;
}

static GtkWidget *
find_dialog (void)
{
  return tpt_test_screen_find_window (TPT_TYPE_CUSTOMER_DIALOG);
}

static gboolean
is_gone (gpointer unused)
{
  return find_dialog () == NULL;
}

static GtkWidget *
open_dialog (void)
{
  GtkWidget *dialog = find_dialog ();

  g_assert_nonnull (dialog);
  tpt_test_screen_settle (dialog);

  return dialog;
}

static GtkWidget *
edit (TptTestDesk *desk)
{
  g_assert_true (gtk_widget_activate_action (desk->page, "customer.edit", NULL));

  return open_dialog ();
}

static GtkWidget *
make (TptTestDesk *desk)
{
  tpt_customer_dialog_ask (desk->page, desk->world->workspace, NULL);

  return open_dialog ();
}

static void
assert_field (GtkWidget  *dialog,
              const char *title,
              const char *expected)
{
  g_assert_cmpstr (gtk_editable_get_text (tpt_test_form_find_field (dialog, title)), ==, expected);
}

static void
save (GtkWidget *dialog)
{
  g_assert_true (tpt_test_form_can_save (dialog));
  gtk_widget_activate_default (dialog);
  tpt_test_await_func (is_gone, NULL);
}

static void
close_dialog (GtkWidget *dialog)
{
  gtk_window_close (GTK_WINDOW (dialog));
  tpt_test_await_func (is_gone, NULL);
}

static void
set_renewal (GtkWidget *dialog,
             gint64     day)
{
  GtkWidget *date = tpt_test_screen_find (dialog, TPT_TYPE_DATE_BUTTON, 0);

  gtk_switch_set_active (GTK_SWITCH (tpt_test_screen_find (dialog, GTK_TYPE_SWITCH, 0)), TRUE);
  tpt_date_button_set_day (TPT_DATE_BUTTON (date), day);
}

static void
write_all (GtkWidget *dialog)
{
  tpt_test_form_write (dialog, "Name", "  Nordlicht Two ");
  tpt_test_form_write (dialog, "Tier", "Silver");
  tpt_test_form_write (dialog, "Looked After By (E-mail Address)", "me@ours.example");
  tpt_test_form_write (dialog, "Domains", "Two.EXAMPLE, three.example two.example");
  tpt_test_form_write (dialog, "ID in Other Systems", "N-2");
  gtk_spin_button_set_value (
    GTK_SPIN_BUTTON (tpt_test_screen_find (dialog, GTK_TYPE_SPIN_BUTTON, 0)), 45);
  adw_combo_row_set_selected (
    ADW_COMBO_ROW (tpt_test_screen_find (dialog, ADW_TYPE_COMBO_ROW, 0)), 1);
  set_renewal (dialog, 20000);
}

static void
assert_all (TptTestDesk *desk,
            TptCustomer *customer)
{
  static const char *const places[] = { "America/Los_Angeles", "UTC", "Asia/Tokyo" };
  GTimeZone *zone = tpt_workspace_get_zone (desk->world->workspace);
  g_autofree char *domains = g_strjoinv (" ", customer->domains);

  g_assert_cmpstr (domains, ==, "two.example three.example");
  g_assert_cmpstr (customer->tier, ==, "Silver");
  g_assert_cmpstr (customer->owner, ==, "me@ours.example");
  g_assert_cmpstr (customer->external_id, ==, "N-2");
  g_assert_cmpint (customer->cadence_days, ==, 45);
  g_assert_cmpint (customer->status, ==, TPT_CUSTOMER_PROSPECT);
  g_assert_cmpint (tpt_time_get_local_day (customer->renewal_at, zone), ==, 20000);
  /* Nor is it another date for who has moved. */
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GTimeZone) there = tpt_time_zone_new (places[i]);

      g_assert_cmpint (tpt_time_get_local_day (customer->renewal_at, there), ==, 20000);
    }
}

/* Each field goes in and comes out again; the toast takes all of it back. */
static void
test_edited (void)
{
  TptTestDesk *desk = desk_new ();
  g_autofree char *former =
    g_strdup (tpt_customer_page_get_customer (TPT_CUSTOMER_PAGE (desk->page))->name);
  Wanted renamed = { desk, desk->world->fresh, "Nordlicht Two" };
  Wanted back = { desk, desk->world->fresh, former };
  GtkWidget *dialog = edit (desk);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (dialog));
  GtkEditable *name = tpt_test_form_find_field (dialog, "Name");

  g_assert_true (gtk_widget_is_ancestor (focus, GTK_WIDGET (name)));
  assert_field (dialog, "Name", former);
  g_assert_false (tpt_test_form_can_save (dialog));
  write_all (dialog);
  tpt_test_screen_shoot (dialog, "customer-dialog");
  save (dialog);
  tpt_test_await_func (is_there, &renamed);
  assert_all (desk, find (&renamed));
  tpt_test_screen_await (desk->window, "Nordlicht Two is changed", TRUE);
  tpt_test_screen_await (desk->page, "Prospect", TRUE);

  dialog = edit (desk);
  assert_field (dialog, "Name", "Nordlicht Two");
  assert_field (dialog, "Tier", "Silver");
  assert_field (dialog, "Looked After By (E-mail Address)", "me@ours.example");
  assert_field (dialog, "Domains", "two.example three.example");
  assert_field (dialog, "ID in Other Systems", "N-2");
  g_assert_false (tpt_test_form_can_save (dialog));
  close_dialog (dialog);
  tpt_inbox_model_undo (desk->world->workspace->inbox);
  tpt_test_await_func (is_there, &back);
  tpt_test_desk_free (desk);
}

/* Somebody new, whom the toast takes back. */
static void
test_made (void)
{
  TptTestDesk *desk = desk_new ();
  Wanted made = { desk, 0, "Nordlicht Two" };
  GtkWidget *dialog = make (desk);

  g_assert_false (tpt_test_form_can_save (dialog));
  g_assert_false (tpt_test_screen_shows (dialog, "A customer needs a name."));
  write_all (dialog);
  save (dialog);
  tpt_test_await_func (is_there, &made);
  assert_all (desk, find (&made));
  g_assert_cmpuint (find (&made)->by_hand, ==, 0xff);
  tpt_test_screen_await (desk->window, "Nordlicht Two is a customer now", TRUE);
  tpt_inbox_model_undo (desk->world->workspace->inbox);
  tpt_test_await_func (is_away, &made);
  tpt_test_desk_free (desk);
}

static void
assert_told (GtkWidget  *dialog,
             const char *title,
             const char *text,
             const char *sentence)
{
  GtkWidget *field = GTK_WIDGET (tpt_test_form_find_field (dialog, title));

  tpt_test_form_write (dialog, title, text);
  if (!tpt_test_screen_shows (dialog, sentence))
    g_error ("“%s” is not told of “%s”", sentence, text);
  g_assert_true (gtk_widget_has_css_class (field, "error"));
  g_assert_false (tpt_test_form_can_save (dialog));
}

/* Each mistake is told in a sentence at its field. */
static void
test_checked (void)
{
  TptTestDesk *desk = desk_new ();
  TptPortfolio *portfolio = desk->world->workspace->portfolio;
  TptCustomerItem *busy = tpt_portfolio_find (portfolio, desk->world->busy);
  TptCustomer *other = tpt_customer_item_get_customer (busy);
  g_autofree char *twins = g_strdup_printf (" has %s, too", other->domains[0]);
  g_autofree char *shouted = g_utf8_strup (other->name, -1);
  GtkWidget *dialog = make (desk);

  assert_told (dialog, "Name", shouted, "There is a customer called ");
  assert_told (dialog, "Name", " ", "A customer needs a name.");
  tpt_test_form_write (dialog, "Name", "Quite New");
  g_assert_true (tpt_test_form_can_save (dialog));
  assert_told (dialog, "Looked After By (E-mail Address)", "nobody",
               "“nobody” is not an e-mail address.");
  tpt_test_form_write (dialog, "Looked After By (E-mail Address)", "");
  assert_told (dialog, "Domains", "good.example a@b.example", "“a@b.example” is not a domain.");
  assert_told (dialog, "Domains", "gmail.com",
               "“gmail.com” is a free-mail domain: it belongs to no one company.");
  tpt_test_screen_shoot (dialog, "customer-dialog-wrong");
  tpt_test_form_write (dialog, "Domains", other->domains[0]);
  g_assert_true (tpt_test_screen_shows (dialog, twins));
  g_assert_true (tpt_test_form_can_save (dialog));
  close_dialog (dialog);
  tpt_test_desk_free (desk);
}

/* As a list may bring it: two of one name, and one is looked after by somebody without address. */
static gboolean
import_func (TptSession  *session,
             gpointer     data,
             GError     **error)
{
  TptTestWorld *world = data;
  g_autoptr (TptCustomer) customer = NULL;
  g_autoptr (TptCustomer) other = NULL;

  if (!tpt_customers_table_load (session, world->fresh, &customer, error)
      || !tpt_customers_table_load (session, world->quiet, &other, error))
    return FALSE;
  g_free (customer->name);
  customer->name = g_strdup (other->name);
  g_free (customer->owner);
  customer->owner = g_strdup ("Jane Doe");

  return tpt_customers_table_save (session, customer, error);
}

/* What was there before is nothing to mend for who has come to change something else. */
static void
test_imported (void)
{
  TptTestDesk *desk = desk_new ();
  TptCustomerItem *item =
    tpt_portfolio_find (desk->world->workspace->portfolio, desk->world->quiet);
  g_autofree char *name = g_strdup (tpt_customer_item_get_name (item));
  Wanted twin = { desk, desk->world->fresh, name };
  GtkWidget *dialog;

  tpt_test_world_write (desk->world, import_func, desk->world);
  tpt_test_await_func (is_there, &twin);
  dialog = edit (desk);
  g_assert_false (tpt_test_screen_shows (dialog, "is not an e-mail address"));
  tpt_test_form_write (dialog, "Tier", "Silver");
  save (dialog);
  tpt_test_screen_await (desk->window, "is changed", TRUE);
  g_assert_cmpstr (find (&twin)->owner, ==, "Jane Doe");
  dialog = edit (desk);
  assert_told (dialog, "Looked After By (E-mail Address)", "nobody",
               "“nobody” is not an e-mail address.");
  close_dialog (dialog);
  tpt_test_desk_free (desk);
}

static gboolean
own_domain_func (TptSession  *session,
                 gpointer     data,
                 GError     **error)
{
  return tpt_settings_table_set_text (session, "match.own-domains", "ours.example", error);
}

/* What only the store knows is told as well, and what was written stays. */
static void
test_refused (void)
{
  TptTestDesk *desk = desk_new ();
  GtkWidget *dialog = make (desk);

  tpt_test_form_write (dialog, "Name", "Quite New");
  tpt_test_form_write (dialog, "Domains", "ours.example");
  tpt_test_world_write (desk->world, own_domain_func, NULL);
  gtk_widget_activate_default (dialog);
  tpt_test_screen_await (dialog, "“ours.example” is your own organisation's domain", TRUE);
  assert_field (dialog, "Name", "Quite New");
  close_dialog (dialog);
  tpt_test_desk_free (desk);
}

/* A row for the name, with the keyboard in it, and one for the value. */
static void
add_field (GtkWidget  *dialog,
           const char *name,
           const char *value)
{
  GtkWidget *group = tpt_test_screen_find (dialog, TPT_TYPE_FIELDS_GROUP, 0);
  GtkWidget *focus;

  adw_action_row_activate (ADW_ACTION_ROW (tpt_test_screen_find (group, ADW_TYPE_ACTION_ROW, 0)));
  focus = gtk_window_get_focus (GTK_WINDOW (dialog));
  g_assert_true (gtk_widget_is_ancestor (
    focus, GTK_WIDGET (tpt_test_form_find_field (dialog, "Name of the Field"))));
  tpt_test_form_write (dialog, "Name of the Field", name);
  tpt_test_form_write (dialog, "Value", value);
}

/* What a field says stands on the page and is searched, and its name is in the form of any other
 * customer. */
static void
test_fields (void)
{
  TptTestDesk *desk = desk_new ();
  TptPortfolio *portfolio = desk->world->workspace->portfolio;
  TptCustomerItem *item = tpt_portfolio_find (portfolio, desk->world->fresh);
  char *words[] = { (char *) "north", NULL };
  GtkWidget *dialog = edit (desk);

  g_assert_false (tpt_customer_item_matches (item, words));
  add_field (dialog, "Region", "North");
  save (dialog);
  tpt_test_screen_await (desk->page, "North", TRUE);
  g_assert_true (tpt_test_screen_shows (desk->page, "Region"));
  g_assert_true (tpt_customer_item_matches (item, words));

  dialog = make (desk);
  assert_field (dialog, "Region", "");
  close_dialog (dialog);

  dialog = edit (desk);
  assert_field (dialog, "Region", "North");
  g_assert_false (tpt_test_form_can_save (dialog));
  tpt_test_form_write (dialog, "Region", "South");
  save (dialog);
  tpt_test_screen_await (desk->page, "South", TRUE);
  tpt_inbox_model_undo (desk->world->workspace->inbox);
  tpt_test_screen_await (desk->page, "North", TRUE);

  dialog = edit (desk);
  tpt_test_form_write (dialog, "Region", " ");
  save (dialog);
  tpt_test_screen_await (desk->page, "North", FALSE);
  g_assert_false (tpt_test_screen_shows (desk->page, "Region"));
  tpt_test_desk_free (desk);
}

/* Two of one name, and one of none, are told; what was never written is not. */
static void
test_fields_checked (void)
{
  TptTestDesk *desk = desk_new ();
  GtkWidget *dialog = edit (desk);
  GtkWidget *scroller;
  GtkAdjustment *end;

  add_field (dialog, "Region", "North");
  g_assert_true (tpt_test_form_can_save (dialog));
  tpt_test_form_write (dialog, "Name of the Field", "");
  g_assert_true (tpt_test_screen_shows (dialog, "A field needs a name."));
  g_assert_false (tpt_test_form_can_save (dialog));
  tpt_test_form_write (dialog, "Value", "");
  g_assert_false (tpt_test_screen_shows (dialog, "A field needs a name."));
  tpt_test_form_write (dialog, "Name of the Field", "Region");
  tpt_test_form_write (dialog, "Value", "North");
  save (dialog);
  tpt_test_screen_await (desk->page, "North", TRUE);

  dialog = edit (desk);
  add_field (dialog, "REGION", "South");
  g_assert_true (tpt_test_screen_shows (dialog, "There is a field called “Region” already."));
  g_assert_false (tpt_test_form_can_save (dialog));
  tpt_test_form_write (dialog, "Name of the Field", "<b>Seats</b>");
  gtk_window_set_default_size (GTK_WINDOW (dialog), 450, 1000);
  tpt_test_screen_settle (dialog);
  tpt_test_screen_shoot (dialog, "customer-dialog-fields");
  save (dialog);
  tpt_test_screen_await (desk->page, "<b>Seats</b>", TRUE);
  tpt_test_screen_settle (desk->window);
  scroller = tpt_test_screen_find (desk->page, GTK_TYPE_SCROLLED_WINDOW, 0);
  end = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  gtk_adjustment_set_value (end, gtk_adjustment_get_upper (end));
  tpt_test_screen_settle (desk->window);
  tpt_test_screen_shoot (desk->window, "customer-fields");
  tpt_test_desk_free (desk);
}

static int
measure (GtkWidget *widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);

  return minimum;
}

/* In the narrowest window that the app promises to work in. */
static void
test_narrow (void)
{
  TptTestDesk *desk = desk_new ();
  AdwStyleManager *style = adw_style_manager_get_default ();
  GtkWidget *dialog = edit (desk);

  write_all (dialog);
  add_field (dialog, "Region", "North");
  tpt_test_form_write (dialog, "Looked After By (E-mail Address)", "nobody");
  g_assert_cmpint (measure (dialog), <=, 360);
  gtk_window_set_default_size (GTK_WINDOW (dialog), 360, 480);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  tpt_test_screen_shoot (dialog, "customer-dialog-narrow");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
  close_dialog (dialog);
  tpt_test_desk_free (desk);
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_screen_init (&argc, &argv);

  g_test_add_func ("/customer-dialog/edited", test_edited);
  g_test_add_func ("/customer-dialog/made", test_made);
  g_test_add_func ("/customer-dialog/checked", test_checked);
  g_test_add_func ("/customer-dialog/imported", test_imported);
  g_test_add_func ("/customer-dialog/refused", test_refused);
  g_test_add_func ("/customer-dialog/fields", test_fields);
  g_test_add_func ("/customer-dialog/fields-checked", test_fields_checked);
  g_test_add_func ("/customer-dialog/narrow", test_narrow);

  return g_test_run ();
}
