/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-clock.h"
#include "tpt-customer.h"
#include "tpt-event-type.h"
#include "tpt-link.h"
#include "tpt-meeting.h"
#include "tpt-time-range.h"
#include "tpt-user.h"

G_BEGIN_DECLS

#define TPT_STORE_ERROR (tpt_store_error_quark ())

/**
 * TptStoreError:
 * @TPT_STORE_ERROR_BUSY: another process owns the data directory; the message names it
 * @TPT_STORE_ERROR_KEY: the database was sealed with another key
 * @TPT_STORE_ERROR_NEWER: written by a newer version; left untouched
 * @TPT_STORE_ERROR_CORRUPT: damaged, or not a database of this program
 * @TPT_STORE_ERROR_READ_ONLY: the file or the disk cannot be written
 * @TPT_STORE_ERROR_FULL: the disk is full
 * @TPT_STORE_ERROR_IO: the disk failed; the file was closed, and is opened again and verified
 * @TPT_STORE_ERROR_CLOSED: the store is closed
 * @TPT_STORE_ERROR_FAILED: anything else that SQLite says
 * @TPT_STORE_ERROR_FOREIGN: in its place is no file, but a link, a folder or a device; the message
 *   says where
 */
typedef enum
{
  TPT_STORE_ERROR_BUSY,
  TPT_STORE_ERROR_KEY,
  TPT_STORE_ERROR_NEWER,
  TPT_STORE_ERROR_CORRUPT,
  TPT_STORE_ERROR_READ_ONLY,
  TPT_STORE_ERROR_FULL,
  TPT_STORE_ERROR_IO,
  TPT_STORE_ERROR_CLOSED,
  TPT_STORE_ERROR_FAILED,
  TPT_STORE_ERROR_FOREIGN,
} TptStoreError;

GQuark tpt_store_error_quark (void);

#define TPT_STORE_KEY_BYTES 32

/* What a committed transaction changed. */
typedef enum
{
  TPT_CHANGE_MEETINGS = 1 << 0,
  TPT_CHANGE_CUSTOMERS = 1 << 1,
  TPT_CHANGE_LINKS = 1 << 2,
  TPT_CHANGE_EVENT_TYPES = 1 << 3,
  TPT_CHANGE_SETTINGS = 1 << 4,
  TPT_CHANGE_SET_ASIDE = 1 << 5,
} TptChange;

#define TPT_TYPE_STORE (tpt_store_get_type ())

/**
 * TptStore:
 *
 * The local record. One connection on one thread; every call below returns at once and answers on
 * the caller's main context, except those that say otherwise.
 *
 * Signal `changed` (guint flags /TptChange/, GArray *customers /of gint64, the rows whose meetings,
 * links or own data changed; %NULL stands for all/): emitted on the main context after each commit,
 * before the answer to who asked for it.
 */
G_DECLARE_FINAL_TYPE (TptStore, tpt_store, TPT, STORE, GObject)

/* The transaction as seen on the store's thread: the *-table.h functions take it. Valid only
 * inside a TptStoreFunc. */
typedef struct _TptSession TptSession;

/**
 * TptStoreFunc:
 *
 * Runs on the store's thread inside one transaction: %TRUE commits, %FALSE with @error rolls back
 * everything.
 */
typedef gboolean (*TptStoreFunc) (TptSession  *session,
                                  gpointer     user_data,
                                  GError     **error);

/* A meeting fits when it fits every field that is set. */
typedef struct
{
  gint64 customer;         /* row, 0 any */
  TptTimeRange range;      /* of the start */
  const char *host_email;  /* NULL any */
  const char *uri;         /* NULL any */
  gboolean with_superseded;
  gboolean descending;     /* by start; else ascending */
  guint limit;             /* 0 none */
} TptMeetingQuery;

void       tpt_store_open_async              (const char           *path,
                                              GBytes               *key,
                                              TptClock             *clock,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
TptStore  *tpt_store_open_finish             (GAsyncResult         *result,
                                              GError              **error);
void       tpt_store_close_async             (TptStore             *self,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean   tpt_store_close_finish            (TptStore             *self,
                                              GAsyncResult         *result,
                                              GError              **error);
const char *tpt_store_get_path               (TptStore             *self);
int        tpt_store_get_schema_version      (TptStore             *self);
const char *tpt_store_get_library_version    (void);
TptClock  *tpt_store_get_clock               (TptStore             *self);

void       tpt_store_transact_async          (TptStore             *self,
                                              TptStoreFunc          func,
                                              gpointer              func_data,
                                              GDestroyNotify        func_data_free,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean   tpt_store_transact_finish         (TptStore             *self,
                                              GAsyncResult         *result,
                                              GError              **error);

void       tpt_store_erase_async             (TptStore             *self,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean   tpt_store_erase_finish            (TptStore             *self,
                                              GAsyncResult         *result,
                                              GError              **error);
void       tpt_store_check_async             (TptStore             *self,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean   tpt_store_check_finish            (TptStore             *self,
                                              GAsyncResult         *result,
                                              GError              **error);

void       tpt_store_list_customers_async    (TptStore             *self,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
GPtrArray *tpt_store_list_customers_finish   (TptStore             *self,
                                              GAsyncResult         *result,
                                              GError              **error);

void       tpt_store_list_meetings_async     (TptStore              *self,
                                              const TptMeetingQuery *query,
                                              GCancellable          *cancellable,
                                              GAsyncReadyCallback    callback,
                                              gpointer               user_data);
GPtrArray *tpt_store_list_meetings_finish    (TptStore             *self,
                                              GAsyncResult         *result,
                                              GError              **error);

void       tpt_store_list_history_async      (TptStore             *self,
                                              const char           *invitee,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
GPtrArray *tpt_store_list_history_finish     (TptStore             *self,
                                              GAsyncResult         *result,
                                              GError              **error);

void       tpt_store_list_bookings_async     (TptStore             *self,
                                              gint64                customer,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
GArray    *tpt_store_list_bookings_finish    (TptStore             *self,
                                              GAsyncResult         *result,
                                              GError              **error);

void       tpt_store_list_links_async        (TptStore             *self,
                                              gint64                customer,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
GPtrArray *tpt_store_list_links_finish       (TptStore             *self,
                                              GAsyncResult         *result,
                                              GError              **error);

void       tpt_store_list_event_types_async  (TptStore             *self,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
GPtrArray *tpt_store_list_event_types_finish (TptStore             *self,
                                              GAsyncResult         *result,
                                              GError              **error);

/* Where a search found something: a customer, or a meeting and whose it is; 0 where there is
 * none. */
typedef struct
{
  gint64 customer;
  gint64 meeting;
} TptSearchHit;

void       tpt_store_search_async            (TptStore             *self,
                                              const char           *text,
                                              guint                 limit,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
GArray    *tpt_store_search_finish           (TptStore             *self,
                                              GAsyncResult         *result,
                                              GError              **error);

G_END_DECLS
