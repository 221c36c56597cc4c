/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-busy-button.h"
#include "tpt-event-type-row.h"
#include "tpt-event-types-page.h"
#include "tpt-event-types-table.h"
#include "tpt-set-aside-table.h"
#include "tpt-test-screen.h"
#include "tpt-test-world.h"
#include "tpt-test.h"

#define QBR "https://api.example/event_types/qbr"

/* The width of a phone, less the frame that a window may have. */
#define NARROW 350

static gboolean
has_rows (gpointer window)
{
  return tpt_test_screen_count (window, TPT_TYPE_EVENT_TYPE_ROW) > 0;
}

/* A search waits for a pause in the typing. */
static gboolean
has_one_row (gpointer window)
{
  return tpt_test_screen_count (window, TPT_TYPE_EVENT_TYPE_ROW) == 1;
}

static gboolean
has_three_rows (gpointer window)
{
  return tpt_test_screen_count (window, TPT_TYPE_EVENT_TYPE_ROW) == 3;
}

static gboolean
is_fetched (gpointer window)
{
  return !tpt_test_screen_shows (window, "Couldn’t refresh");
}

static GtkWidget *
show_page (TptTestWorld *world,
           int           width,
           int           height)
{
  GtkWidget *page = g_object_new (TPT_TYPE_EVENT_TYPES_PAGE, NULL);

  tpt_event_types_page_set_workspace (TPT_EVENT_TYPES_PAGE (page), world->workspace);

  return tpt_test_screen_show (page, width, height);
}

static gboolean
add_hidden (TptSession  *session,
            gpointer     data,
            GError     **error)
{
  g_autoptr (TptEventType) type = tpt_event_type_new ();

  type->uri = g_strdup ("https://api.example/event_types/old");
  type->name = g_strdup (TPT_TEST_HOSTILE);
  type->scheduling_url = g_strdup ("https://booking.example/robin");
  type->duration = 20;

  return tpt_event_types_table_save (session, type, error);
}

static gboolean
add_many (TptSession  *session,
          gpointer     data,
          GError     **error)
{
  for (int i = 0; i < 100; i++)
    {
      g_autoptr (TptEventType) type = tpt_event_type_new ();

      type->uri = g_strdup_printf ("https://api.example/event_types/%d", i);
      type->name = g_strdup_printf ("Meeting %d", i);
      type->scheduling_url = g_strdup ("https://booking.example/robin");
      type->duration = 30;
      type->active = TRUE;
      if (!tpt_event_types_table_save (session, type, error))
        return FALSE;
    }

  return TRUE;
}

static GtkDropDown *
get_choice (GtkWidget *row)
{
  return GTK_DROP_DOWN (tpt_test_screen_find (row, GTK_TYPE_DROP_DOWN, 0));
}

/* In the order of the list: Check-in, Onboarding workshop, Quarterly review. */
static GtkWidget *
get_row (GtkWidget *window,
         guint      number)
{
  return tpt_test_screen_find (window, TPT_TYPE_EVENT_TYPE_ROW, number);
}

static void
test_event_types_list (void)
{
  g_autoptr (TptTestWorld) world = tpt_test_world_new (TPT_TEST_WORLD_FULL,
                                                       TPT_CONNECTION_CONNECTED);
  GtkWidget *window, *search, *hidden;

  tpt_test_world_write (world, add_hidden, NULL);
  window = show_page (world, 640, 700);
  tpt_test_screen_await (window, "Quarterly review", TRUE);
  g_assert_true (tpt_test_screen_shows (window, "45 min"));
  g_assert_cmpuint (tpt_test_screen_count (window, TPT_TYPE_EVENT_TYPE_ROW), ==, 3);
  g_assert_cmpuint (gtk_drop_down_get_selected (get_choice (get_row (window, 2))), ==, 0);
  tpt_test_screen_shoot (window, "event-types");

  hidden = tpt_test_screen_find (window, GTK_TYPE_SWITCH, 0);
  gtk_switch_set_active (GTK_SWITCH (hidden), TRUE);
  g_assert_cmpuint (tpt_test_screen_count (window, TPT_TYPE_EVENT_TYPE_ROW), ==, 4);
  tpt_test_screen_await (window, "20 min · Switched off", TRUE);
  tpt_test_screen_await (window, TPT_TEST_HOSTILE, TRUE);
  gtk_switch_set_active (GTK_SWITCH (hidden), FALSE);

  search = tpt_test_screen_find (window, GTK_TYPE_SEARCH_ENTRY, 0);
  gtk_editable_set_text (GTK_EDITABLE (search), "work");
  tpt_test_await_func (has_one_row, window);
  g_assert_true (tpt_test_screen_shows (window, "Onboarding workshop"));
  gtk_editable_set_text (GTK_EDITABLE (search), "no such thing");
  tpt_test_screen_await (window, "No event type is called like that.", TRUE);
  gtk_editable_set_text (GTK_EDITABLE (search), "");
  tpt_test_screen_await (window, "Quarterly review", TRUE);
  tpt_test_screen_close (window);
}

