/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-restoration.h"

#include "tpt-settings-table.h"

#define SETTING "restoration"
#define GROUP "restoration"

TptRestoration *
tpt_restoration_new (void)
{
  return g_atomic_rc_box_new0 (TptRestoration);
}

TptRestoration *
tpt_restoration_ref (TptRestoration *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  TptRestoration *self = data;

  g_free (self->kept_as);
  g_free (self->reason);
}

void
tpt_restoration_unref (TptRestoration *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/** tpt_restoration_load: @restoration: (out) (nullable): the one that nobody has read yet */
gboolean
tpt_restoration_load (TptSession      *session,
                      TptRestoration **restoration,
                      GError         **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (TptRestoration) self = NULL;
  g_autofree char *text = NULL;

  *restoration = NULL;
  if (!tpt_settings_table_get_sealed (session, SETTING, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;
  if (!g_key_file_load_from_data (file, text, (gsize) -1, G_KEY_FILE_NONE, error))
    return FALSE;
  self = tpt_restoration_new ();
  self->kept_as = g_key_file_get_string (file, GROUP, "kept-as", NULL);
  self->reason = g_key_file_get_string (file, GROUP, "reason", NULL);
  self->at = g_key_file_get_int64 (file, GROUP, "at", NULL);
  self->source = (TptRestorationSource) g_key_file_get_integer (file, GROUP, "source", NULL);
  self->backup_at = g_key_file_get_int64 (file, GROUP, "backup-at", NULL);
  self->customers = g_key_file_get_int64 (file, GROUP, "customers", NULL);
  self->stakeholders = g_key_file_get_int64 (file, GROUP, "stakeholders", NULL);
  self->links = g_key_file_get_int64 (file, GROUP, "links", NULL);
  self->decisions = g_key_file_get_int64 (file, GROUP, "decisions", NULL);
  *restoration = g_steal_pointer (&self);

  return TRUE;
}

gboolean
tpt_restoration_save (TptSession      *session,
                      TptRestoration  *self,
                      GError         **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;

  if (self->kept_as != NULL)
    g_key_file_set_string (file, GROUP, "kept-as", self->kept_as);
  if (self->reason != NULL)
    g_key_file_set_string (file, GROUP, "reason", self->reason);
  g_key_file_set_int64 (file, GROUP, "at", self->at);
  g_key_file_set_integer (file, GROUP, "source", (int) self->source);
  g_key_file_set_int64 (file, GROUP, "backup-at", self->backup_at);
  g_key_file_set_int64 (file, GROUP, "customers", self->customers);
  g_key_file_set_int64 (file, GROUP, "stakeholders", self->stakeholders);
  g_key_file_set_int64 (file, GROUP, "links", self->links);
  g_key_file_set_int64 (file, GROUP, "decisions", self->decisions);
  text = g_key_file_to_data (file, NULL, NULL);

  return tpt_settings_table_set_sealed (session, SETTING, text, error);
}

/** tpt_restoration_forget: a #TptStoreFunc: it was read */
gboolean
tpt_restoration_forget (TptSession  *session,
                        gpointer     unused,
                        GError     **error)
{
  return tpt_settings_table_set_sealed (session, SETTING, NULL, error);
}
