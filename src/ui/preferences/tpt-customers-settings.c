/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-customers-settings.h"

#include "tpt-contacts-row.h"
#include "tpt-decisions-group.h"
#include "tpt-literal.h"

#include <glib/gi18n.h>

#define DEFAULT_CADENCE 30

struct _TptCustomersSettings
{
  AdwPreferencesPage parent_instance;

  TptWorkspace *workspace;
  GSettings *settings;
  GPtrArray *tier_rows;

  /* Template widgets */
  TptContactsRow *contacts;
  AdwPreferencesGroup *tiers;
  TptDecisionsGroup *decisions;
  GtkSwitch *agenda;
  GtkSwitch *waiting;
  GtkSwitch *figures;
  GtkSwitch *quiet;
  GtkSwitch *unmatched;
};

G_DEFINE_FINAL_TYPE (TptCustomersSettings, tpt_customers_settings, ADW_TYPE_PREFERENCES_PAGE)

static void
hide_card (TptCustomersSettings *self,
           const char           *name,
           gboolean              hidden)
{
  g_auto (GStrv) names = g_settings_get_strv (self->settings, "hidden-cards");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) changed = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (!g_str_equal (names[i], name))
        g_strv_builder_add (builder, names[i]);
    }
  if (hidden)
    g_strv_builder_add (builder, name);
  changed = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, "hidden-cards", (const char *const *) changed);
}

static void
card_switched_cb (GtkSwitch            *card,
                  GParamSpec           *pspec,
                  TptCustomersSettings *self)
{
  hide_card (self, gtk_widget_get_name (GTK_WIDGET (card)), !gtk_switch_get_active (card));
}

static void
bind_card (TptCustomersSettings *self,
           GtkSwitch            *card,
           const char           *name)
{
  g_auto (GStrv) hidden = g_settings_get_strv (self->settings, "hidden-cards");

  gtk_widget_set_name (GTK_WIDGET (card), name);
  gtk_switch_set_active (card, !g_strv_contains ((const char *const *) hidden, name));
  g_signal_connect_object (card, "notify::active", G_CALLBACK (card_switched_cb), self, 0);
}

static GHashTable *
list_tiers (TptCustomersSettings *self)
{
  GListModel *portfolio = G_LIST_MODEL (self->workspace->portfolio);
  GHashTable *tiers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (portfolio); i++)
    {
      g_autoptr (TptCustomerItem) item = g_list_model_get_item (portfolio, i);
      const char *tier = tpt_customer_item_get_customer (item)->tier;

      if (tier != NULL && *tier != '\0')
        g_hash_table_add (tiers, g_strdup (tier));
    }

  return tiers;
}

static void
write_cadence (TptCustomersSettings *self,
               const char           *tier,
               int                   days)
{
  g_autoptr (GHashTable) cadences = tpt_tier_cadence_read (self->settings);
  g_autoptr (GVariantBuilder) builder = g_variant_builder_new (G_VARIANT_TYPE ("a{si}"));
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_insert (cadences, g_strdup (tier), GINT_TO_POINTER (days));
  g_hash_table_iter_init (&iter, cadences);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_variant_builder_add (builder, "{si}", (const char *) key, GPOINTER_TO_INT (value));
  g_settings_set_value (self->settings, "tier-cadences", g_variant_builder_end (builder));
}

static void
days_changed_cb (GtkSpinButton        *days,
                 TptCustomersSettings *self)
{
  write_cadence (self, g_object_get_data (G_OBJECT (days), "tier"),
                 gtk_spin_button_get_value_as_int (days));
}

static void
add_tier (TptCustomersSettings *self,
          const char           *tier,
          int                   days)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (1, 730, 1);
  g_autofree char *name = tpt_literal_part (tier);
  /* Translators: %s is the name of a tier, such as "Gold" */
  g_autofree char *label = g_strdup_printf (_("Days between meetings for %s"), name);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), days);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (spin), "tier", g_strdup (tier), g_free);
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (days_changed_cb), self, 0);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  adw_preferences_group_add (self->tiers, row);
  g_ptr_array_add (self->tier_rows, row);
}