typedef struct
{
  TptTestWorld *world;
  const char *wanted;
  gboolean is_there;
} Stored;

static gboolean
look_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  Stored *stored = user_data;
  g_autoptr (TptEventType) type = NULL;

  if (!tpt_event_types_table_find (session, QBR, &type, error))
    return FALSE;
  stored->is_there = g_strcmp0 (type->own_category, stored->wanted) == 0;

  return TRUE;
}

static gboolean
is_stored (gpointer user_data)
{
  Stored *stored = user_data;

  tpt_test_world_write (stored->world, look_func, stored);

  return stored->is_there;
}

static gboolean
say_func (TptSession  *session,
          gpointer     category,
          GError     **error)
{
  return tpt_event_types_table_set_category (session, QBR, category, error);
}

typedef struct
{
  GtkDropDown *choice;
  guint position;
} Position;

static gboolean
is_selected (gpointer user_data)
{
  Position *position = user_data;

  return gtk_drop_down_get_selected (position->choice) == position->position;
}

/* What is chosen is stored; what was said elsewhere shows in the row, which stays where it is. */
static void
test_event_types_choice (void)
{
  g_autoptr (TptTestWorld) world = tpt_test_world_new (TPT_TEST_WORLD_FULL,
                                                       TPT_CONNECTION_CONNECTED);
  GtkWidget *window = show_page (world, 640, 700);
  GtkWidget *row, *search;
  Stored stored = { world, "demo", FALSE };
  Position position;

  tpt_test_await_func (has_rows, window);
  row = get_row (window, 2);
  position.choice = get_choice (row);
  gtk_drop_down_set_selected (position.choice, 2);
  tpt_test_await_func (is_stored, &stored);

  tpt_test_world_write (world, say_func, (gpointer) "other");
  position.position = 4;
  tpt_test_await_func (is_selected, &position);
  g_assert_true (get_row (window, 2) == row);

  search = tpt_test_screen_find (window, GTK_TYPE_SEARCH_ENTRY, 0);
  gtk_editable_set_text (GTK_EDITABLE (search), "workshop");
  tpt_test_await_func (has_one_row, window);
  gtk_editable_set_text (GTK_EDITABLE (search), "");
  tpt_test_await_func (has_three_rows, window);
  position.choice = get_choice (get_row (window, 2));
  g_assert_true (is_selected (&position));

  gtk_drop_down_set_selected (position.choice, 0);
  stored.wanted = NULL;
  tpt_test_await_func (is_stored, &stored);
  tpt_test_screen_close (window);
}

static void
test_event_types_not_fetched (void)
{
  g_autoptr (TptTestWorld) world = tpt_test_world_new (TPT_TEST_WORLD_FULL,
                                                       TPT_CONNECTION_CONNECTED);
  GtkWidget *window, *refresh;
  guint before;

  tpt_test_engine_set_fails (world->engine, TRUE);
  window = show_page (world, 640, 700);
  tpt_test_screen_await (window, "Couldn’t refresh: Calendly <cannot> be reached.", TRUE);
  tpt_test_screen_await (window, "Quarterly review", TRUE);
  tpt_test_screen_shoot (window, "event-types-offline");
  before = tpt_test_engine_get_refreshes (world->engine);
  tpt_test_engine_set_fails (world->engine, FALSE);
  refresh = tpt_test_screen_find (window, TPT_TYPE_BUSY_BUTTON, 0);
  g_signal_emit_by_name (refresh, "clicked");
  tpt_test_await_func (is_fetched, window);
  g_assert_cmpuint (tpt_test_engine_get_refreshes (world->engine), ==, before + 1);
  tpt_test_screen_close (window);
}

