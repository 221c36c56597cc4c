/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-meetings-table.h"
#include "tpt-record-label.h"
#include "tpt-set-aside-group.h"
#include "tpt-set-aside-table.h"
#include "tpt-test-desk.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"

#define API "https://api.example.com/"

static gboolean
add (TptSession  *session,
     const char  *uri,
     const char  *name,
     const char  *detail,
     GError     **error)
{
  g_autofree char *label = tpt_record_label_make (name, detail);

  return tpt_set_aside_table_save (session, uri, "event.location: not an object", label, error);
}

/* What calls itself something, somebody, nothing, and what was taken before under that address. */
static gboolean
fill_func (TptSession  *session,
           gpointer     data,
           GError     **error)
{
  g_autoptr (TptMeeting) known = tpt_meeting_new ();

  known->uri = g_strdup (API "scheduled_events/KNOWN");
  known->name = g_strdup ("Known Before");
  known->start = 1790000000 * TPT_SECOND;
  known->end = known->start + TPT_HOUR;

  return tpt_meetings_table_save (session, known, error)
         && add (session, API "scheduled_events/NAMED", "<b>Renewal</b>", "2026-11-24T15:00:00Z",
                 error)
         && add (session, API "scheduled_events/A/invitees/B", "Ana", "ana@acme.com", error)
         && add (session, API "scheduled_events/NAMELESS", NULL, NULL, error)
         && add (session, "relay:17", NULL, "bo@acme.com", error)
         && add (session, API "scheduled_events/KNOWN/invitees/C", NULL, NULL, error);
}

static GtkWidget *
find_row (GtkWidget  *group,
          const char *name)
{
  for (guint i = 0;; i++)
    {
      GtkWidget *row = tpt_test_screen_find (group, ADW_TYPE_ACTION_ROW, i);

      if (row == NULL)
        g_error ("No row “%s…”", name);
      if (strstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), name) != NULL)
        return row;
    }
}

static gboolean
has_title (GtkWidget  *group,
           const char *title)
{
  GtkWidget *row;

  for (guint i = 0; (row = tpt_test_screen_find (group, ADW_TYPE_ACTION_ROW, i)) != NULL; i++)
    {
      if (g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title))
        return TRUE;
    }

  return FALSE;
}

static void
assert_row (GtkWidget  *group,
            const char *name,
            const char *title,
            const char *subtitle)
{
  GtkWidget *row = find_row (group, name);

  g_assert_nonnull (strstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), subtitle));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "event.location"));
}

static void
test_named (void)
{
  TptTestDesk *desk = tpt_test_desk_new (NULL);
  GtkWidget *group = g_object_new (TPT_TYPE_SET_ASIDE_GROUP, NULL);

  tpt_test_world_write (desk->world, fill_func, desk);
  tpt_set_aside_group_set_workspace (TPT_SET_ASIDE_GROUP (group), desk->world->workspace);
  tpt_test_desk_show (desk, group);
  tpt_test_screen_await (group, "5 records", TRUE);
  assert_row (group, "<b>Renewal</b>", "24 Nov", "A meeting");
  assert_row (group, "Ana", "ana@acme.com", "A booking");
  assert_row (group, "Known Before", "21 Sep", "A booking");
  assert_row (group, "Unnamed record · ", "bo@acme.com", "A delivery of the relay");
  g_assert_true (has_title (group, "Unnamed record"));
  tpt_test_screen_shoot (desk->window, "set-aside");
  tpt_test_desk_free (desk);
}

static gboolean
add_late (TptSession  *session,
          gpointer     data,
          GError     **error)
{
  return add (session, API "event_types/LATE", "Late Type", NULL, error);
}

static gboolean
take_late (TptSession  *session,
           gpointer     data,
           GError     **error)
{
  return tpt_set_aside_table_remove (session, API "event_types/LATE", error);
}

/* What is set aside or taken while the list is in view is seen, whoever did it. */
static void
test_late (void)
{
  TptTestDesk *desk = tpt_test_desk_new (NULL);
  GtkWidget *group = g_object_new (TPT_TYPE_SET_ASIDE_GROUP, NULL);

  tpt_set_aside_group_set_workspace (TPT_SET_ASIDE_GROUP (group), desk->world->workspace);
  tpt_test_desk_show (desk, group);
  tpt_test_screen_await (group, "Nothing is set aside", TRUE);
  tpt_test_world_write (desk->world, add_late, NULL);
  tpt_test_screen_await (group, "Late Type", TRUE);
  tpt_test_world_write (desk->world, take_late, NULL);
  tpt_test_screen_await (group, "Nothing is set aside", TRUE);
  tpt_test_desk_free (desk);
}

/* What was erased is not read here any more either. */
static void
test_erased (void)
{
  TptTestDesk *desk = tpt_test_desk_new (add_late);
  GtkWidget *group = g_object_new (TPT_TYPE_SET_ASIDE_GROUP, NULL);

  tpt_set_aside_group_set_workspace (TPT_SET_ASIDE_GROUP (group), desk->world->workspace);
  tpt_test_desk_show (desk, group);
  tpt_test_screen_await (group, "Late Type", TRUE);
  tpt_test_world_erase (desk->world);
  tpt_test_screen_await (group, "Nothing is set aside", TRUE);
  tpt_test_desk_free (desk);
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_screen_init (&argc, &argv);

  g_test_add_func ("/set-aside-group/named", test_named);
  g_test_add_func ("/set-aside-group/late", test_late);
  g_test_add_func ("/set-aside-group/erased", test_erased);

  return g_test_run ();
}
