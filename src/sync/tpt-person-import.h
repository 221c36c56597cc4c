/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-import-report.h"
#include "tpt-matcher.h"
#include "tpt-person-card.h"

G_BEGIN_DECLS

/* On the store's thread: people of an address book become stakeholders. */

gboolean tpt_person_import_run (TptSession       *session,
                                TptMatcher       *matcher,
                                const GPtrArray  *cards,
                                TptImportReport  *report,
                                GError          **error);

G_END_DECLS
