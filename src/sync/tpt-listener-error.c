/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-listener-error.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "tpt-unreachable.h"

G_DEFINE_QUARK (tpt-listener-error-quark, tpt_listener_error)

/**
 * tpt_listener_error_from_status:
 * @status: an HTTP status from 300 on
 * @message: (nullable): what the relay said
 *
 * The one place that knows what a status of a relay means.
 *
 * Returns: (transfer full): an error of %TPT_LISTENER_ERROR
 */
GError *
tpt_listener_error_from_status (guint       status,
                                const char *message)
{
  switch (status)
    {
    case 400:
      return g_error_new (TPT_LISTENER_ERROR, TPT_LISTENER_ERROR_FAILED,
                          _ ("The relay refused: %s"),
                          message != NULL ? message : "400");
    case 401:
      return g_error_new_literal (TPT_LISTENER_ERROR, TPT_LISTENER_ERROR_REFUSED,
                                  message != NULL ? message
                                                  : _ ("The relay does not know this device."));
    case 403:
      return g_error_new (TPT_LISTENER_ERROR, TPT_LISTENER_ERROR_NOT_ALLOWED,
                          _ ("The relay does not allow it: %s"), message != NULL ? message : "403");
    case 409:
      return g_error_new_literal (TPT_LISTENER_ERROR, TPT_LISTENER_ERROR_CURSOR,
                                  _ ("The relay’s journal has begun anew."));
    case 429:
    case 500:
    case 502:
    case 503:
    case 504:
      return g_error_new_literal (TPT_LISTENER_ERROR, TPT_LISTENER_ERROR_BUSY,
                                  _ ("The relay is not ready at the moment. Try again later."));
    default:
      return g_error_new (TPT_LISTENER_ERROR, TPT_LISTENER_ERROR_PROTOCOL,
                          _ ("What answers at that address is no relay (HTTP %u)."), status);
    }
}

/**
 * tpt_listener_error_from_transport:
 * @transport: what libsoup or GIO reported
 *
 * Returns: (transfer full): an error of %TPT_LISTENER_ERROR, or a copy where the call was canceled
 */
GError *
tpt_listener_error_from_transport (const GError *transport)
{
  if (g_error_matches (transport, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || transport->domain == TPT_LISTENER_ERROR)
    return g_error_copy (transport);
  g_info ("The relay: %s", transport->message);

  return g_error_new (TPT_LISTENER_ERROR, TPT_LISTENER_ERROR_UNREACHABLE,
                      _ ("The relay cannot be reached: %s"),
                      tpt_unreachable_get_reason (transport));
}

GError *
tpt_listener_error_new_not_enrolled (void)
{
  return g_error_new_literal (TPT_LISTENER_ERROR, TPT_LISTENER_ERROR_NOT_ENROLLED,
                              _ ("No relay is set."));
}
