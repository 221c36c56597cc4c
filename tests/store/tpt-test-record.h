/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-test-store.h"

G_BEGIN_DECLS

#define TPT_TEST_RECORD_CUSTOMERS 12
#define TPT_TEST_RECORD_MEETINGS 40

/* How many of the invitees somebody has decided about by hand. */
#define TPT_TEST_RECORD_DECISIONS 4

/* A record with something in every table, and what can be compared of it. */

void    tpt_test_record_make       (const char *path);
void    tpt_test_record_add        (TptStore   *store);
void    tpt_test_record_ruin       (const char *path);
gint64  tpt_test_record_query      (const char *path,
                                    const char *sql);
char   *tpt_test_record_dump       (const char *path);
char   *tpt_test_record_dump_local (const char *path);

G_END_DECLS
