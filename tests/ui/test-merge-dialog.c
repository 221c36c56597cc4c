/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customer-page.h"
#include "tpt-customers-table.h"
#include "tpt-test-desk.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"

/* The customer whom the window was asked to show. */
static gint64 shown;

static void
show_customer_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  shown = g_variant_get_int64 (parameter);
}

static gboolean
is_known (gpointer user_data)
{
  TptTestDesk *desk = user_data;

  return tpt_portfolio_find (desk->world->workspace->portfolio, desk->world->busy) != NULL;
}

static void
add_window_action (TptTestDesk *desk)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("show-customer", G_VARIANT_TYPE_INT64);

  g_signal_connect (action, "activate", G_CALLBACK (show_customer_cb), NULL);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (desk->window, "win", G_ACTION_GROUP (group));
}

/* A customer's page with the inbox that does what its menu asks for. */
static TptTestDesk *
desk_new (void)
{
  TptTestDesk *desk = tpt_test_desk_new (NULL);
  GtkWidget *page = tpt_customer_page_new ();

  shown = 0;
  tpt_test_await_func (is_known, desk);
  tpt_customer_page_set_customer (TPT_CUSTOMER_PAGE (page), desk->world->workspace,
                                  desk->world->busy);
  tpt_test_desk_show (desk, page);
  add_window_action (desk);

  return desk;
}

static void
await_sight (GtkWidget  *widget,
             const char *text)
{
  tpt_test_screen_await (widget, text, TRUE);
}

/* The dialog that @action opens. */
static AdwMessageDialog *
ask (TptTestDesk *desk,
     const char  *action)
{
  g_assert_true (gtk_widget_activate_action (desk->page, action, NULL));

  return ADW_MESSAGE_DIALOG (tpt_test_screen_find_window (ADW_TYPE_MESSAGE_DIALOG));
}

static gboolean
is_ready (gpointer user_data)
{
  const char *response =
    adw_message_dialog_has_response (user_data, "merge") ? "merge" : "split";

  return adw_message_dialog_get_response_enabled (user_data, response);
}

static gboolean
try_other (AdwMessageDialog *dialog,
           const char       *name)
{
  GtkWidget *picker = tpt_test_screen_find (GTK_WIDGET (dialog), GTK_TYPE_DROP_DOWN, 0);
  GListModel *model = gtk_drop_down_get_model (GTK_DROP_DOWN (picker));

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (TptCustomerItem) item = g_list_model_get_item (model, i);

      if (g_str_equal (tpt_customer_item_get_name (item), name))
        {
          gtk_drop_down_set_selected (GTK_DROP_DOWN (picker), i);
          return TRUE;
        }
    }

  return FALSE;
}

static void
choose_other (AdwMessageDialog *dialog,
              const char       *name)
{
  g_assert_true (try_other (dialog, name));
}

static const char *
get_name (TptTestDesk *desk,
          gint64       customer)
{
  TptCustomerItem *item = tpt_portfolio_find (desk->world->workspace->portfolio, customer);

  return item != NULL ? tpt_customer_item_get_name (item) : NULL;
}

typedef struct
{
  TptTestDesk *desk;
  gint64 customer;
  gboolean wanted;
} Presence;

static gboolean
is_present (gpointer user_data)
{
  Presence *presence = user_data;

  return (get_name (presence->desk, presence->customer) != NULL) == presence->wanted;
}

static void
await_presence (TptTestDesk *desk,
                gint64       customer,
                gboolean     wanted)
{
  Presence presence = { desk, customer, wanted };

  tpt_test_await_func (is_present, &presence);
}

/* Nothing is chosen for a person; what would move is said; one becomes part of the other, and the
 * toast takes it back. */
static void
test_merge (void)
{
  TptTestDesk *desk = desk_new ();
  AdwMessageDialog *dialog = ask (desk, "customer.merge");
  g_autofree char *quiet = g_strdup (get_name (desk, desk->world->quiet));

  g_assert_true (tpt_test_screen_shows (GTK_WIDGET (dialog), "Choose the customer"));
  g_assert_true (tpt_test_screen_shows (GTK_WIDGET (dialog), "Choose a customer"));
  g_assert_false (is_ready (dialog));
  g_assert_false (try_other (dialog, "Nordlicht Logistik"));
  choose_other (dialog, quiet);
  g_assert_true (tpt_test_screen_shows (GTK_WIDGET (dialog), "Looking what would go along"));
  g_assert_false (is_ready (dialog));
  tpt_test_await_func (is_ready, dialog);
  g_assert_true (tpt_test_screen_shows (GTK_WIDGET (dialog), "Goes to Nordlicht Logistik"));
  g_assert_true (tpt_test_screen_shows (GTK_WIDGET (dialog), "1 stakeholder"));
  g_assert_true (tpt_test_screen_shows (GTK_WIDGET (dialog), "Keep the name “Nordlicht"));
  tpt_test_screen_shoot (GTK_WIDGET (dialog), "merge-dialog");
  g_assert_nonnull (get_name (desk, desk->world->quiet));

  adw_message_dialog_response (dialog, "merge");
  await_sight (desk->window, "is part of Nordlicht Logistik now");
  await_presence (desk, desk->world->quiet, FALSE);
  g_assert_cmpint (shown, ==, 0);
  tpt_inbox_model_undo (desk->world->workspace->inbox);
  await_sight (desk->window, "Undone");
  await_presence (desk, desk->world->quiet, TRUE);
  g_assert_cmpstr (get_name (desk, desk->world->quiet), ==, quiet);
  tpt_test_desk_free (desk);
}

