/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-clipboard.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

/* Who can put text on a clipboard without a window, and where it can. */
static const struct
{
  const char *variable;
  const char *argv[4];
} programs[] = {
  { "WAYLAND_DISPLAY", { "wl-copy", NULL } },
  { "DISPLAY", { "xclip", "-selection", "clipboard", NULL } },
};

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, NULL, NULL, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (!g_subprocess_get_successful (G_SUBPROCESS (source)))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s",
                             _("The clipboard's program failed."));
  else
    g_task_return_boolean (task, TRUE);
}

/* Both programs stay behind to hold the text, so nothing may wait for the end of their output. */
static GSubprocess *
start_program (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_autoptr (GSubprocess) process = NULL;
      const char *display = g_getenv (programs[i].variable);

      if (display == NULL || *display == '\0')
        continue;
      process = g_subprocess_newv (programs[i].argv,
                                   G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE
                                     | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                   NULL);
      if (process != NULL)
        return g_steal_pointer (&process);
    }

  return NULL;
}

/**
 * tpt_clipboard_copy_async:
 * @copy: (nullable): who has a clipboard; else wl-copy or xclip is started where there is one
 */
void
tpt_clipboard_copy_async (const char           *text,
                          gboolean            (*copy) (const char *text,
                                                       gpointer    user_data),
                          gpointer              copy_data,
                          GCancellable         *cancellable,
                          GAsyncReadyCallback   callback,
                          gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GSubprocess) process = NULL;

  g_task_set_source_tag (task, tpt_clipboard_copy_async);
  if (copy != NULL && copy (text, copy_data))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  process = start_program ();
  if (process == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s",
                             _("there is no clipboard here (wl-copy or xclip is needed)."));
  else
    g_subprocess_communicate_utf8_async (process, text, cancellable, written_cb,
                                         g_steal_pointer (&task));
}

gboolean
tpt_clipboard_copy_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