static void
test_event_types_nothing (void)
{
  g_autoptr (TptTestWorld) world = tpt_test_world_new (TPT_TEST_WORLD_EMPTY,
                                                       TPT_CONNECTION_DISCONNECTED);
  GtkWidget *window = show_page (world, 640, 700);

  tpt_test_screen_await (window, "Connect your Calendly account", TRUE);
  tpt_test_engine_set_fails (world->engine, TRUE);
  tpt_test_connection_set_state (world->connection, TPT_CONNECTION_CONNECTED);
  tpt_test_screen_await (window, "The event types could not be fetched.", TRUE);
  tpt_test_engine_set_fails (world->engine, FALSE);
  g_signal_emit_by_name (tpt_test_screen_find (window, TPT_TYPE_BUSY_BUTTON, 0), "clicked");
  tpt_test_screen_await (window, "No eligible event types in this account.", TRUE);
  tpt_test_world_write (world, add_hidden, NULL);
  tpt_test_screen_await (window, "No eligible event types in this account.", TRUE);
  tpt_test_screen_close (window);
}

static gboolean
set_aside (TptSession  *session,
           gpointer     data,
           GError     **error)
{
  return tpt_set_aside_table_save (session, "https://api.example/event_types/odd",
                                   "event type.name: not a string", NULL, error)
         && tpt_set_aside_table_save (session, "https://api.example/scheduled_events/odd",
                                      "event.name: not a string", NULL, error);
}

static gboolean
take (TptSession  *session,
      gpointer     data,
      GError     **error)
{
  return tpt_set_aside_table_remove (session, "https://api.example/event_types/odd", error);
}

/* That something is missing from the list is said beside it. */
static void
test_event_types_unread (void)
{
  g_autoptr (TptTestWorld) world = tpt_test_world_new (TPT_TEST_WORLD_FULL,
                                                       TPT_CONNECTION_CONNECTED);
  GtkWidget *window = show_page (world, 640, 700);

  tpt_test_screen_await (window, "Quarterly review", TRUE);
  g_assert_false (tpt_test_screen_shows (window, "could not be read"));
  tpt_test_world_write (world, set_aside, NULL);
  tpt_test_screen_await (window, "1 event type could not be read. See “Health” in Preferences.", TRUE);
  tpt_test_world_write (world, take, NULL);
  tpt_test_screen_await (window, "could not be read", FALSE);
  tpt_test_screen_close (window);
}

/* While the first list is fetched nothing is said about what is in it. */
static void
test_event_types_first (void)
{
  g_autoptr (TptTestWorld) world = tpt_test_world_new (TPT_TEST_WORLD_EMPTY,
                                                       TPT_CONNECTION_CONNECTED);
  GtkWidget *window;

  tpt_test_engine_set_hangs (world->engine, TRUE);
  window = show_page (world, 640, 700);
  tpt_test_world_write (world, add_hidden, NULL);
  tpt_test_screen_settle (window);
  g_assert_false (tpt_test_screen_shows (window, "No eligible event types in this account."));
  tpt_test_engine_set_hangs (world->engine, FALSE);
  tpt_test_screen_await (window, "No eligible event types in this account.", TRUE);
  tpt_test_screen_close (window);
}

static void
test_event_types_many (void)
{
  g_autoptr (TptTestWorld) world = tpt_test_world_new (TPT_TEST_WORLD_EMPTY,
                                                       TPT_CONNECTION_CONNECTED);
  GtkWidget *window;
  int minimum;

  tpt_test_world_write (world, add_many, NULL);
  window = show_page (world, NARROW, 700);
  tpt_test_await_func (has_rows, window);
  g_assert_cmpuint (tpt_test_screen_count (window, TPT_TYPE_EVENT_TYPE_ROW), ==, 100);
  gtk_widget_measure (tpt_test_screen_find (window, TPT_TYPE_EVENT_TYPES_PAGE, 0),
                      GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, NARROW);
  tpt_test_screen_close (window);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_screen_init (&argc, &argv);

  g_test_add_func ("/event-types-page/list", test_event_types_list);
  g_test_add_func ("/event-types-page/choice", test_event_types_choice);
  g_test_add_func ("/event-types-page/not-fetched", test_event_types_not_fetched);
  g_test_add_func ("/event-types-page/nothing", test_event_types_nothing);
  g_test_add_func ("/event-types-page/unread", test_event_types_unread);
  g_test_add_func ("/event-types-page/first", test_event_types_first);
  g_test_add_func ("/event-types-page/many", test_event_types_many);

  return g_test_run ();
}
