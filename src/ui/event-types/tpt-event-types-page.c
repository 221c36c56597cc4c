/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-event-types-page.h"

#include <glib/gi18n.h>

#include "tpt-busy-button.h"
#include "tpt-event-type-list.h"
#include "tpt-event-type-row.h"
#include "tpt-event-types-table.h"
#include "tpt-format.h"
#include "tpt-hint-box.h"
#include "tpt-literal.h"
#include "tpt-object-list.h"

struct _TptEventTypesPage
{
  AdwPreferencesPage parent_instance;

  TptWorkspace *workspace;
  GCancellable *cancellable;   /* of what is fetched */
  GCancellable *reading;       /* of what is read here */
  TptObjectList *event_types;
  GHashTable *newest;          /* URI → TptEventType: what each is for by now */
  GtkFilterListModel *shown;
  char *failure;               /* why it was not fetched anew, or NULL */
  guint unread;                /* of it */
  TptTime fetched_at;

  /* Template widgets */
  AdwPreferencesGroup *status;
  TptBusyButton *refresh;
  GtkSearchEntry *search;
  GtkSwitch *hidden;
  GtkStack *stack;
  GtkListBox *box;
};

/* What is kept of a choice until it is stored. */
typedef struct
{
  char *uri;
  char *category;
} Choice;

G_DEFINE_FINAL_TYPE (TptEventTypesPage, tpt_event_types_page, ADW_TYPE_PREFERENCES_PAGE)

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_free (choice->uri);
  g_free (choice->category);
  g_free (choice);
}

static const char *
get_key (gpointer event_type)
{
  return TPT_EVENT_TYPE (event_type)->uri;
}

/* A row stays, and keeps the focus, when only what it is for has changed. */
static gboolean
is_same (gpointer a,
         gpointer b)
{
  TptEventType *first = a, *second = b;

  return g_strcmp0 (first->name, second->name) == 0 && first->duration == second->duration
         && first->active == second->active && first->deleted == second->deleted
         && first->secret == second->secret
         && g_strcmp0 (first->kind, second->kind) == 0
         && g_strcmp0 (first->pooling_type, second->pooling_type) == 0;
}

/* By name; what cannot be booked comes last. */
static int
compare (gconstpointer a,
         gconstpointer b)
{
  TptEventType *first = *(TptEventType *const *) a;
  TptEventType *second = *(TptEventType *const *) b;
  int hidden = (int) tpt_event_type_is_hidden (first) - (int) tpt_event_type_is_hidden (second);
  int order;

  if (hidden != 0)
    return hidden;
  order = g_utf8_collate (first->name != NULL ? first->name : "",
                          second->name != NULL ? second->name : "");

  return order != 0 ? order : g_strcmp0 (first->uri, second->uri);
}

static gboolean
is_wanted (gpointer item,
           gpointer user_data)
{
  TptEventTypesPage *self = user_data;
  TptEventType *event_type = item;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  if (!gtk_switch_get_active (self->hidden) && tpt_event_type_is_hidden (event_type))
    return FALSE;

  return *text == '\0'
         || (event_type->name != NULL && g_str_match_string (text, event_type->name, TRUE))
         || (event_type->slug != NULL && g_str_match_string (text, event_type->slug, TRUE));
}

static const char *
choose_page (TptEventTypesPage *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->shown)) > 0)
    return "content";
  /* Nothing can be said before the first list has come. */
  if (tpt_busy_button_get_busy (self->refresh) && self->fetched_at == TPT_TIME_NONE
      && tpt_workspace_is_connected (self->workspace))
    return "loading";
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    return "nothing-found";
  if (g_list_model_get_n_items (G_LIST_MODEL (self->event_types)) > 0
      || tpt_workspace_is_connected (self->workspace))
    return self->failure != NULL ? "failed" : "empty";

  return "disconnected";
}

/* Adds to @text, taken over and nullable, how many are missing from the list. */
static char *
add_unread (char  *text,
            guint  unread)
{
  g_autofree char *before = text;
  g_autofree char *more = NULL;

  if (unread == 0)
    return g_steal_pointer (&before);
  /* Translators: “Health” is the page of the preferences that is called so */
  more = g_strdup_printf (ngettext ("%u event type could not be read. See “Health” in Preferences.",
                                    "%u event types could not be read. See “Health” in "
                                    "Preferences.", unread),
                          unread);

  return before != NULL ? g_strdup_printf ("%s\n%s", before, more) : g_steal_pointer (&more);
}

