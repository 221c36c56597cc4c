/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-customers-table.h"
#include "tpt-invitees-table.h"
#include "tpt-links-table.h"
#include "tpt-meetings-table.h"
#include "tpt-store.h"
#include "tpt-test.h"

G_BEGIN_DECLS

/* Where the store of a test is to be: neither the file nor its folder is there yet. For
 * g_test_add(). */
typedef struct
{
  char *folder;            /* of the test */
  char *path;
} TptTestStorePlace;

void tpt_test_store_set_up    (TptTestStorePlace *place,
                               gconstpointer      data);
void tpt_test_store_tear_down (TptTestStorePlace *place,
                               gconstpointer      data);
void tpt_test_store_run_sql   (const char        *path,
                               const char        *sql);

/* The store, waited for: what a test does one step after the other. */

GBytes    *tpt_test_store_key           (guint8                  fill);
TptStore  *tpt_test_store_try_open      (const char             *path,
                                         GBytes                 *key,
                                         GError                **error);
TptStore  *tpt_test_store_open          (const char             *path);
void       tpt_test_store_close         (TptStore               *store);
gboolean   tpt_test_store_check         (TptStore               *store);
gboolean   tpt_test_store_try_transact  (TptStore               *store,
                                         TptStoreFunc            func,
                                         gpointer                data,
                                         GError                **error);
void       tpt_test_store_transact      (TptStore               *store,
                                         TptStoreFunc            func,
                                         gpointer                data);
GPtrArray *tpt_test_store_list_customers (TptStore              *store);
GPtrArray *tpt_test_store_list_meetings (TptStore               *store,
                                         const TptMeetingQuery  *query);
GArray    *tpt_test_store_list_bookings (TptStore               *store,
                                         gint64                  customer);
GPtrArray *tpt_test_store_list_links    (TptStore               *store,
                                         gint64                  customer);
GArray    *tpt_test_store_search        (TptStore               *store,
                                         const char             *text,
                                         guint                   limit);

/* Makes of records; @number tells them apart. */
TptCustomer *tpt_test_store_add_customer (TptStore              *store,
                                          const char            *name,
                                          const char            *domain,
                                          const char            *stakeholder_email);
TptMeeting  *tpt_test_store_make_meeting (int                    number,
                                          TptTime                start);
TptInvitee  *tpt_test_store_make_invitee (TptMeeting            *meeting,
                                          int                    number,
                                          const char            *email,
                                          gint64                 customer);
gboolean     tpt_test_store_try_save_meeting (TptStore          *store,
                                              TptMeeting        *meeting,
                                              GError           **error);
void         tpt_test_store_save_meeting (TptStore              *store,
                                          TptMeeting            *meeting);
void         tpt_test_store_make_file    (const char            *path);

G_END_DECLS
