/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-busy-button.h"
#include "tpt-customer-page.h"
#include "tpt-link-row.h"
#include "tpt-meeting-row.h"
#include "tpt-slice-fill.h"
#include "tpt-test-growth.h"
#include "tpt-test-screen.h"
#include "tpt-test-world.h"
#include "tpt-test.h"

typedef struct
{
  TptTestWorld *world;
  gint64 customer;
} Somebody;

static gboolean
is_known (gpointer user_data)
{
  Somebody *somebody = user_data;

  return tpt_portfolio_find (somebody->world->workspace->portfolio, somebody->customer) != NULL;
}

static GtkWidget *
show_page (TptTestWorld *world,
           gint64        customer,
           int           width,
           int           height)
{
  GtkWidget *page = tpt_customer_page_new ();
  Somebody somebody = { world, customer };

  tpt_test_await_func (is_known, &somebody);
  tpt_test_world_await (world);
  tpt_customer_page_set_customer (TPT_CUSTOMER_PAGE (page), world->workspace, customer);

  return tpt_test_screen_show (page, width, height);
}

static GtkWidget *
get_page (GtkWidget *window)
{
  return tpt_test_screen_find (window, TPT_TYPE_CUSTOMER_PAGE, 0);
}

static void
keep_toast_cb (TptCustomerPage *page,
               const char      *text,
               char           **toast)
{
  g_free (*toast);
  *toast = g_strdup (text);
}

static void
test_content (void)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  g_autoptr (TptTestWorld) world = NULL;
  TptTestGrowth growth;
  GtkWidget *window;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  window = show_page (world, world->busy, 1300, 1500);
  tpt_test_growth_watch (&growth, window, TPT_TYPE_MEETING_ROW);
  tpt_test_screen_await (window, "Show All (15)", TRUE);
  tpt_test_screen_await (window, "Recommended: ", TRUE);
  tpt_test_screen_await (window, "Canceled", TRUE);
  g_assert_true (tpt_test_screen_shows (window, "Nordlicht Logistik"));
  g_assert_true (tpt_test_screen_shows (window, "Tomorrow, 11:00–11:45 · 45 min"));
  g_assert_true (tpt_test_screen_shows (window, "Rescheduled ×1"));
  g_assert_true (tpt_test_screen_shows (window, "Ada Brandt (ada.brandt@nordlicht.example), with"));
  g_assert_true (tpt_test_screen_shows (window, "Looked after by robin@touchpoint.example"));
  g_assert_true (tpt_test_screen_shows (window, "20 % (1 of 5)"));
  g_assert_true (tpt_test_screen_shows (window, "last 90 days"));
  tpt_test_growth_await (&growth, 11);
  tpt_test_growth_stop (&growth);
  g_assert_cmpuint (tpt_test_screen_count (window, TPT_TYPE_LINK_ROW), ==, 3);
  tpt_test_screen_shoot (window, "customer-wide");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  tpt_test_screen_shoot (window, "customer-dark");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
  tpt_test_screen_close (window);
}

/* However long a history is, no frame makes more rows than a few, and all are there in the end. */
static void
test_long_history (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  TptTestGrowth growth;
  GtkWidget *window;
  TptTime now;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  now = tpt_clock_now (world->clock);
  for (int i = 1; i <= 30; i++)
    {
      tpt_test_world_add_meeting (world, world->fresh, "Call", now - i * TPT_DAY, NULL);
      if (i <= 9)
        tpt_test_world_add_meeting (world, world->fresh, "Call", now + i * TPT_DAY, NULL);
    }
  window = show_page (world, world->quiet, 900, 900);
  tpt_test_growth_watch (&growth, window, TPT_TYPE_MEETING_ROW);
  tpt_test_screen_await (window, "Nothing is booked", TRUE);
  tpt_customer_page_set_customer (TPT_CUSTOMER_PAGE (get_page (window)), world->workspace,
                                  world->fresh);
  tpt_test_screen_await (window, "Show All (30)", TRUE);
  tpt_test_growth_await (&growth, 19);
  g_assert_cmpuint (growth.most, <=, 2 * TPT_SLICE_STEP);
  tpt_test_growth_stop (&growth);
  tpt_test_screen_close (window);
}

