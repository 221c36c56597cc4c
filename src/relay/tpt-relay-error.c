/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-error.h"

G_DEFINE_QUARK (tpt-relay-error-quark, tpt_relay_error)

/* Returns: always FALSE, with TPT_RELAY_ERROR_CONFIG */
gboolean
tpt_relay_error_config (GError     **error,
                        const char  *format,
                        ...)
{
  va_list arguments;
  g_autofree char *message = NULL;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_CONFIG, message);

  return FALSE;
}