/* The other's name can stay; then its page is shown, as this one's is gone. */
static void
test_other_name (void)
{
  TptTestDesk *desk = desk_new ();
  AdwMessageDialog *dialog = ask (desk, "customer.merge");
  g_autofree char *quiet = g_strdup (get_name (desk, desk->world->quiet));
  g_autofree char *heading = g_strdup_printf ("Goes to %s", quiet);

  choose_other (dialog, quiet);
  gtk_check_button_set_active (
    GTK_CHECK_BUTTON (tpt_test_screen_find (GTK_WIDGET (dialog), GTK_TYPE_CHECK_BUTTON, 1)), TRUE);
  tpt_test_await_func (is_ready, dialog);
  g_assert_true (tpt_test_screen_shows (GTK_WIDGET (dialog), heading));
  adw_message_dialog_response (dialog, "merge");
  await_presence (desk, desk->world->busy, FALSE);
  g_assert_cmpint (shown, ==, desk->world->quiet);
  tpt_test_desk_free (desk);
}

static gboolean
twins_func (TptSession  *session,
            gpointer     data,
            GError     **error)
{
  g_autoptr (TptCustomer) one = tpt_customer_new ();
  g_autoptr (TptCustomer) other = tpt_customer_new ();

  one->name = g_strdup ("Twin");
  one->external_id = g_strdup ("T-1");
  other->name = g_strdup ("Twin");
  other->external_id = g_strdup ("T-2");
  g_strfreev (other->domains);
  other->domains = g_strsplit ("twin.com", ";", -1);

  return tpt_customers_table_save (session, one, error)
         && tpt_customers_table_save (session, other, error);
}

typedef struct
{
  TptTestDesk *desk;
  const char *name;
  gint64 found;
} Search;

static gboolean
is_found (gpointer user_data)
{
  Search *search = user_data;
  GListModel *portfolio = G_LIST_MODEL (search->desk->world->workspace->portfolio);

  for (guint i = 0; i < g_list_model_get_n_items (portfolio); i++)
    {
      g_autoptr (TptCustomerItem) item = g_list_model_get_item (portfolio, i);

      if (g_strcmp0 (tpt_customer_item_get_name (item), search->name) == 0)
        search->found = tpt_customer_item_get_id (item);
    }

  return search->found != 0;
}

static gint64
find_customer (TptTestDesk *desk,
               const char  *name)
{
  Search search = { desk, name, 0 };

  tpt_test_await_func (is_found, &search);

  return search.found;
}

static AdwMessageDialog *
ask_among_twins (TptTestDesk *desk,
                 const char  *name)
{
  GtkWidget *page = tpt_customer_page_new ();

  shown = 0;
  tpt_customer_page_set_customer (TPT_CUSTOMER_PAGE (page), desk->world->workspace,
                                  find_customer (desk, name));
  tpt_test_desk_show (desk, page);
  add_window_action (desk);

  return ask (desk, "customer.merge");
}

/* Of those who have one name, a person can say which. */
static void
test_same_name (void)
{
  TptTestDesk *desk = tpt_test_desk_new (twins_func);
  AdwMessageDialog *dialog = ask_among_twins (desk, "Nordlicht Logistik");
  GtkWidget *widget = tpt_test_screen_find (GTK_WIDGET (dialog), GTK_TYPE_DROP_DOWN, 0);
  GtkDropDown *picker = GTK_DROP_DOWN (widget);

  choose_other (dialog, "Twin");
  await_sight (widget, "Twin · T-1");
  gtk_drop_down_set_selected (picker, gtk_drop_down_get_selected (picker) + 1);
  await_sight (widget, "Twin · twin.com · T-2");
  choose_other (dialog, get_name (desk, desk->world->quiet));
  g_assert_false (tpt_test_screen_shows (widget, " · "));
  adw_message_dialog_response (dialog, "cancel");
  tpt_test_desk_free (desk);
}