/* The narrowest window that the app promises to work in. */
static void
test_narrow (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  GtkWidget *window;
  int minimum;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  window = show_page (world, world->quiet, 360, 1500);
  tpt_test_screen_await (window, "Nothing is booked", TRUE);
  tpt_test_screen_await (window, "Recommended: ", TRUE);
  gtk_widget_measure (get_page (window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  g_assert_cmpint (minimum, <=, 360);
  tpt_test_screen_shoot (window, "customer-narrow");
  tpt_test_screen_close (window);
}

static void
test_empty (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  GtkWidget *window;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  window = show_page (world, world->fresh, 800, 1500);
  tpt_test_screen_await (window, "No Meetings Yet", TRUE);
  tpt_test_screen_await (window, "No link was made for this customer yet", TRUE);
  tpt_test_screen_await (window, "Not enough data", TRUE);
  g_assert_true (tpt_test_screen_shows (window, "Prospect"));
  g_assert_true (tpt_test_screen_shows (window, "Never"));
  tpt_test_screen_shoot (window, "customer-empty");
  tpt_test_screen_close (window);
}

static void
test_disconnected (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  GtkWidget *window;
  g_autofree char *toast = NULL;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_DISCONNECTED);
  window = show_page (world, world->fresh, 800, 900);
  tpt_test_screen_await (window, "Connect your Calendly account to make links", TRUE);
  tpt_test_screen_await (window, "and the meetings of this customer appear here", TRUE);
  g_signal_connect (get_page (window), "toast", G_CALLBACK (keep_toast_cb), &toast);
  tpt_customer_page_copy_link (TPT_CUSTOMER_PAGE (get_page (window)), "shortcut");
  g_assert_cmpstr (toast, ==, "Connect your Calendly account first");
  tpt_test_connection_set_state (world->connection, TPT_CONNECTION_CONNECTED);
  tpt_test_screen_await (window, "Generate Link", TRUE);
  tpt_test_screen_close (window);
}

/* The placeholder is there before anything was read, and the name as well. */
static void
test_loading (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  GtkWidget *page = tpt_customer_page_new ();
  GtkWidget *window;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  tpt_test_world_await (world);
  window = tpt_test_screen_show (page, 800, 900);
  tpt_customer_page_set_customer (TPT_CUSTOMER_PAGE (page), world->workspace, world->busy);
  g_assert_true (tpt_test_screen_shows (window, "Nordlicht Logistik"));
  g_assert_true (tpt_test_screen_shows (window, "Loading meetings…"));
  g_assert_true (tpt_test_screen_shows (window, "Loading links…"));
  g_assert_true (tpt_test_screen_shows (window, "Loading event types…"));
  tpt_test_screen_await (window, "Show All (15)", TRUE);
  tpt_test_screen_close (window);
}

/* A record that does not answer is told, with a way to try again. */
static void
test_failed (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  GtkWidget *window;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  tpt_test_world_await (world);
  tpt_test_world_close (world);
  window = show_page (world, world->busy, 900, 1300);
  tpt_test_screen_await (window, "Meetings Could Not Be Read", TRUE);
  tpt_test_screen_await (window, "The links could not be read.", TRUE);
  tpt_test_screen_await (window, "The event types could not be read.", TRUE);
  g_assert_true (tpt_test_screen_shows (window, "Retry"));
  tpt_test_screen_shoot (window, "customer-failed");
  tpt_test_screen_close (window);
}

/* What others wrote is shown as it is: no markup, no other direction for the rest of the line. */
static void
test_hostile (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  GtkWidget *window;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  tpt_test_world_add_meeting (world, world->hostile, TPT_TEST_HOSTILE "\u202e%n\a",
                              tpt_clock_now (world->clock) + 5 * TPT_DAY, "javascript:alert(1)");
  window = show_page (world, world->hostile, 900, 1500);
  tpt_test_screen_await (window, TPT_TEST_HOSTILE "[U+202E]%n␇", TRUE);
  tpt_test_screen_await (window,
                         "\u2068" TPT_TEST_HOSTILE "\u2069 (x@hostile.example), with Robin Falk",
                         TRUE);
  g_assert_true (tpt_test_screen_shows (window, "<i>Tier</i>"));
  tpt_test_screen_shoot (window, "customer-hostile");
  tpt_test_screen_close (window);
}

/* The name of the host, which comes last, is not cut off where there is little room. */
static void
test_host (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  GtkWidget *window;
  GtkWidget *row;
  GtkWidget *label;
  guint found = 0;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  tpt_test_world_add_meeting (world, world->hostile, "Check-in",
                              tpt_clock_now (world->clock) + 5 * TPT_DAY, NULL);
  window = show_page (world, world->hostile, 360, 1500);
  tpt_test_screen_await (window, "(x@hostile.example), with Robin Falk", TRUE);
  tpt_test_screen_settle (window);
  row = tpt_test_screen_find (window, TPT_TYPE_MEETING_ROW, 0);
  for (guint i = 0; (label = tpt_test_screen_find (row, GTK_TYPE_LABEL, i)) != NULL; i++)
    {
      if (strstr (gtk_label_get_text (GTK_LABEL (label)), ", with Robin Falk") == NULL)
        continue;
      found++;
      g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))));
    }
  g_assert_cmpuint (found, >, 0);
  tpt_test_screen_close (window);
}

