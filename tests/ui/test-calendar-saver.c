/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "tpt-calendar-file.h"
#include "tpt-calendar-saver.h"
#include "tpt-customer-page.h"
#include "tpt-test-screen.h"
#include "tpt-test-world.h"
#include "tpt-test.h"

#define NOW ((TptTime) 1790000000 * TPT_SECOND)

static GPtrArray *
make_meetings (void)
{
  GPtrArray *meetings = g_ptr_array_new_with_free_func (g_object_unref);
  TptMeeting *meeting = tpt_meeting_new ();

  meeting->uri = g_strdup ("https://api.example/scheduled_events/1");
  meeting->name = g_strdup (TPT_TEST_HOSTILE);
  meeting->start = NOW;
  meeting->end = NOW + TPT_HOUR;
  g_ptr_array_add (meetings, meeting);

  return meetings;
}

static char *
save (const char *path)
{
  g_autoptr (GPtrArray) meetings = make_meetings ();
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_calendar_saver_write_async (file, meetings, NOW, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);

  return tpt_calendar_saver_describe (result);
}

static void
test_saver_write (void)
{
  g_autofree char *directory = tpt_test_make_dir ();
  g_autofree char *path = g_build_filename (directory, "a.ics", NULL);
  g_autofree char *nowhere = g_build_filename (directory, "none", "a.ics", NULL);
  g_autofree char *said = NULL;
  g_autofree char *complained = NULL;
  g_autofree char *text = NULL;
  g_autofree char *wanted = NULL;
  g_autoptr (GPtrArray) meetings = make_meetings ();
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  g_assert_true (g_file_set_contents_full (path, "older", -1, G_FILE_SET_CONTENTS_NONE, 0644,
                                           &error));
  said = save (path);
  g_assert_nonnull (strstr (said, "Saved as"));
  g_assert_nonnull (strstr (said, "a.ics"));
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  wanted = tpt_calendar_file_write (meetings, NOW, NULL);
  g_assert_cmpstr (text, ==, wanted);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  complained = save (nowhere);
  g_assert_true (g_str_has_prefix (complained, "Not saved: "));
  tpt_test_remove_dir (directory);
}

static void
raise_flag (gpointer flag)
{
  *(gboolean *) flag = TRUE;
}

/* What was saved before is not lost for what does not fit on the disk; nor a moment later, when all
 * is closed that was open. */
static void
test_saver_no_room (void)
{
  g_autofree char *directory = tpt_test_make_dir ();
  g_autofree char *path = g_build_filename (directory, "a.ics", NULL);
  g_autofree char *said = NULL;
  g_autofree char *text = NULL;
  gboolean is_over = FALSE;
  struct rlimit room;

  g_assert_true (g_file_set_contents (path, "older", -1, NULL));
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &room), ==, 0);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &(struct rlimit) { 100, room.rlim_max }), ==, 0);
  said = save (path);
  g_timeout_add_once (300, raise_flag, &is_over);
  tpt_test_await_bool (&is_over);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &room), ==, 0);
  g_assert_true (g_str_has_prefix (said, "Not saved: "));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "older");
  tpt_test_remove_dir (directory);
}

static void
test_saver_name (void)
{
  static const char *const cases[][2] = {
    { "Quarterly review: Acme & Söhne", "Quarterly-review-Acme-Söhne.ics" },
    { "../../.bashrc", "bashrc.ics" },
    { "a\u202etxt.exe", "a-txt-exe.ics" },
    { "…", "meeting.ics" },
    { NULL, "meeting.ics" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = tpt_calendar_file_get_name (cases[i][0]);

      g_assert_cmpstr (name, ==, cases[i][1]);
    }
}

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

static gboolean
is_loaded (gpointer window)
{
  return tpt_test_screen_shows (window, "Tomorrow, 11:00–11:45 · 45 min");
}

static GtkWidget *
find_button (GtkWidget  *widget,
             const char *icon_name)
{
  for (guint i = 0;; i++)
    {
      GtkWidget *button = tpt_test_screen_find (widget, GTK_TYPE_BUTTON, i);

      if (button == NULL
          || g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (button)), icon_name) == 0)
        return button;
    }
}

static GtkFileChooser *
find_chooser (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (GTK_IS_FILE_CHOOSER (window) && gtk_widget_get_visible (window))
        return GTK_FILE_CHOOSER (window);
    }

  return NULL;
}

/* GTK itself stumbles over an answer that comes before it has read the folder. */
static gboolean
is_asking (gpointer user_data)
{
  GtkFileChooser *chooser = find_chooser ();
  g_autoptr (GFile) folder = NULL;

  if (chooser != NULL)
    folder = gtk_file_chooser_get_current_folder (chooser);

  return folder != NULL;
}

static gboolean
is_set (gpointer text)
{
  return *(char **) text != NULL;
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
answer (int response)
{
  GtkFileChooser *chooser;

  tpt_test_await_func (is_asking, NULL);
  chooser = find_chooser ();
  tpt_test_screen_settle (GTK_WIDGET (chooser));
  gtk_dialog_response (GTK_DIALOG (chooser), response);
}

static void
test_saver_upcoming (void)
{
  g_autoptr (TptTestWorld) world = tpt_test_world_new (TPT_TEST_WORLD_FULL,
                                                       TPT_CONNECTION_CONNECTED);
  Somebody somebody = { world, world->busy };
  g_autofree char *directory = tpt_test_make_dir ();
  g_autofree char *path = g_build_filename (directory, "Nordlicht-Logistik.ics", NULL);
  g_autofree char *toast = NULL;
  g_autofree char *text = NULL;
  g_autofree char *old_directory = g_get_current_dir ();
  g_autoptr (GError) error = NULL;
  GtkWidget *page = tpt_customer_page_new ();
  GtkWidget *window, *button;

  tpt_test_await_func (is_known, &somebody);
  tpt_customer_page_set_customer (TPT_CUSTOMER_PAGE (page), world->workspace, world->busy);
  g_signal_connect (page, "toast", G_CALLBACK (keep_toast_cb), &toast);
  window = tpt_test_screen_show (page, 1100, 900);
  tpt_test_await_func (is_loaded, window);
  button = find_button (window, "document-save-symbolic");
  g_assert_true (gtk_widget_get_mapped (button));

  g_signal_emit_by_name (button, "clicked");
  answer (GTK_RESPONSE_CANCEL);
  tpt_test_screen_settle (window);
  g_assert_null (toast);

  g_assert_cmpint (g_chdir (directory), ==, 0);
  g_signal_emit_by_name (button, "clicked");
  answer (GTK_RESPONSE_ACCEPT);
  tpt_test_await_func (is_set, &toast);
  g_assert_cmpint (g_chdir (old_directory), ==, 0);
  g_assert_nonnull (strstr (toast, "Nordlicht-Logistik.ics"));
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_assert_nonnull (strstr (text, "DTSTART:20261119T100000Z"));
  tpt_test_screen_close (window);
  tpt_test_remove_dir (directory);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_screen_init (&argc, &argv);

  g_test_add_func ("/calendar-saver/write", test_saver_write);
  g_test_add_func ("/calendar-saver/no-room", test_saver_no_room);
  g_test_add_func ("/calendar-saver/name", test_saver_name);
  g_test_add_func ("/calendar-saver/upcoming", test_saver_upcoming);

  return g_test_run ();
}
