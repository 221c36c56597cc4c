/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-busy-button.h"
#include "tpt-event-types-table.h"
#include "tpt-link-panel.h"
#include "tpt-links-table.h"
#include "tpt-test-screen.h"
#include "tpt-test-world.h"
#include "tpt-test.h"

#define UNFETCHED "The event types could not be fetched: Calendly <cannot> be reached."

static void
keep_toast_cb (TptLinkPanel *panel,
               const char   *text,
               char        **toast)
{
  g_free (*toast);
  *toast = g_strdup (text);
}

static gboolean
add_type (TptSession  *session,
          gpointer     data,
          GError     **error)
{
  g_autoptr (TptEventType) type = tpt_event_type_new ();

  type->uri = g_strdup ("https://api.example/event_types/new");
  type->name = g_strdup ("Product tour");
  type->category = g_strdup ("demo");
  type->scheduling_url = g_strdup ("https://booking.example/robin");
  type->duration = 30;
  type->active = TRUE;

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
      type->duration = 15;
      type->active = TRUE;
      if (!tpt_event_types_table_save (session, type, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
can_search (gpointer window)
{
  GtkWidget *choice = tpt_test_screen_find (window, GTK_TYPE_DROP_DOWN, 0);

  return gtk_drop_down_get_enable_search (GTK_DROP_DOWN (choice));
}

/* The button of the page that is shown. */
static void
press (GtkWidget *window)
{
  for (guint i = 0;; i++)
    {
      GtkWidget *button = tpt_test_screen_find (window, GTK_TYPE_BUTTON, i);

      g_assert_nonnull (button);
      if (!gtk_widget_get_mapped (button))
        continue;
      g_signal_emit_by_name (button, "clicked");
      return;
    }
}

/* Nothing fetched, nothing to book, and then something: each is said, each has its next step. */
static void
test_link_panel_states (void)
{
  g_autoptr (TptTestWorld) world = tpt_test_world_new (TPT_TEST_WORLD_EMPTY,
                                                       TPT_CONNECTION_CONNECTED);
  g_autoptr (TptCustomer) customer = tpt_customer_new ();
  g_autofree char *toast = NULL;
  GtkWidget *panel = g_object_new (TPT_TYPE_LINK_PANEL, NULL);
  GtkWidget *window;

  tpt_test_world_add_customer (world, "Acme", &customer->id);
  customer->name = g_strdup ("Acme");
  g_signal_connect (panel, "toast", G_CALLBACK (keep_toast_cb), &toast);
  tpt_test_engine_set_fails (world->engine, TRUE);
  tpt_link_panel_set_customer (TPT_LINK_PANEL (panel), world->workspace, customer);
  window = tpt_test_screen_show (panel, 600, 400);
  tpt_test_screen_await (window, UNFETCHED, TRUE);
  g_assert_cmpuint (tpt_test_engine_get_refreshes (world->engine), ==, 1);
  g_assert_null (toast);

  press (window);
  tpt_test_screen_await (window, UNFETCHED, FALSE);
  tpt_test_screen_await (window, UNFETCHED, TRUE);
  g_assert_cmpstr (toast, ==, UNFETCHED);
  g_assert_cmpuint (tpt_test_engine_get_refreshes (world->engine), ==, 2);
  g_assert_true (tpt_test_screen_shows (window, "Retry"));

  tpt_test_engine_set_fails (world->engine, FALSE);
  press (window);
  tpt_test_screen_await (window, "No eligible event types in this account.", TRUE);
  g_assert_cmpuint (tpt_test_engine_get_refreshes (world->engine), ==, 3);

  tpt_test_world_write (world, add_type, NULL);
  tpt_test_screen_await (window, "Product tour", TRUE);
  tpt_test_screen_await (window, "Recommended: There has been no meeting yet", TRUE);
  g_assert_true (tpt_test_screen_shows (window, "No stakeholder yet"));
  g_assert_false (tpt_test_screen_shows (window, "(None)"));
  g_assert_false (can_search (window));

  tpt_test_world_write (world, add_many, NULL);
  tpt_test_await_func (can_search, window);
  tpt_test_screen_await (window, "Meeting 0 · 15 min", TRUE);
  tpt_test_screen_close (window);
}

/* A sync that went well is a reason to look again; a list that came is believed for a while. */
static void
test_link_panel_recovers (void)
{
  g_autoptr (TptTestWorld) world = tpt_test_world_new (TPT_TEST_WORLD_EMPTY,
                                                       TPT_CONNECTION_CONNECTED);
  g_autoptr (TptCustomer) customer = tpt_customer_new ();
  GtkWidget *panel = g_object_new (TPT_TYPE_LINK_PANEL, NULL);
  GtkWidget *window;

  tpt_test_world_add_customer (world, "Acme", &customer->id);
  tpt_test_engine_set_fails (world->engine, TRUE);
  tpt_link_panel_set_customer (TPT_LINK_PANEL (panel), world->workspace, customer);
  window = tpt_test_screen_show (panel, 600, 400);
  tpt_test_screen_await (window, UNFETCHED, TRUE);
  tpt_test_engine_set_fails (world->engine, FALSE);
  tpt_test_engine_sync (world->engine);
  tpt_test_screen_await (window, "No eligible event types in this account.", TRUE);
  g_assert_cmpuint (tpt_test_engine_get_refreshes (world->engine), ==, 2);
  tpt_test_engine_sync (world->engine);
  tpt_test_screen_settle (window);
  g_assert_cmpuint (tpt_test_engine_get_refreshes (world->engine), ==, 2);
  tpt_test_screen_close (window);
}

static TptCustomer *
make_customer (gint64 row)
{
  static const struct
  {
    const char *name;
    const char *emails;
  } people[] = {
    { "Ana", "ana@acme.example ana@home.example" },
    { "Bo", "bo@acme.example" },
    { "Cy", "" },
  };
  TptCustomer *customer = tpt_customer_new ();

  customer->id = row;
  customer->name = g_strdup ("Acme");
  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    {
      TptStakeholder *person = tpt_stakeholder_new ();
      g_auto (GStrv) emails = g_strsplit (people[i].emails, " ", -1);

      person->id = (gint64) i + 1;
      person->name = g_strdup (people[i].name);
      tpt_stakeholder_set_emails (person, (const char *const *) emails);
      g_ptr_array_add (customer->stakeholders, person);
    }

  return customer;
}

static gboolean
is_idle (gpointer button)
{
  return !tpt_busy_button_get_busy (button);
}

static void
assert_made (GtkWidget    *panel,
             TptTestWorld *world,
             const char   *email)
{
  tpt_link_panel_generate (TPT_LINK_PANEL (panel), "customer-page");
  g_assert_cmpstr (tpt_test_link_maker_email (world->link_maker), ==, email);
  tpt_test_await_func (is_idle, tpt_test_screen_find (panel, TPT_TYPE_BUSY_BUTTON, 0));
}

static gboolean
has_people (gpointer choice)
{
  return gtk_drop_down_get_selected_item (choice) != NULL;
}

/* The primary address, unless somebody chooses another; no choice where there is none. */
static void
test_link_panel_emails (void)
{
  g_autoptr (TptTestWorld) world = tpt_test_world_new (TPT_TEST_WORLD_EMPTY,
                                                       TPT_CONNECTION_CONNECTED);
  g_autoptr (TptCustomer) customer = NULL;
  GtkWidget *panel = g_object_new (TPT_TYPE_LINK_PANEL, NULL);
  GtkWidget *window, *people, *emails;
  gint64 row;

  tpt_test_world_write (world, add_type, NULL);
  tpt_test_world_add_customer (world, "Acme", &row);
  customer = make_customer (row);
  tpt_link_panel_set_customer (TPT_LINK_PANEL (panel), world->workspace, customer);
  window = tpt_test_screen_show (panel, 700, 400);
  people = tpt_test_screen_find (window, GTK_TYPE_DROP_DOWN, 1);
  emails = tpt_test_screen_find (window, GTK_TYPE_DROP_DOWN, 2);
  tpt_test_await_func (has_people, people);
  g_assert_true (gtk_widget_get_visible (emails));
  assert_made (panel, world, "ana@acme.example");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (emails), 1);
  tpt_test_screen_settle (window);
  assert_made (panel, world, "ana@home.example");
  tpt_test_screen_shoot (window, "link-panel-emails");

  gtk_drop_down_set_selected (GTK_DROP_DOWN (people), 1);
  g_assert_false (gtk_widget_get_visible (emails));
  assert_made (panel, world, "bo@acme.example");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (people), 2);
  g_assert_false (gtk_widget_get_visible (emails));
  assert_made (panel, world, NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (people), 0);
  assert_made (panel, world, "ana@acme.example");
  tpt_test_screen_close (window);
}

/* The tracking id of the link whose address is shown. */
static char *
dup_made_id (GtkWidget *window)
{
  for (guint i = 0;; i++)
    {
      GtkWidget *label = tpt_test_screen_find (window, GTK_TYPE_LABEL, i);
      const char *id;

      g_assert_nonnull (label);
      id = strstr (gtk_label_get_text (GTK_LABEL (label)), "utm_content=");
      if (id != NULL)
        return g_strdup (id + strlen ("utm_content="));
    }
}

static gboolean
save_link (TptSession  *session,
           gpointer     link,
           GError     **error)
{
  return tpt_links_table_save (session, link, error);
}

/* The link that was made stays in view until somebody has booked with it. */
static void
test_link_panel_served (void)
{
  g_autoptr (TptTestWorld) world = tpt_test_world_new (TPT_TEST_WORLD_EMPTY,
                                                       TPT_CONNECTION_CONNECTED);
  g_autoptr (TptCustomer) customer = NULL;
  g_autoptr (TptLink) link = tpt_link_new ();
  GtkWidget *panel = g_object_new (TPT_TYPE_LINK_PANEL, NULL);
  GtkWidget *window;

  tpt_test_world_write (world, add_type, NULL);
  tpt_test_world_add_customer (world, "Acme", &link->customer);
  customer = make_customer (link->customer);
  tpt_link_panel_set_customer (TPT_LINK_PANEL (panel), world->workspace, customer);
  window = tpt_test_screen_show (panel, 700, 400);
  tpt_test_await_func (has_people, tpt_test_screen_find (window, GTK_TYPE_DROP_DOWN, 1));
  assert_made (panel, world, "ana@acme.example");
  tpt_test_screen_await (window, "Copied. It is for Ana", TRUE);

  link->id = dup_made_id (window);
  link->url = g_strdup ("https://booking.example/d/ckz-9mq-2hd");
  tpt_test_world_write (world, save_link, link);
  tpt_test_screen_settle (window);
  g_assert_true (tpt_test_screen_shows (window, "Copied. It is for Ana"));

  link->state = TPT_LINK_BOOKED;
  tpt_test_world_write (world, save_link, link);
  tpt_test_screen_await (window, "Copied. It is for Ana", FALSE);
  tpt_test_screen_close (window);
}

/* That the service was not there is said until it is there again; what it refused, until somebody
 * tries once more. */
static void
test_link_panel_unreached (void)
{
  g_autoptr (TptTestWorld) world = tpt_test_world_new (TPT_TEST_WORLD_EMPTY,
                                                       TPT_CONNECTION_CONNECTED);
  g_autoptr (TptCustomer) customer = NULL;
  GtkWidget *panel = g_object_new (TPT_TYPE_LINK_PANEL, NULL);
  GtkWidget *window;
  gint64 row;

  tpt_test_world_write (world, add_type, NULL);
  tpt_test_world_add_customer (world, "Acme", &row);
  customer = make_customer (row);
  tpt_link_panel_set_customer (TPT_LINK_PANEL (panel), world->workspace, customer);
  window = tpt_test_screen_show (panel, 700, 400);
  tpt_test_await_func (has_people, tpt_test_screen_find (window, GTK_TYPE_DROP_DOWN, 1));

  tpt_test_link_maker_hold (world->link_maker);
  tpt_link_panel_generate (TPT_LINK_PANEL (panel), "customer-page");
  tpt_test_link_maker_refuse (world->link_maker, "Your plan has no links");
  tpt_test_screen_await (window, "Your plan has no links", TRUE);
  tpt_test_engine_sync (world->engine);
  tpt_test_screen_settle (window);
  g_assert_true (tpt_test_screen_shows (window, "Your plan has no links"));

  tpt_test_link_maker_hold (world->link_maker);
  tpt_link_panel_generate (TPT_LINK_PANEL (panel), "customer-page");
  tpt_test_link_maker_release (world->link_maker, "Calendly cannot be reached");
  tpt_test_screen_await (window, "Calendly cannot be reached", TRUE);
  tpt_test_engine_sync (world->engine);
  tpt_test_screen_await (window, "Calendly cannot be reached", FALSE);
  tpt_test_screen_close (window);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_screen_init (&argc, &argv);

  g_test_add_func ("/link-panel/states", test_link_panel_states);
  g_test_add_func ("/link-panel/recovers", test_link_panel_recovers);
  g_test_add_func ("/link-panel/emails", test_link_panel_emails);
  g_test_add_func ("/link-panel/served", test_link_panel_served);
  g_test_add_func ("/link-panel/unreached", test_link_panel_unreached);

  return g_test_run ();
}