static void
show_status (TptEventTypesPage *self)
{
  TptTime now = tpt_clock_now (self->workspace->clock);
  GTimeZone *zone = tpt_workspace_get_zone (self->workspace);
  g_autofree char *time = NULL;
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;

  if (self->fetched_at != TPT_TIME_NONE)
    time = tpt_format_date_time_part (self->fetched_at, zone, now);
  if (self->failure != NULL && time != NULL)
    /* Translators: a sentence that says why; date and time */
    text = g_strdup_printf (_("Couldn’t refresh: %s\nThis is the list from %s."), self->failure,
                            time);
  else if (self->failure != NULL)
    /* Translators: a sentence that says why */
    text = g_strdup_printf (_("Couldn’t refresh: %s"), self->failure);
  else if (time != NULL)
    /* Translators: date and time */
    text = g_strdup_printf (_("Fetched %s."), time);
  text = add_unread (g_steal_pointer (&text), self->unread);
  /* The description of a group is markup. */
  markup = g_markup_escape_text (text != NULL ? text : "", -1);
  adw_preferences_group_set_description (self->status, markup);
  gtk_stack_set_visible_child_name (self->stack, choose_page (self));
}

static void
update_rows (TptEventTypesPage *self,
             GPtrArray         *event_types)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->box));

  g_hash_table_remove_all (self->newest);
  for (guint i = 0; i < event_types->len; i++)
    {
      TptEventType *event_type = g_ptr_array_index (event_types, i);

      g_hash_table_insert (self->newest, event_type->uri, g_object_ref (event_type));
    }
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (TPT_IS_EVENT_TYPE_ROW (child))
        tpt_event_type_row_update (TPT_EVENT_TYPE_ROW (child), self->newest);
    }
}

static void
show_list (TptEventTypesPage *self,
           TptEventTypeList  *list)
{
  g_ptr_array_sort (list->event_types, compare);
  tpt_object_list_update (self->event_types, list->event_types);
  update_rows (self, list->event_types);
  self->fetched_at = list->fetched_at;
  self->unread = list->unread->len;
  show_status (self);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (TptEventTypesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptEventTypeList) list = NULL;

  list = tpt_event_type_list_load_finish (TPT_STORE (source), result, &error);
  if (list != NULL)
    show_list (self, list);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_stack_set_visible_child_name (self->stack, "failed");
}

/* What is here already is shown at once. */
static void
read_list (TptEventTypesPage *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  tpt_event_type_list_load_async (self->workspace->store, NULL, FALSE, self->reading, read_cb,
                                  g_object_ref (self));
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TptEventTypesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptEventTypeList) list = NULL;

  list = tpt_event_type_list_load_finish (TPT_STORE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  tpt_busy_button_set_busy (self->refresh, FALSE);
  g_clear_pointer (&self->failure, g_free);
  if (list == NULL)
    self->failure = tpt_literal_line (error->message);
  else if (list->failure != NULL)
    self->failure = tpt_literal_line (list->failure->message);
  if (list != NULL)
    show_list (self, list);
  else
    show_status (self);
}

static void
fetch (TptEventTypesPage *self,
       gboolean           is_forced)
{
  if (tpt_busy_button_get_busy (self->refresh) || self->workspace->engine == NULL)
    return;
  tpt_busy_button_set_busy (self->refresh, TRUE);
  tpt_event_type_list_load_async (self->workspace->store, self->workspace->engine, is_forced,
                                  self->cancellable, fetched_cb, g_object_ref (self));
}

static void
refresh_cb (TptEventTypesPage *self)
{
  fetch (self, TRUE);
}

static void
retry_cb (TptEventTypesPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  fetch (self, TRUE);
  read_list (self);
}

static void
connection_cb (TptEventTypesPage *self)
{
  gboolean is_connected = tpt_workspace_is_connected (self->workspace);

  gtk_widget_set_visible (GTK_WIDGET (self->refresh), is_connected);
  read_list (self);
  if (is_connected)
    fetch (self, FALSE);
}

static void
store_changed_cb (TptEventTypesPage *self,
                  guint              flags,
                  GArray            *customers)
{
  if ((flags & (TPT_CHANGE_EVENT_TYPES | TPT_CHANGE_SET_ASIDE)) != 0)
    read_list (self);
}