/* A booking that comes in further up does not move what is being read; at the head it is seen. */
static void
test_anchor (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  GtkAdjustment *adjustment;
  GtkWidget *window;
  GtkWidget *row;
  double place;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  window = show_page (world, world->busy, 900, 500);
  tpt_test_world_await (world);
  tpt_test_screen_settle (window);
  adjustment = gtk_scrolled_window_get_vadjustment (
    GTK_SCROLLED_WINDOW (tpt_test_screen_find (window, GTK_TYPE_SCROLLED_WINDOW, 0)));
  tpt_test_world_add_meeting (world, world->busy, "At the Head",
                              tpt_clock_now (world->clock) + TPT_DAY / 2, NULL);
  tpt_test_screen_await (window, "At the Head", TRUE);
  tpt_test_screen_settle (window);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 0);
  row = tpt_test_screen_find (window, TPT_TYPE_MEETING_ROW, 4);
  gtk_adjustment_set_value (adjustment, tpt_test_screen_get_place (row, window) - 60);
  tpt_test_screen_settle (window);
  place = tpt_test_screen_get_place (row, window);
  tpt_test_world_add_meeting (world, world->busy, "Further Up",
                              tpt_clock_now (world->clock) + TPT_DAY / 3, NULL);
  tpt_test_screen_await (window, "Further Up", TRUE);
  tpt_test_screen_settle (window);
  g_assert_cmpfloat (tpt_test_screen_get_place (row, window), ==, place);
  tpt_test_screen_close (window);
}

/* The rows below one that comes in stay what they are: unfolded, and with the keyboard on them. */
static void
test_stay (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  GtkWidget *window;
  GtkWidget *row;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  window = show_page (world, world->busy, 900, 1300);
  tpt_test_world_await (world);
  tpt_test_screen_settle (window);
  row = tpt_test_screen_find (window, TPT_TYPE_MEETING_ROW, 4);
  g_object_add_weak_pointer (G_OBJECT (row), (gpointer *) &row);
  tpt_test_world_add_meeting (world, world->busy, "Just Over",
                              tpt_clock_now (world->clock) - TPT_DAY / 12, NULL);
  tpt_test_screen_await (window, "Just Over", TRUE);
  tpt_test_screen_settle (window);
  g_assert_nonnull (row);
  g_object_remove_weak_pointer (G_OBJECT (row), (gpointer *) &row);
  tpt_test_screen_close (window);
}

