/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-record.h"

G_BEGIN_DECLS

char                *tpt_relay_audit_describe (const char                 *name,
                                               ...) G_GNUC_NULL_TERMINATED;
char                *tpt_relay_audit_dup_hash (const TptRelayAuditRecord  *self);
char                *tpt_relay_audit_print    (const TptRelayAuditRecord  *self);
TptRelayAuditRecord *tpt_relay_audit_parse    (const char                 *line,
                                               GError                    **error);
gboolean             tpt_relay_audit_follows  (const TptRelayAuditRecord  *self,
                                               const TptRelayAuditRecord  *before,
                                               GError                    **error);

G_END_DECLS
