/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is known of an exported log that was read. @hash: of its last row, in hex */
typedef struct
{
  guint64  rows;
  gint64   last;
  char    *hash;
} TptRelayAuditLog;

gboolean tpt_relay_audit_log_verify (TptRelayAuditLog  *self,
                                     GInputStream      *stream,
                                     const char        *wanted,
                                     GError           **error);
void     tpt_relay_audit_log_clear  (TptRelayAuditLog  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TptRelayAuditLog, tpt_relay_audit_log_clear)

G_END_DECLS