static void
test_huge_name (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  g_autofree char *name = g_strnfill (1 << 20, 'M');
  GtkWidget *window;
  gint64 row = 0;
  int minimum;

  world = tpt_test_world_new (TPT_TEST_WORLD_EMPTY, TPT_CONNECTION_CONNECTED);
  tpt_test_world_add_customer (world, name, &row);
  tpt_test_world_add_meeting (world, row, name, tpt_clock_now (world->clock) + TPT_DAY, NULL);
  window = show_page (world, row, 500, 700);
  tpt_test_screen_await (window, "Upcoming", TRUE);
  gtk_widget_measure (get_page (window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  g_assert_cmpint (minimum, <=, 360);
  tpt_test_screen_close (window);
}

/* A link by key: the toast names who and what, the clipboard has it, the card shows it. */
static void
test_copy_link (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  g_autofree char *toast = NULL;
  g_autofree char *copied = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  GdkClipboard *clipboard;
  GtkWidget *window;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  window = show_page (world, world->busy, 900, 900);
  tpt_test_screen_await (window, "Recommended: ", TRUE);
  g_signal_connect (get_page (window), "toast", G_CALLBACK (keep_toast_cb), &toast);
  tpt_customer_page_copy_link (TPT_CUSTOMER_PAGE (get_page (window)), "shortcut");
  tpt_test_screen_await (window, "https://booking.example/d/ckz-9mq-2hd/quarterly-review", TRUE);
  g_assert_cmpstr (toast, ==, "Copied: Check-in for Ada Brandt, Nordlicht Logistik");
  g_assert_cmpstr (tpt_test_link_maker_origin (world->link_maker), ==, "shortcut");
  clipboard = gtk_widget_get_clipboard (window);
  gdk_clipboard_read_text_async (clipboard, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  copied = gdk_clipboard_read_text_finish (clipboard, result, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (copied, "https://booking.example/d/"));
  tpt_test_screen_shoot (window, "customer-link");
  tpt_test_screen_close (window);
}

static void
test_link_failure (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  g_autofree char *toast = NULL;
  GtkWidget *window;
  GtkWidget *button;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  window = show_page (world, world->busy, 900, 900);
  tpt_test_screen_await (window, "Recommended: ", TRUE);
  g_signal_connect (get_page (window), "toast", G_CALLBACK (keep_toast_cb), &toast);
  button = tpt_test_screen_find (window, TPT_TYPE_BUSY_BUTTON, 0);
  tpt_test_link_maker_hold (world->link_maker);
  g_signal_emit_by_name (button, "clicked");
  g_assert_false (gtk_widget_get_sensitive (button));
  tpt_test_link_maker_release (world->link_maker, "The service did not answer in time");
  tpt_test_screen_await (window, "The service did not answer in time", TRUE);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_assert_cmpstr (toast, ==, "The service did not answer in time");
  g_assert_cmpstr (tpt_test_link_maker_origin (world->link_maker), ==, "customer-page");
  tpt_test_screen_shoot (window, "customer-link-failure");
  tpt_test_screen_close (window);
}

/* A booking that somebody else writes into the store stands on the page without anything being
 * pressed. */
static void
test_follows_store (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  GtkWidget *window;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  window = show_page (world, world->quiet, 900, 900);
  tpt_test_screen_await (window, "Nothing is booked", TRUE);
  tpt_test_world_add_meeting (world, world->quiet, "Surprise session",
                              tpt_clock_now (world->clock) + 4 * TPT_DAY, NULL);
  tpt_test_screen_await (window, "Surprise session", TRUE);
  tpt_test_screen_await (window, "In 4 days", TRUE);
  g_assert_false (tpt_test_screen_shows (window, "Nothing is booked"));
  tpt_test_screen_close (window);
}

static void
test_details (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  GtkWidget *window;
  GtkWidget *row;
  GtkWidget *toggle;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  window = show_page (world, world->busy, 900, 1300);
  tpt_test_screen_await (window, "Show All (15)", TRUE);
  row = tpt_test_screen_find (window, TPT_TYPE_MEETING_ROW, 5); /* the one that was canceled */
  toggle = tpt_test_screen_find (row, GTK_TYPE_TOGGLE_BUTTON, 0);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
  tpt_test_screen_await (row, "Something urgent came up, sorry!", TRUE);
  g_assert_true (tpt_test_screen_shows (row, "Canceled by the guest"));
  g_assert_true (tpt_test_screen_shows (row, "What shall we talk about?"));
  g_assert_true (tpt_test_screen_shows (row, "The rollout in the second region"));
  g_assert_true (tpt_test_screen_shows (row, "https://zoom.us/j/4815162342"));
  tpt_test_screen_shoot (window, "customer-details");
  tpt_test_screen_close (window);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_screen_init (&argc, &argv);
  g_test_add_func ("/ui/customer-page/content", test_content);
  g_test_add_func ("/ui/customer-page/long-history", test_long_history);
  g_test_add_func ("/ui/customer-page/narrow", test_narrow);
  g_test_add_func ("/ui/customer-page/empty", test_empty);
  g_test_add_func ("/ui/customer-page/disconnected", test_disconnected);
  g_test_add_func ("/ui/customer-page/loading", test_loading);
  g_test_add_func ("/ui/customer-page/failed", test_failed);
  g_test_add_func ("/ui/customer-page/hostile", test_hostile);
  g_test_add_func ("/ui/customer-page/host", test_host);
  g_test_add_func ("/ui/customer-page/anchor", test_anchor);
  g_test_add_func ("/ui/customer-page/stay", test_stay);
  g_test_add_func ("/ui/customer-page/huge-name", test_huge_name);
  g_test_add_func ("/ui/customer-page/copy-link", test_copy_link);
  g_test_add_func ("/ui/customer-page/link-failure", test_link_failure);
  g_test_add_func ("/ui/customer-page/follows-store", test_follows_store);
  g_test_add_func ("/ui/customer-page/details", test_details);

  return g_test_run ();
}
