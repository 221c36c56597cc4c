/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TptRelayError:
 * @TPT_RELAY_ERROR_CONFIG: the configuration cannot be used; the message is the exact reason
 * @TPT_RELAY_ERROR_LISTEN: the address cannot be listened on
 * @TPT_RELAY_ERROR_JOURNAL: the journal cannot be opened, read or written
 * @TPT_RELAY_ERROR_REFUSED: Calendly does not know the token
 * @TPT_RELAY_ERROR_UNREACHABLE: Calendly gave no usable answer
 * @TPT_RELAY_ERROR_TAKEN: another relay streams to this device
 * @TPT_RELAY_ERROR_AUDIT: the audit log is not as it was written
 */
typedef enum
{
  TPT_RELAY_ERROR_CONFIG,
  TPT_RELAY_ERROR_LISTEN,
  TPT_RELAY_ERROR_JOURNAL,
  TPT_RELAY_ERROR_REFUSED,
  TPT_RELAY_ERROR_UNREACHABLE,
  TPT_RELAY_ERROR_TAKEN,
  TPT_RELAY_ERROR_AUDIT,
} TptRelayError;

#define TPT_RELAY_ERROR (tpt_relay_error_quark ())

GQuark   tpt_relay_error_quark  (void);
gboolean tpt_relay_error_config (GError     **error,
                                 const char  *format,
                                 ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
