/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-forecast-view.h"

#include "tpt-literal.h"

#include <glib/gi18n.h>

/* Who types a name is not asked after at every letter. */
#define PAUSE_MS 150

struct _TptForecastView
{
  AdwBin parent_instance;

  TptMatchInbox *inbox;
  TptForecastFunc make;
  gpointer user_data;
  GCancellable *cancellable;
  guint timer;
  gboolean ready;

  /* Borrowed: children */
  GtkStack *stack;
  GtkLabel *hint;
  GtkSpinner *spinner;
  GtkLabel *reason;
  GtkButton *retry;
  GtkLabel *heading;
  GtkLabel *text;
};

enum
{
  PROP_READY = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TptForecastView, tpt_forecast_view, ADW_TYPE_BIN)

static void
show (TptForecastView *self,
      const char      *page)
{
  gboolean ready = g_str_equal (page, "content");

  gtk_spinner_set_spinning (self->spinner, g_str_equal (page, "loading"));
  gtk_stack_set_visible_child_name (self->stack, page);
  if (ready == self->ready)
    return;
  self->ready = ready;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READY]);
}

/* Takes @line, which says how many, unless it would say none. */
static void
take_line (GStrvBuilder *lines,
           guint         count,
           char         *line)
{
  if (count > 0)
    g_strv_builder_add (lines, line);
  g_free (line);
}

static char *
describe (const TptMatchForecast *forecast)
{
  guint bookings = forecast->bookings, people = forecast->people, doubles = forecast->doubles;
  guint links = forecast->links, rules = forecast->rules;
  guint n_domains = g_strv_length (forecast->domains);
  g_autofree char *joined = g_strjoinv (", ", forecast->domains);
  g_autofree char *domains = tpt_literal_part (joined);
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  take_line (lines, bookings,
             g_strdup_printf (ngettext ("%u booking", "%u bookings", bookings), bookings));
  take_line (lines, people,
             g_strdup_printf (ngettext ("%u stakeholder", "%u stakeholders", people), people));
  take_line (lines, doubles,
             g_strdup_printf (ngettext ("%u stakeholder whom both have, once",
                                        "%u stakeholders whom both have, once", doubles),
                              doubles));
  take_line (lines, n_domains,
             g_strdup_printf (ngettext ("Domain: %s", "Domains: %s", n_domains), domains));
  take_line (lines, links,
             g_strdup_printf (ngettext ("%u booking link", "%u booking links", links), links));
  take_line (lines, rules, g_strdup_printf (ngettext ("%u rule", "%u rules", rules), rules));
  all = g_strv_builder_end (lines);

  return *all != NULL ? g_strjoinv ("\n", all) : g_strdup (_("Nothing but the name"));
}

static void
tried_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptForecastView) self = user_data;
  g_autoptr (TptMatchForecast) forecast = NULL;
  g_autoptr (GError) error = NULL;

  forecast = tpt_match_inbox_try_finish (TPT_MATCH_INBOX (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (forecast == NULL)
    {
      g_autofree char *reason = tpt_literal_block (error->message);

      gtk_label_set_text (self->reason, reason);
      /* What was asked for would be refused again. */
      gtk_widget_set_visible (GTK_WIDGET (self->retry), error->domain != TPT_MATCH_ACT_ERROR);
      show (self, "failed");
    }
  else
    {
      g_autofree char *text = describe (forecast);

      gtk_label_set_text (self->text, text);
      show (self, "content");
    }
}

static void
cancel (TptForecastView *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static gboolean
timeout_cb (gpointer user_data)
{
  TptForecastView *self = user_data;
  TptMatchAct *act = self->make (self->user_data);

  self->timer = 0;
  if (act != NULL)
    tpt_match_inbox_try_async (self->inbox, act, self->cancellable, tried_cb, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
look (TptForecastView *self)
{
  cancel (self);
  self->cancellable = g_cancellable_new ();
  self->timer = g_timeout_add (PAUSE_MS, timeout_cb, self);
  show (self, "loading");
}

static void
tpt_forecast_view_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  g_assert (property_id == PROP_READY);
  g_value_set_boolean (value, TPT_FORECAST_VIEW (object)->ready);
}

static void
tpt_forecast_view_dispose (GObject *object)
{
  TptForecastView *self = TPT_FORECAST_VIEW (object);

  cancel (self);
  g_clear_object (&self->inbox);

  G_OBJECT_CLASS (tpt_forecast_view_parent_class)->dispose (object);
}

static void
tpt_forecast_view_class_init (TptForecastViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tpt_forecast_view_get_property;
  object_class->dispose = tpt_forecast_view_dispose;

  properties[PROP_READY] = g_param_spec_boolean ("ready", NULL, NULL, FALSE,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/customers/tpt-forecast-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TptForecastView, stack);
  gtk_widget_class_bind_template_child (widget_class, TptForecastView, hint);
  gtk_widget_class_bind_template_child (widget_class, TptForecastView, spinner);
  gtk_widget_class_bind_template_child (widget_class, TptForecastView, reason);
  gtk_widget_class_bind_template_child (widget_class, TptForecastView, retry);
  gtk_widget_class_bind_template_child (widget_class, TptForecastView, heading);
  gtk_widget_class_bind_template_child (widget_class, TptForecastView, text);
  gtk_widget_class_bind_template_callback_full (widget_class, "retry_cb", G_CALLBACK (look));
}

static void
tpt_forecast_view_init (TptForecastView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** tpt_forecast_view_new: @make: asked for the act while the view lives */
GtkWidget *
tpt_forecast_view_new (TptMatchInbox   *inbox,
                       TptForecastFunc  make,
                       gpointer         user_data)
{
  TptForecastView *self = g_object_new (TPT_TYPE_FORECAST_VIEW, NULL);

  self->inbox = g_object_ref (inbox);
  self->make = make;
  self->user_data = user_data;

  return GTK_WIDGET (self);
}

/**
 * tpt_forecast_view_update:
 * @hint: (nullable): what lacks before anything can be said, %NULL where nothing does
 * @heading: whose it would be
 *
 * To be called when another act is chosen.
 */
void
tpt_forecast_view_update (TptForecastView *self,
                          const char      *hint,
                          const char      *heading)
{
  g_return_if_fail (TPT_IS_FORECAST_VIEW (self));

  gtk_label_set_text (self->heading, heading);
  if (hint == NULL)
    {
      look (self);
      return;
    }
  cancel (self);
  gtk_label_set_text (self->hint, hint);
  show (self, "hint");
}

gboolean
tpt_forecast_view_is_ready (TptForecastView *self)
{
  g_return_val_if_fail (TPT_IS_FORECAST_VIEW (self), FALSE);

  return self->ready;
}