static void
show_tiers (TptCustomersSettings *self)
{
  g_autoptr (GHashTable) tiers = list_tiers (self);
  g_autoptr (GHashTable) cadences = tpt_tier_cadence_read (self->settings);
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (tiers),
                                         (GCompareFunc) g_utf8_collate);

  for (guint i = 0; i < self->tier_rows->len; i++)
    adw_preferences_group_remove (self->tiers, g_ptr_array_index (self->tier_rows, i));
  g_ptr_array_set_size (self->tier_rows, 0);
  for (GList *name = names; name != NULL; name = name->next)
    {
      gpointer days = g_hash_table_lookup (cadences, name->data);

      add_tier (self, name->data, days != NULL ? GPOINTER_TO_INT (days) : DEFAULT_CADENCE);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->tiers), names != NULL);
}

static void
tpt_customers_settings_dispose (GObject *object)
{
  TptCustomersSettings *self = TPT_CUSTOMERS_SETTINGS (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->tier_rows, g_ptr_array_unref);

  G_OBJECT_CLASS (tpt_customers_settings_parent_class)->dispose (object);
}

static void
tpt_customers_settings_class_init (TptCustomersSettingsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_customers_settings_dispose;

  g_type_ensure (TPT_TYPE_CONTACTS_ROW);
  g_type_ensure (TPT_TYPE_DECISIONS_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/touchpoint/ui/preferences/tpt-customers-settings.ui");
  gtk_widget_class_bind_template_child (widget_class, TptCustomersSettings, tiers);
  gtk_widget_class_bind_template_child (widget_class, TptCustomersSettings, contacts);
  gtk_widget_class_bind_template_child (widget_class, TptCustomersSettings, decisions);
  gtk_widget_class_bind_template_child (widget_class, TptCustomersSettings, agenda);
  gtk_widget_class_bind_template_child (widget_class, TptCustomersSettings, waiting);
  gtk_widget_class_bind_template_child (widget_class, TptCustomersSettings, figures);
  gtk_widget_class_bind_template_child (widget_class, TptCustomersSettings, quiet);
  gtk_widget_class_bind_template_child (widget_class, TptCustomersSettings, unmatched);
}

static void
tpt_customers_settings_init (TptCustomersSettings *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->tier_rows = g_ptr_array_new ();
}

void
tpt_customers_settings_set_workspace (TptCustomersSettings *self,
                                      TptWorkspace         *workspace,
                                      GSettings            *settings)
{
  g_return_if_fail (TPT_IS_CUSTOMERS_SETTINGS (self));
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  self->settings = g_object_ref (settings);
  tpt_contacts_row_set_workspace (self->contacts, workspace);
  tpt_decisions_group_set_workspace (self->decisions, workspace);
  bind_card (self, self->agenda, "agenda");
  bind_card (self, self->waiting, "waiting");
  bind_card (self, self->figures, "figures");
  bind_card (self, self->quiet, "quiet");
  bind_card (self, self->unmatched, "unmatched");
  g_signal_connect_object (workspace->portfolio, "items-changed", G_CALLBACK (show_tiers), self,
                           G_CONNECT_SWAPPED);
  show_tiers (self);
}

/**
 * tpt_tier_cadence_read:
 *
 * Returns: (transfer full): tier → days (GINT_TO_POINTER), as the figures take it
 */
GHashTable *
tpt_tier_cadence_read (GSettings *settings)
{
  GHashTable *cadences = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GVariant) stored = g_settings_get_value (settings, "tier-cadences");
  GVariantIter iter;
  const char *tier;
  int days;

  g_variant_iter_init (&iter, stored);
  while (g_variant_iter_next (&iter, "{&si}", &tier, &days))
    {
      if (days > 0)
        g_hash_table_insert (cadences, g_strdup (tier), GINT_TO_POINTER (days));
    }

  return cadences;
}
