/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-test-desk.h"

G_BEGIN_DECLS

#define TPT_TEST_PEOPLE_FIRST "ana@nordlicht.example"
#define TPT_TEST_PEOPLE_SECOND "ana@home.example"
#define TPT_TEST_PEOPLE_TAKEN "bo@nordlicht.example"
#define TPT_TEST_PEOPLE_ELSEWHERE "shared@elsewhere.example"

/* A customer's page and its people: Ana has the first and the second address, Bo a third. */

TptTestDesk    *tpt_test_people_desk_new     (void);
TptStakeholder *tpt_test_people_find         (TptTestDesk *desk,
                                              const char  *name);
void            tpt_test_people_await_emails (TptTestDesk *desk,
                                              const char  *name,
                                              const char  *emails);
GtkWidget      *tpt_test_people_find_dialog  (void);
GtkWidget      *tpt_test_people_open         (TptTestDesk *desk,
                                              const char  *button);
void            tpt_test_people_await_gone   (void);
GtkWidget      *tpt_test_people_get_row      (GtkWidget   *dialog,
                                              guint        number);
void            tpt_test_people_write_row    (GtkWidget   *dialog,
                                              guint        number,
                                              const char  *text);

G_END_DECLS
