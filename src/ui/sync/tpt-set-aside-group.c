/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-set-aside-group.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tpt-format.h"
#include "tpt-icon-button.h"
#include "tpt-literal.h"
#include "tpt-meetings-table.h"
#include "tpt-record-label.h"
#include "tpt-set-aside-table.h"

/* Nobody reads more; a service that sends nothing but nonsense must not make this page heavy. */
#define MOST_ROWS 50

struct _TptSetAsideGroup
{
  AdwPreferencesGroup parent_instance;

  TptWorkspace *workspace;
  GCancellable *cancellable;
  GPtrArray *rows;         /* (element-type GtkWidget): borrowed, of @some */

  /* Template widgets */
  GtkWidget *retry;
  GtkWidget *none;
  AdwExpanderRow *some;
};

/* What the store is asked for. */
typedef struct
{
  GPtrArray *records;
} Reading;

G_DEFINE_FINAL_TYPE (TptSetAsideGroup, tpt_set_aside_group, ADW_TYPE_PREFERENCES_GROUP)

static const char *
name_kind (const char *uri)
{
  if (strstr (uri, "/invitees/") != NULL)
    return _("A booking");
  if (strstr (uri, "/scheduled_events/") != NULL)
    return _("A meeting");
  if (strstr (uri, "event_types") != NULL)
    return _("An event type");
  if (g_str_has_prefix (uri, "relay:"))
    return _("A delivery of the relay");

  return _("A record");
}

/* What a parser says begins with the place in the answer, which helps whoever it is reported to. */
static char *
word_reason (const TptSetAside *record)
{
  g_autofree char *reason = tpt_literal_line (record->reason);
  gsize place = strcspn (reason, " ");

  if (place == 0 || reason[place - 1] != ':')
    return g_steal_pointer (&reason);

  /* Translators: %s is for developers, such as "event.name: not a string" */
  return g_strdup_printf (_("Calendly’s answer is not as it should be (%s)"), reason);
}

/* What it calls itself, as far as anybody could read that. */
static char *
word_title (TptSetAsideGroup  *self,
            const TptSetAside *record)
{
  g_autofree char *name = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *title = NULL;
  g_autofree char *second = NULL;
  TptTime start;

  tpt_record_label_split (record->label, &name, &detail);
  title = name != NULL ? tpt_literal_part (name) : g_strdup (_("Unnamed record"));
  if (detail == NULL)
    return g_steal_pointer (&title);
  second = tpt_time_parse (detail, &start, NULL)
             ? tpt_format_date_time (start, tpt_workspace_get_zone (self->workspace),
                                     tpt_clock_now (self->workspace->clock))
             : tpt_literal_part (detail);

  return g_strjoin (" · ", title, second, NULL);
}

static void
copy_cb (GtkButton *button)
{
  GtkWidget *widget = GTK_WIDGET (button);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          g_object_get_data (G_OBJECT (button), "details"));
}

static GtkWidget *
create_copy_button (const TptSetAside *record)
{
  GtkWidget *button = tpt_icon_button_new ("edit-copy-symbolic", _("Copy address and reason"));

  g_object_set_data_full (G_OBJECT (button), "details",
                          g_strdup_printf ("%s\n%s", record->uri, record->reason), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (copy_cb), NULL);

  return button;
}

static void
add_row (TptSetAsideGroup  *self,
         const TptSetAside *record)
{
  GTimeZone *zone = tpt_workspace_get_zone (self->workspace);
  TptTime now = tpt_clock_now (self->workspace->clock);
  g_autofree char *when = tpt_format_date_time (record->at, zone, now);
  g_autofree char *reason = word_reason (record);
  g_autofree char *uri = tpt_literal_line (record->uri);
  g_autofree char *title = word_title (self, record);
  g_autofree char *subtitle =
    g_strdup_printf ("%s\n%s · %s", reason, name_kind (record->uri), when);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  /* A name of signs that are spelt out can be longer than the window is high. */
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 3);
  gtk_widget_set_tooltip_text (row, uri);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_copy_button (record));
  adw_expander_row_add_row (self->some, row);
  g_ptr_array_add (self->rows, row);
}

