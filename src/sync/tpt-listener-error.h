/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TPT_LISTENER_ERROR (tpt_listener_error_quark ())

/**
 * TptListenerError:
 * @TPT_LISTENER_ERROR_ADDRESS: not an address that a relay can have
 * @TPT_LISTENER_ERROR_UNREACHABLE: no connection, no trustworthy TLS, silence
 * @TPT_LISTENER_ERROR_REFUSED: wrong, used or expired code; or a device that it does not know
 *   any more
 * @TPT_LISTENER_ERROR_NOT_ALLOWED: it does not serve this organisation, or not this role
 * @TPT_LISTENER_ERROR_CURSOR: it does not know the place in its journal that was named
 * @TPT_LISTENER_ERROR_BUSY: it cannot now; later it may
 * @TPT_LISTENER_ERROR_PROTOCOL: what answers there does not speak as a relay
 * @TPT_LISTENER_ERROR_NOT_ENROLLED: no relay is set
 * @TPT_LISTENER_ERROR_FAILED: anything else
 *
 * Messages are sentences for people.
 */
typedef enum
{
  TPT_LISTENER_ERROR_ADDRESS,
  TPT_LISTENER_ERROR_UNREACHABLE,
  TPT_LISTENER_ERROR_REFUSED,
  TPT_LISTENER_ERROR_NOT_ALLOWED,
  TPT_LISTENER_ERROR_CURSOR,
  TPT_LISTENER_ERROR_BUSY,
  TPT_LISTENER_ERROR_PROTOCOL,
  TPT_LISTENER_ERROR_NOT_ENROLLED,
  TPT_LISTENER_ERROR_FAILED,
} TptListenerError;

GQuark  tpt_listener_error_quark            (void);
GError *tpt_listener_error_from_status      (guint         status,
                                             const char   *message);
GError *tpt_listener_error_from_transport   (const GError *transport);
GError *tpt_listener_error_new_not_enrolled (void);

G_END_DECLS
