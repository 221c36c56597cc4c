/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-preference.h"

#include "tpt-config.h"

/* What is set in the app counts here too. Where the app is not installed there are no settings;
 * asking GSettings for them would end the process. */
static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, TPT_APP_ID, TRUE);

  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

/** tpt_preference_get_client_id: (nullable): the company's OAuth app */
char *
tpt_preference_get_client_id (void)
{
  g_autoptr (GSettings) settings = open_settings ();
  g_autofree char *id = settings != NULL ? g_settings_get_string (settings, "client-id") : NULL;

  return id != NULL && *id != '\0' ? g_steal_pointer (&id) : NULL;
}

/** tpt_preference_get_redirect_port: 0: any free one */
guint16
tpt_preference_get_redirect_port (void)
{
  g_autoptr (GSettings) settings = open_settings ();

  return settings != NULL ? (guint16) g_settings_get_int (settings, "redirect-port") : 0;
}

/** tpt_preference_get_redirect_method: how the browser comes back */
TptRedirectMethod
tpt_preference_get_redirect_method (void)
{
  g_autoptr (GSettings) settings = open_settings ();
  g_autofree char *name = NULL;

  if (settings != NULL)
    name = g_settings_get_string (settings, "redirect-method");

  return tpt_redirect_method_from_string (name);
}

/** tpt_preference_get_tier_cadences: (element-type utf8 int): days between meetings, by tier */
GHashTable *
tpt_preference_get_tier_cadences (void)
{
  GHashTable *cadences = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GSettings) settings = open_settings ();
  g_autoptr (GVariant) value = NULL;
  GVariantIter iter;
  char *tier;
  int days;

  if (settings == NULL)
    return cadences;

  value = g_settings_get_value (settings, "tier-cadences");
  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "{si}", &tier, &days))
    g_hash_table_insert (cadences, tier, GINT_TO_POINTER (days));

  return cadences;
}
