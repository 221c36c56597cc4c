/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-unreachable.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

/* Where there is one, it is what was called, and who has set it need not remember. */
static gboolean
has_proxy (void)
{
  static const char *const names[] = {
    "https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *proxy = g_getenv (names[i]);

      if (proxy != NULL && *proxy != '\0')
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_about_address (const GError *error)
{
  return error->domain == G_RESOLVER_ERROR
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_FAILED);
}

static const char *
word_resolver (const GError *error)
{
  if (g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
    return _("there is no such address");

  return _("its address cannot be found; is this computer online?");
}

static const char *
word_end (const GError *error)
{
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return _("its certificate is not one that this computer trusts");
  if (error->domain == G_TLS_ERROR)
    return _("no encrypted connection came about");

  return _("no complete answer came");
}

/**
 * tpt_unreachable_get_reason:
 * @error: what GIO or libsoup reported of another machine
 *
 * Puts into words what a person can do something about, as the end of a sentence. What names hosts
 * and system calls is for developers.
 *
 * Returns: (transfer none): that; what @error says itself is for the log
 */
const char *
tpt_unreachable_get_reason (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (is_about_address (error) && has_proxy ())
    return _("the proxy that is set in the environment does not answer, or does not find it");
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


  return word_end (error);
}
