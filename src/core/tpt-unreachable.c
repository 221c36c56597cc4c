/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-unreachable.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

static const char *
word_resolver (const GError *error)
{
  if (g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
    return _("there is no such address");

  return _("its address cannot be found; is this computer online?");
}

/**
 * tpt_unreachable_get_reason:
 * @error: what GIO or libsoup reported of another machine
 *
 * Puts into words what a person can do something about, as the end of a sentence. What names hosts
 * and system calls is for developers.
 *
 * Returns: (transfer none): that, or the words of @error for anything else
 */
const char *
tpt_unreachable_get_reason (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == G_RESOLVER_ERROR)
    return word_resolver (error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND))
    return _("there is no such address");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE))
    return _("there is no way to it; is this computer online?");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return _("nothing answers there at the moment");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return _("it does not answer");

  return error->message;
}