static void
filter_cb (TptEventTypesPage *self)
{
  if (self->workspace == NULL)
    return;
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->shown), GTK_FILTER_CHANGE_DIFFERENT);
  gtk_stack_set_visible_child_name (self->stack, choose_page (self));
}

static gboolean
save_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  Choice *choice = user_data;

  return tpt_event_types_table_set_category (session, choice->uri, choice->category, error);
}

/* Where it was not stored, the row shows again what is. */
static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptEventTypesPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (tpt_store_transact_finish (TPT_STORE (source), result, &error))
    return;
  g_free (self->failure);
  self->failure = tpt_literal_line (error->message);
  read_list (self);
}

static void
row_chosen_cb (TptEventTypesPage *self,
               const char        *uri,
               const char        *category)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->uri = g_strdup (uri);
  choice->category = g_strdup (category);
  tpt_store_transact_async (self->workspace->store, save_func, choice, choice_free, NULL, saved_cb,
                            g_object_ref (self));
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  TptEventTypesPage *self = user_data;
  GtkWidget *row = tpt_event_type_row_new (item);

  tpt_event_type_row_update (TPT_EVENT_TYPE_ROW (row), self->newest);
  g_signal_connect_object (row, "chosen", G_CALLBACK (row_chosen_cb), self,
                           G_CONNECT_SWAPPED);

  return row;
}

static void
tpt_event_types_page_dispose (GObject *object)
{
  TptEventTypesPage *self = TPT_EVENT_TYPES_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->workspace);
  g_clear_object (&self->event_types);
  if (self->shown != NULL)
    {
      gtk_list_box_bind_model (self->box, NULL, NULL, NULL, NULL);
      gtk_filter_list_model_set_filter (self->shown, NULL);
    }
  g_clear_object (&self->shown);
  g_clear_pointer (&self->newest, g_hash_table_unref);

  G_OBJECT_CLASS (tpt_event_types_page_parent_class)->dispose (object);
}

static void
tpt_event_types_page_finalize (GObject *object)
{
  g_free (TPT_EVENT_TYPES_PAGE (object)->failure);

  G_OBJECT_CLASS (tpt_event_types_page_parent_class)->finalize (object);
}

static void
tpt_event_types_page_class_init (TptEventTypesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tpt_event_types_page_dispose;
  object_class->finalize = tpt_event_types_page_finalize;

  g_type_ensure (TPT_TYPE_BUSY_BUTTON);
  g_type_ensure (TPT_TYPE_HINT_BOX);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/touchpoint/ui/event-types/tpt-event-types-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TptEventTypesPage, status);
  gtk_widget_class_bind_template_child (widget_class, TptEventTypesPage, refresh);
  gtk_widget_class_bind_template_child (widget_class, TptEventTypesPage, search);
  gtk_widget_class_bind_template_child (widget_class, TptEventTypesPage, hidden);
  gtk_widget_class_bind_template_child (widget_class, TptEventTypesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, TptEventTypesPage, box);
  gtk_widget_class_bind_template_callback (widget_class, refresh_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
}

static void
tpt_event_types_page_init (TptEventTypesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->newest = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->event_types = tpt_object_list_new (TPT_TYPE_EVENT_TYPE, get_key, is_same);
  self->shown = gtk_filter_list_model_new (
    g_object_ref (G_LIST_MODEL (self->event_types)),
    GTK_FILTER (gtk_custom_filter_new (is_wanted, self, NULL)));
  gtk_list_box_bind_model (self->box, G_LIST_MODEL (self->shown), create_row, self, NULL);
}

void
tpt_event_types_page_set_workspace (TptEventTypesPage *self,
                                    TptWorkspace      *workspace)
{
  g_return_if_fail (TPT_IS_EVENT_TYPES_PAGE (self));
  g_return_if_fail (TPT_IS_WORKSPACE (workspace));
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (workspace->store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "date-changed", G_CALLBACK (show_status), self,
                           G_CONNECT_SWAPPED);
  if (workspace->connection != NULL)
    g_signal_connect_object (workspace->connection, "notify::state", G_CALLBACK (connection_cb),
                             self, G_CONNECT_SWAPPED);
  connection_cb (self);
}
