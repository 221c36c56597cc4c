/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-journal.h"

G_BEGIN_DECLS

void tpt_relay_journal_postgres_audit_init (TptRelayJournalInterface *iface);

G_END_DECLS
