/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-connection.h"
#include "tpt-engine.h"
#include "tpt-importer.h"
#include "tpt-link-maker.h"
#include "tpt-match-inbox.h"
#include "tpt-relay-listener.h"
#include "tpt-token-store.h"

G_BEGIN_DECLS

#define TPT_SERVICES_ERROR (tpt_services_error_quark ())

/**
 * TptServicesError:
 * @TPT_SERVICES_ERROR_KEYRING_ABSENT: there is no keyring: Retry, or this session only
 * @TPT_SERVICES_ERROR_KEYRING_LOCKED: it stayed locked: Retry, or this session only
 * @TPT_SERVICES_ERROR_KEYRING_REFUSED: it answers, but does not do it: Retry, or this session only
 * @TPT_SERVICES_ERROR_KEY_MISSING: there is a database, but the keyring has no key, or another one,
 *   for it: restore the keyring and Retry, or start anew (%TPT_SERVICES_START_ANEW)
 * @TPT_SERVICES_ERROR_BUSY: another process owns the data; the message names it
 * @TPT_SERVICES_ERROR_NEWER: the database is of a newer version; it was left untouched
 * @TPT_SERVICES_ERROR_CORRUPT: the database is damaged, or none of ours; it was left untouched
 * @TPT_SERVICES_ERROR_READ_ONLY: the data directory cannot be written
 * @TPT_SERVICES_ERROR_FULL: the disk is full
 * @TPT_SERVICES_ERROR_FOREIGN: no file is where the database would be; the message says what to do
 * @TPT_SERVICES_ERROR_ENVIRONMENT: a variable of the environment makes no sense
 * @TPT_SERVICES_ERROR_FAILED: anything else
 *
 * Messages are sentences for people.
 */
typedef enum
{
  TPT_SERVICES_ERROR_KEYRING_ABSENT,
  TPT_SERVICES_ERROR_KEYRING_LOCKED,
  TPT_SERVICES_ERROR_KEYRING_REFUSED,
  TPT_SERVICES_ERROR_KEY_MISSING,
  TPT_SERVICES_ERROR_BUSY,
  TPT_SERVICES_ERROR_NEWER,
  TPT_SERVICES_ERROR_CORRUPT,
  TPT_SERVICES_ERROR_READ_ONLY,
  TPT_SERVICES_ERROR_FULL,
  TPT_SERVICES_ERROR_FOREIGN,
  TPT_SERVICES_ERROR_ENVIRONMENT,
  TPT_SERVICES_ERROR_FAILED,
} TptServicesError;

GQuark tpt_services_error_quark (void);

/**
 * TptServicesFlags:
 * @TPT_SERVICES_SESSION_ONLY: without keyring and files: everything is forgotten with the process
 * @TPT_SERVICES_START_ANEW: a database that is there is put aside under another name, never deleted
 * @TPT_SERVICES_REACHABLE: addresses that the desktop opens with this program come here
 */
typedef enum
{
  TPT_SERVICES_DEFAULT = 0,
  TPT_SERVICES_SESSION_ONLY = 1 << 0,
  TPT_SERVICES_START_ANEW = 1 << 1,
  TPT_SERVICES_REACHABLE = 1 << 2,
} TptServicesFlags;

/* What an opening waits for. */
typedef enum
{
  TPT_SERVICES_STAGE_KEYRING,
  TPT_SERVICES_STAGE_RECORD,
} TptServicesStage;

/**
 * TptServicesOptions:
 * @secrets: (nullable): where secrets are kept; the user's keyring where %NULL
 * @client_id: (nullable): of the company's OAuth app; TOUCHPOINT_CLIENT_ID goes before it
 * @redirect_host: (nullable): as the OAuth app is registered
 * @redirect_port: 0 for a free one
 * @redirect_method: how the browser comes back
 * @stage: (nullable): a #TptServicesStage, atomic, that another thread writes until the end of the
 *   opening
 */
typedef struct
{
  TptServicesFlags flags;
  TptTokenStore *secrets;
  const char *client_id;
  const char *redirect_host;
  guint16 redirect_port;
  TptRedirectMethod redirect_method;
  int *stage;
} TptServicesOptions;

#define TPT_TYPE_SERVICES (tpt_services_get_type ())

/**
 * TptServices:
 *
 * Every object that app and command line work with, built once. Its fields are borrowed by whoever
 * uses them and live as long as it does.
 */
G_DECLARE_FINAL_TYPE (TptServices, tpt_services, TPT, SERVICES, GObject)

struct _TptServices
{
  GObject parent_instance;

  TptClock *clock;
  TptTokenStore *secrets;
  TptStore *store;
  TptApply *apply;
  TptApiClient *client;
  TptConnection *connection;
  TptEngine *engine;
  TptLinkMaker *link_maker;
  TptImporter *importer;
  TptMatchInbox *inbox;
  TptRelayListener *listener;
  gboolean is_session_only;
};

void         tpt_services_open_async   (const TptServicesOptions  *options,
                                        GCancellable              *cancellable,
                                        GAsyncReadyCallback        callback,
                                        gpointer                   user_data);
TptServices *tpt_services_open_finish  (GAsyncResult              *result,
                                        GError                   **error);
void         tpt_services_set_client   (TptServices               *self,
                                        const char                *client_id,
                                        const char                *redirect_host,
                                        guint16                    redirect_port);
void         tpt_services_start        (TptServices               *self);
void         tpt_services_close_async  (TptServices               *self,
                                        GCancellable              *cancellable,
                                        GAsyncReadyCallback        callback,
                                        gpointer                   user_data);
gboolean     tpt_services_close_finish (TptServices               *self,
                                        GAsyncResult              *result,
                                        GError                   **error);

G_END_DECLS