static gint64
get_chosen (AdwMessageDialog *dialog)
{
  GtkWidget *picker = tpt_test_screen_find (GTK_WIDGET (dialog), GTK_TYPE_DROP_DOWN, 0);
  TptCustomerItem *item = gtk_drop_down_get_selected_item (GTK_DROP_DOWN (picker));

  return item != NULL ? tpt_customer_item_get_id (item) : 0;
}

static void
assert_found (GtkWidget  *picker,
              const char *text,
              guint       wanted)
{
  GtkWidget *search = tpt_test_screen_find (picker, GTK_TYPE_SEARCH_ENTRY, 0);
  GtkWidget *list = tpt_test_screen_find (picker, GTK_TYPE_LIST_VIEW, 0);

  gtk_editable_set_text (GTK_EDITABLE (search), text);
  /* It says so by itself, after a moment in which more may be typed. */
  g_signal_emit_by_name (search, "search-changed");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (
                      gtk_list_view_get_model (GTK_LIST_VIEW (list)))), ==, wanted);
}

/* Any part of a name finds it, with accents or without them, and so does a domain. */
static void
test_search (void)
{
  TptTestDesk *desk = tpt_test_desk_new (twins_func);
  AdwMessageDialog *dialog = ask_among_twins (desk, "Twin");
  GtkWidget *picker = tpt_test_screen_find (GTK_WIDGET (dialog), GTK_TYPE_DROP_DOWN, 0);
  GtkWidget *list = tpt_test_screen_find (picker, GTK_TYPE_LIST_VIEW, 0);
  gint64 accented = 0;

  tpt_test_world_add_customer (desk->world, "Zur Großen Mühle", &accented);
  await_presence (desk, accented, TRUE);
  assert_found (picker, "nobody", 0);
  assert_found (picker, "Logistik", 1);
  assert_found (picker, "großen mühle", 1);
  assert_found (picker, "Muhle", 1);
  g_signal_emit_by_name (list, "activate", 0);
  g_assert_cmpint (get_chosen (dialog), ==, accented);
  assert_found (picker, "nordlicht.ex", 1);
  adw_message_dialog_response (dialog, "cancel");
  tpt_test_desk_free (desk);
}

/* Nobody is asked which of two equal names stays. */
static void
test_one_name (void)
{
  TptTestDesk *desk = tpt_test_desk_new (twins_func);
  AdwMessageDialog *dialog = ask_among_twins (desk, "Twin");

  choose_other (dialog, get_name (desk, desk->world->quiet));
  await_sight (GTK_WIDGET (dialog), "Keep the name");
  gtk_check_button_set_active (
    GTK_CHECK_BUTTON (tpt_test_screen_find (GTK_WIDGET (dialog), GTK_TYPE_CHECK_BUTTON, 1)), TRUE);
  choose_other (dialog, "Twin");
  tpt_test_await_func (is_ready, dialog);
  g_assert_false (tpt_test_screen_shows (GTK_WIDGET (dialog), "Keep the name"));
  tpt_test_screen_shoot (GTK_WIDGET (dialog), "merge-twins");
  adw_message_dialog_response (dialog, "merge");
  await_sight (desk->window, "Twin is part of Twin now");
  g_assert_cmpint (shown, ==, 0);
  tpt_test_desk_free (desk);
}

/* Whoever comes or goes while it is asked: only a person chooses. */
static void
test_others_change (void)
{
  TptTestDesk *desk = desk_new ();
  TptTestWorld *world = desk->world;
  AdwMessageDialog *dialog = ask (desk, "customer.merge");
  gint64 first = 0, second = 0;

  tpt_test_world_add_customer (world, "Aaa", &first);
  await_presence (desk, first, TRUE);
  g_assert_cmpint (get_chosen (dialog), ==, 0);
  choose_other (dialog, get_name (desk, world->quiet));
  tpt_test_world_add_customer (world, "Aab", &second);
  await_presence (desk, second, TRUE);
  g_assert_cmpint (get_chosen (dialog), ==, world->quiet);
  tpt_test_await_func (is_ready, dialog);

  tpt_inbox_model_act (world->workspace->inbox, tpt_match_act_new_merge (first, world->quiet),
                       "Done elsewhere");
  await_presence (desk, world->quiet, FALSE);
  g_assert_cmpint (get_chosen (dialog), ==, 0);
  g_assert_false (is_ready (dialog));
  g_assert_true (tpt_test_screen_shows (GTK_WIDGET (dialog), "Choose the customer"));
  adw_message_dialog_response (dialog, "cancel");
  tpt_test_desk_free (desk);
}

