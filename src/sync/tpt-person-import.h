/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-import-report.h"
#include "tpt-matcher.h"
#include "tpt-person-card.h"

G_BEGIN_DECLS

/**
 * TptPersonSource:
 * @TPT_PERSON_FILE: a file that somebody chose: its word counts, and its organisations become
 *   customers
 * @TPT_PERSON_SERVICE: what the service collected: completes customers that there are
 */
typedef enum
{
  TPT_PERSON_FILE,
  TPT_PERSON_SERVICE,
} TptPersonSource;

/* On the store's thread: people of an address book become stakeholders. */

gboolean tpt_person_import_run (TptSession       *session,
                                TptMatcher       *matcher,
                                const GPtrArray  *cards,
                                TptPersonSource   source,
                                TptImportReport  *report,
                                GError          **error);

G_END_DECLS
