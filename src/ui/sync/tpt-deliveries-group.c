/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-deliveries-group.h"

#include <glib/gi18n.h>

#include "tpt-chip.h"
#include "tpt-format.h"
#include "tpt-listener-log.h"
#include "tpt-literal.h"

struct _TptDeliveriesGroup
{
  AdwPreferencesGroup parent_instance;

  TptWorkspace *workspace;
  GCancellable *cancellable;
  GPtrArray *deliveries;   /* (element-type TptDelivery): what is to be shown, or NULL */
  GPtrArray *rows;         /* (element-type GtkWidget): borrowed, of @list */

  /* Template widgets */
  AdwExpanderRow *list;
};

G_DEFINE_FINAL_TYPE (TptDeliveriesGroup, tpt_deliveries_group, ADW_TYPE_PREFERENCES_GROUP)

/* Returns: (transfer full) */
static char *
name_event (const char *event)
{
  static const struct
  {
    const char *event;
    const char *name;
  } names[] = {
    { "invitee.created", NC_("what a delivery tells", "Booked") },
    { "invitee.canceled", NC_("what a delivery tells", "Canceled") },
    { "invitee_no_show.created", NC_("what a delivery tells", "Marked as no-show") },
    { "invitee_no_show.deleted", NC_("what a delivery tells", "No-show taken back") },
  };

  if (event == NULL)
    return g_strdup (_("Could not be read"));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (event, names[i].event))
        return g_strdup (g_dpgettext2 (NULL, "what a delivery tells", names[i].name));
    }

  return tpt_literal_line (event);
}

static const char *
name_outcome (TptDeliveryOutcome outcome)
{
  switch (outcome)
    {
    case TPT_DELIVERY_APPLIED:
      return C_("what became of a delivery", "Applied");
    case TPT_DELIVERY_DUPLICATE:
      return C_("what became of a delivery", "Known already");
    case TPT_DELIVERY_SET_ASIDE:
      return C_("what became of a delivery", "Set aside");
    case TPT_DELIVERY_NOTED:
    default:
      return C_("what became of a delivery", "Arrived");
    }
}

static char *
describe_title (const TptDelivery *delivery)
{
  g_autofree char *event = name_event (delivery->event);
  g_autofree char *meeting = NULL;

  if (delivery->meeting_name == NULL)
    return g_steal_pointer (&event);
  meeting = tpt_literal_part (delivery->meeting_name);

  /* Translators: what happened, and the name of the meeting that it happened to */
  return g_strdup_printf (_("%s: %s"), event, meeting);
}

static char *
describe_subtitle (TptDeliveriesGroup *self,
                   const TptDelivery  *delivery)
{
  GTimeZone *zone = tpt_workspace_get_zone (self->workspace);
  TptTime now = tpt_clock_now (self->workspace->clock);
  GString *text = g_string_new (NULL);
  g_autofree char *when = tpt_format_date_time (delivery->at, zone, now);

  g_string_append (text, when);
  if (delivery->late)
    g_string_append_printf (text, " · %s", _("late, so Calendly was asked"));
  if (delivery->meeting_start != TPT_TIME_NONE)
    {
      g_autofree char *start = tpt_format_date_time_part (delivery->meeting_start, zone, now);

      g_string_append (text, "\n");
      /* Translators: %s is a date and time */
      g_string_append_printf (text, _("Meeting %s"), start);
    }
  if (delivery->reason != NULL)
    {
      g_autofree char *reason = tpt_literal_line (delivery->reason);

      g_string_append_printf (text, "\n%s", reason);
    }

  return g_string_free (text, FALSE);
}

static void
add_row (TptDeliveriesGroup *self,
         const TptDelivery  *delivery)
{
  g_autofree char *title = describe_title (delivery);
  g_autofree char *subtitle = describe_subtitle (self, delivery);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *chip = tpt_chip_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  tpt_chip_set_text (TPT_CHIP (chip), name_outcome (delivery->outcome));
  if (delivery->outcome == TPT_DELIVERY_SET_ASIDE)
    gtk_widget_add_css_class (chip, "no-show");
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), chip);
  adw_expander_row_add_row (self->list, row);
  g_ptr_array_add (self->rows, row);
}

/* Rows are made when somebody looks. */
static void
show_deliveries (TptDeliveriesGroup *self)
{
  if (self->deliveries == NULL || !adw_expander_row_get_expanded (self->list))
    return;

  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (self->list, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->deliveries->len; i++)
    add_row (self, g_ptr_array_index (self->deliveries, i));
  g_clear_pointer (&self->deliveries, g_ptr_array_unref);
}

static void
expanded_cb (TptDeliveriesGroup *self)
{
  show_deliveries (self);
}

static void
show_count (TptDeliveriesGroup *self,
            guint               count)
{
  g_autofree char *text = NULL;

  if (count > 0)
    text = g_strdup_printf (ngettext ("%u delivery", "The last %u deliveries", count), count);
  adw_expander_row_set_subtitle (self->list, text != NULL ? text : _("None yet"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), count > 0);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (TptDeliveriesGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *deliveries = tpt_listener_log_list_finish (TPT_STORE (source), result, &error);

  if (deliveries == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("The last deliveries could not be read: %s", error->message);
      return;
    }

  g_clear_pointer (&self->deliveries, g_ptr_array_unref);
  self->deliveries = deliveries;
  show_count (self, deliveries->len);
  show_deliveries (self);
}

static void
reload (TptDeliveriesGroup *self)
{
  tpt_listener_log_list_async (self->workspace->store, self->cancellable, read_cb,
                               g_object_ref (self));
}

static void
tpt_deliveries_group_dispose (GObject *object)
{
  TptDeliveriesGroup *self = TPT_DELIVERIES_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (tpt_deliveries_group_parent_class)->dispose (object);
}

static void
tpt_deliveries_group_finalize (GObject *object)
{
  TptDeliveriesGroup *self = TPT_DELIVERIES_GROUP (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->deliveries, g_ptr_array_unref);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (tpt_deliveries_group_parent_class)->finalize (object);
}

static void
tpt_deliveries_group_class_init (TptDeliveriesGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_deliveries_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = tpt_deliveries_group_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/sync/tpt-deliveries-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TptDeliveriesGroup, list);
  gtk_widget_class_bind_template_callback (widget_class, expanded_cb);
}

static void
tpt_deliveries_group_init (TptDeliveriesGroup *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
tpt_deliveries_group_set_workspace (TptDeliveriesGroup *self,
                                    TptWorkspace       *workspace)
{
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (workspace->listener, "notify::last-event-at", G_CALLBACK (reload), self,
                           G_CONNECT_SWAPPED);
  reload (self);
}