static void
show_records (TptSetAsideGroup *self,
              GPtrArray        *records)
{
  guint count = records->len;
  g_autofree char *title = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (self->some, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < MIN (count, MOST_ROWS); i++)
    add_row (self, g_ptr_array_index (records, i));

  title = g_strdup_printf (ngettext ("%u record", "%u records", count), count);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->some), title);
  adw_expander_row_set_subtitle (self->some, count > MOST_ROWS ? _("The newest are shown") : "");
  gtk_widget_set_visible (self->none, count == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->some), count > 0);
  gtk_widget_set_visible (self->retry, count > 0);
}

static void
reading_free (Reading *reading)
{
  g_clear_pointer (&reading->records, g_ptr_array_unref);
  g_free (reading);
}

/* A meeting that was taken before calls itself what it did then. */
static gboolean
find_label (TptSession   *session,
            TptSetAside  *record,
            GError      **error)
{
  g_auto (GStrv) parts = g_strsplit (record->uri, "/invitees/", 2);
  g_autoptr (TptMeeting) meeting = NULL;
  g_autofree char *start = NULL;

  if (record->label != NULL || strstr (record->uri, "/scheduled_events/") == NULL)
    return TRUE;
  if (!tpt_meetings_table_find (session, parts[0], &meeting, error))
    return FALSE;
  if (meeting == NULL)
    return TRUE;
  start = tpt_time_format (meeting->start);
  record->label = tpt_record_label_make (meeting->name, start);

  return TRUE;
}

static gboolean
read_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  Reading *reading = user_data;

  if (!tpt_set_aside_table_list (session, &reading->records, error))
    return FALSE;
  for (guint i = 0; i < MIN (reading->records->len, MOST_ROWS); i++)
    {
      if (!find_label (session, g_ptr_array_index (reading->records, i), error))
        return FALSE;
    }

  return TRUE;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Reading *reading = g_task_get_task_data (task);

  if (tpt_store_transact_finish (TPT_STORE (source), result, &error))
    show_records (g_task_get_source_object (task), reading->records);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("What was set aside could not be read: %s", error->message);
}

static void
reload (TptSetAsideGroup *self)
{
  GTask *task = g_task_new (self, self->cancellable, NULL, NULL);
  Reading *reading = g_new0 (Reading, 1);

  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  tpt_store_transact_async (self->workspace->store, read_func, reading, NULL, self->cancellable,
                            read_cb, task);
}

/* A sync or an import has ended. */
static void
engine_cb (TptSetAsideGroup *self)
{
  if (tpt_engine_get_progress (self->workspace->engine, NULL) == NULL)
    reload (self);
}

/* Event types and deliveries come without one, too. */
static void
store_changed_cb (TptSetAsideGroup *self,
                  guint             flags,
                  GArray           *customers)
{
  if ((flags & TPT_CHANGE_SET_ASIDE) != 0)
    reload (self);
}

static void
tpt_set_aside_group_dispose (GObject *object)
{
  TptSetAsideGroup *self = TPT_SET_ASIDE_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (tpt_set_aside_group_parent_class)->dispose (object);
}

static void
tpt_set_aside_group_finalize (GObject *object)
{
  TptSetAsideGroup *self = TPT_SET_ASIDE_GROUP (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (tpt_set_aside_group_parent_class)->finalize (object);
}

static void
tpt_set_aside_group_class_init (TptSetAsideGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_set_aside_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = tpt_set_aside_group_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/sync/tpt-set-aside-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TptSetAsideGroup, retry);
  gtk_widget_class_bind_template_child (widget_class, TptSetAsideGroup, none);
  gtk_widget_class_bind_template_child (widget_class, TptSetAsideGroup, some);
}

static void
tpt_set_aside_group_init (TptSetAsideGroup *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
tpt_set_aside_group_set_workspace (TptSetAsideGroup *self,
                                   TptWorkspace     *workspace)
{
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  if (workspace->engine != NULL)
    g_signal_connect_object (workspace->engine, "moved", G_CALLBACK (engine_cb), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace->store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  reload (self);
}
