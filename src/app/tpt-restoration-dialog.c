/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-restoration-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "tpt-restoration-text.h"

#define WORKSPACE "tpt-restoration-workspace"

static void
forgotten_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    g_message ("What was restored will be told again: %s", error->message);
}

/* Once it was read, it is not told again. */
static void
response_cb (TptStore *store)
{
  tpt_store_transact_async (store, tpt_restoration_forget, NULL, NULL, NULL, forgotten_cb, NULL);
}

/* Its lines stand apart: somebody who has just lost something does not read a wall of text. */
static char *
describe (TptRestoration *restoration,
          GTimeZone      *zone)
{
  g_autofree char *text = tpt_restoration_describe (restoration, zone);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  return g_strjoinv ("\n\n", lines);
}

/* The account, and with it the zone in which all times are told, may be another since. */
static void
updated_cb (AdwMessageDialog *dialog)
{
  TptWorkspace *workspace = g_object_get_data (G_OBJECT (dialog), WORKSPACE);
  TptRestoration *restoration = tpt_store_get_restoration (workspace->store);
  g_autofree char *text = NULL;

  if (restoration == NULL)
    return;
  text = describe (restoration, tpt_workspace_get_zone (workspace));
  if (g_strcmp0 (adw_message_dialog_get_body (dialog), text) != 0)
    adw_message_dialog_set_body (dialog, text);
}

static void
show (GtkWindow *window,
      TptStore  *store)
{
  TptWorkspace *workspace = g_object_get_data (G_OBJECT (window), WORKSPACE);
  GtkWidget *dialog;

  if (tpt_store_get_restoration (store) == NULL)
    return;
  dialog = adw_message_dialog_new (window, _("Your Record Was Damaged"), NULL);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  g_object_set_data_full (G_OBJECT (dialog), WORKSPACE, g_object_ref (workspace), g_object_unref);
  updated_cb (ADW_MESSAGE_DIALOG (dialog));
  g_signal_connect_object (workspace->portfolio, "updated", G_CALLBACK (updated_cb), dialog,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), store, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
restored_cb (TptStore  *store,
             GtkWindow *window)
{
  show (window, store);
}

/**
 * tpt_restoration_dialog_watch:
 *
 * Tells in @window what became of a record that was damaged: of the one that was opened, and when
 * damage is found later.
 */
void
tpt_restoration_dialog_watch (GtkWindow    *window,
                              TptWorkspace *workspace)
{
  TptStore *store = workspace->store;

  g_object_set_data_full (G_OBJECT (window), WORKSPACE, g_object_ref (workspace), g_object_unref);
  g_signal_connect_object (store, "restored", G_CALLBACK (restored_cb), window, 0);
  show (window, store);
}
