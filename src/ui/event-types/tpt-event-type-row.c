/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-event-type-row.h"

#include <glib/gi18n.h>

#include "tpt-drop-down.h"
#include "tpt-format.h"
#include "tpt-literal.h"

struct _TptEventTypeRow
{
  AdwActionRow parent_instance;

  TptEventType *event_type;
  GtkDropDown *category;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptEventTypeRow, tpt_event_type_row, ADW_TYPE_ACTION_ROW)

/* In the order of tpt_event_type_categories. */
static const char *const category_names[] = {
  N_("Business review"), N_("Check-in"), N_("Demo"), N_("Onboarding"), N_("Other"), NULL,
};

static GtkStringList *
list_categories (void)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; category_names[i] != NULL; i++)
    gtk_string_list_append (names, _(category_names[i]));

  return names;
}

static guint
find_category (const char *category)
{
  guint last = G_N_ELEMENTS (category_names) - 2;

  for (guint i = 0; i < last; i++)
    {
      if (g_strcmp0 (tpt_event_type_categories[i], category) == 0)
        return i;
    }

  return last;
}

static const char *
describe_pooling (const char *pooling_type)
{
  if (g_strcmp0 (pooling_type, "round_robin") == 0)
    return _("One of several hosts");
  if (g_strcmp0 (pooling_type, "collective") == 0)
    return _("Several hosts together");

  return pooling_type != NULL ? _("Several hosts") : NULL;
}

/* Why it cannot be booked, or not be found by the guests. */
static const char *
describe_state (TptEventType *event_type)
{
  if (event_type->deleted)
    return _("Deleted");
  if (!event_type->active)
    return _("Switched off");
  if (!tpt_event_type_is_schedulable (event_type))
    return _("Made for one occasion");

  return event_type->secret ? _("Secret") : NULL;
}

static char *
describe (TptEventType *event_type)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *length = tpt_format_duration (event_type->duration * TPT_MINUTE);
  const char *pooling = describe_pooling (event_type->pooling_type);
  const char *state = describe_state (event_type);
  g_auto (GStrv) parts = NULL;

  g_strv_builder_add (builder, length);
  if (g_strcmp0 (event_type->kind, "group") == 0)
    g_strv_builder_add (builder, _("For a group"));
  if (pooling != NULL)
    g_strv_builder_add (builder, pooling);
  if (state != NULL)
    g_strv_builder_add (builder, state);
  parts = g_strv_builder_end (builder);

  return g_strjoinv (" · ", parts);
}

static void
chosen_cb (TptEventTypeRow *self)
{
  guint position = gtk_drop_down_get_selected (self->category);
  const char *category;

  g_return_if_fail (position < G_N_ELEMENTS (category_names) - 1);

  category = tpt_event_type_categories[position];
  if (g_strcmp0 (category, self->event_type->category) == 0)
    category = NULL;
  g_signal_emit (self, signals[CHOSEN], 0, self->event_type->uri, category);
}

static void
tpt_event_type_row_dispose (GObject *object)
{
  g_clear_object (&TPT_EVENT_TYPE_ROW (object)->event_type);

  G_OBJECT_CLASS (tpt_event_type_row_parent_class)->dispose (object);
}

static void
tpt_event_type_row_class_init (TptEventTypeRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tpt_event_type_row_dispose;

  signals[CHOSEN] =
    g_signal_new ("chosen", TPT_TYPE_EVENT_TYPE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
tpt_event_type_row_init (TptEventTypeRow *self)
{
  self->category = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (list_categories ()), NULL));
  gtk_widget_set_valign (GTK_WIDGET (self->category), GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->category));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 2);
}

/** tpt_event_type_row_new: (transfer floating): shows @event_type */
GtkWidget *
tpt_event_type_row_new (TptEventType *event_type)
{
  TptEventTypeRow *self = g_object_new (TPT_TYPE_EVENT_TYPE_ROW, NULL);
  g_autofree char *name = tpt_literal_line (event_type->name != NULL ? event_type->name
                                                                     : event_type->slug);
  g_autofree char *part = tpt_literal_part (event_type->name != NULL ? event_type->name
                                                                     : event_type->slug);
  g_autofree char *facts = describe (event_type);
  /* Translators: %s is the name of an event type */
  g_autofree char *label = g_strdup_printf (_("What %s is for"), part);

  self->event_type = g_object_ref (event_type);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), facts);
  gtk_drop_down_set_selected (self->category,
                              find_category (tpt_event_type_get_category (event_type)));
  tpt_drop_down_set_label (self->category, label);
  g_signal_connect_object (self->category, "notify::selected", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/** tpt_event_type_row_update: (element-type utf8 TptEventType): what its own one is for by now */
void
tpt_event_type_row_update (TptEventTypeRow *self,
                           GHashTable      *by_uri)
{
  TptEventType *event_type = g_hash_table_lookup (by_uri, self->event_type->uri);

  if (event_type == NULL)
    return;
  g_set_object (&self->event_type, event_type);
  g_signal_handlers_block_by_func (self->category, chosen_cb, self);
  gtk_drop_down_set_selected (self->category,
                              find_category (tpt_event_type_get_category (event_type)));
  g_signal_handlers_unblock_by_func (self->category, chosen_cb, self);
}