/* A part becomes a customer; what lacks and what is refused is said before. */
static void
test_split (void)
{
  TptTestDesk *desk = desk_new ();
  AdwMessageDialog *dialog = ask (desk, "customer.split");
  GtkWidget *entry = tpt_test_screen_find (GTK_WIDGET (dialog), GTK_TYPE_ENTRY, 0);
  GtkWidget *domain = tpt_test_screen_find (GTK_WIDGET (dialog), GTK_TYPE_CHECK_BUTTON, 0);
  const char *taken = get_name (desk, desk->world->quiet);

  g_assert_true (tpt_test_screen_shows (GTK_WIDGET (dialog), "Choose who goes"));
  g_assert_true (tpt_test_screen_shows (GTK_WIDGET (dialog), "Ada Brandt (ada.brandt@"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (domain), TRUE);
  g_assert_true (tpt_test_screen_shows (GTK_WIDGET (dialog), "Give the new customer a name"));
  gtk_editable_set_text (GTK_EDITABLE (entry), taken);
  await_sight (GTK_WIDGET (dialog), "There is a customer called");
  g_assert_false (tpt_test_screen_shows (GTK_WIDGET (dialog), "Retry"));
  g_assert_false (is_ready (dialog));
  gtk_editable_set_text (GTK_EDITABLE (entry), " South " TPT_TEST_HOSTILE);
  tpt_test_await_func (is_ready, dialog);
  g_assert_true (tpt_test_screen_shows (GTK_WIDGET (dialog), "Domain: "));
  tpt_test_screen_shoot (GTK_WIDGET (dialog), "split-dialog");
  adw_message_dialog_response (dialog, "split");
  await_sight (desk->window, "is a customer now");
  tpt_test_desk_free (desk);
}

static gboolean
press_undo (TptTestDesk *desk)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (desk->page);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) keys = g_list_model_get_item (controllers, i);
      g_autoptr (GtkShortcut) shortcut = NULL;

      if (!GTK_IS_SHORTCUT_CONTROLLER (keys)
          || gtk_shortcut_controller_get_scope (GTK_SHORTCUT_CONTROLLER (keys))
               != GTK_SHORTCUT_SCOPE_GLOBAL)
        continue;
      shortcut = g_list_model_get_item (G_LIST_MODEL (keys), 0);
      return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, desk->page, NULL);
    }
  g_assert_not_reached ();
}

/* The key takes back what is on the screen, and nothing that was done long ago. */
static void
test_key (void)
{
  TptTestDesk *desk = desk_new ();
  TptInboxModel *model = desk->world->workspace->inbox;

  g_assert_false (press_undo (desk));
  tpt_inbox_model_act (model, tpt_match_act_new_merge (desk->world->busy, desk->world->quiet),
                       "They are one");
  await_sight (desk->window, "They are one");
  await_presence (desk, desk->world->quiet, FALSE);
  g_assert_true (press_undo (desk));
  await_sight (desk->window, "Undone");
  g_assert_false (press_undo (desk));
  await_presence (desk, desk->world->quiet, TRUE);
  tpt_test_desk_free (desk);
}

/* Nothing can be foreseen of a record that does not answer, nor done to it. */
static void
test_failed (void)
{
  TptTestDesk *desk = desk_new ();
  AdwMessageDialog *dialog = ask (desk, "customer.merge");

  tpt_test_world_close (desk->world);
  choose_other (dialog, get_name (desk, desk->world->quiet));
  await_sight (GTK_WIDGET (dialog), "Retry");
  g_assert_false (is_ready (dialog));
  adw_message_dialog_response (dialog, "cancel");
  tpt_test_desk_free (desk);
}

/* Who has nothing that could go is told so. */
static void
test_nothing (void)
{
  TptTestDesk *desk = desk_new ();
  AdwMessageDialog *dialog;
  gint64 alone = 0;

  tpt_test_world_add_customer (desk->world, "Alone", &alone);
  await_presence (desk, alone, TRUE);
  tpt_customer_page_set_customer (TPT_CUSTOMER_PAGE (desk->page), desk->world->workspace, alone);
  dialog = ask (desk, "customer.split");
  g_assert_true (tpt_test_screen_shows (GTK_WIDGET (dialog), "has neither a domain nor"));
  g_assert_false (adw_message_dialog_has_response (dialog, "split"));
  adw_message_dialog_response (dialog, "cancel");
  tpt_test_desk_free (desk);
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_screen_init (&argc, &argv);

  g_test_add_func ("/merge-dialog/same-name", test_same_name);
  g_test_add_func ("/merge-dialog/search", test_search);
  g_test_add_func ("/merge-dialog/one-name", test_one_name);
  g_test_add_func ("/merge-dialog/merge", test_merge);
  g_test_add_func ("/merge-dialog/other-name", test_other_name);
  g_test_add_func ("/merge-dialog/others-change", test_others_change);
  g_test_add_func ("/merge-dialog/split", test_split);
  g_test_add_func ("/merge-dialog/key", test_key);
  g_test_add_func ("/merge-dialog/failed", test_failed);
  g_test_add_func ("/merge-dialog/nothing", test_nothing);

  return g_test_run ();
}
