/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-import-report.h"
#include "tpt-matcher.h"

G_BEGIN_DECLS

/* Declared here as well, because who imports may not know the service's interface. */
typedef struct _TptApiClient TptApiClient;

#define TPT_IMPORTER_ERROR (tpt_importer_error_quark ())

/**
 * TptImporterError:
 * @TPT_IMPORTER_ERROR_EXISTS: there is a customer of that name
 * @TPT_IMPORTER_ERROR_NAME: a customer needs a name
 * @TPT_IMPORTER_ERROR_DOMAIN: not a domain that can belong to a customer
 *
 * Messages are sentences for people.
 */
typedef enum
{
  TPT_IMPORTER_ERROR_EXISTS,
  TPT_IMPORTER_ERROR_NAME,
  TPT_IMPORTER_ERROR_DOMAIN,
} TptImporterError;

GQuark tpt_importer_error_quark (void);

#define TPT_TYPE_IMPORTER (tpt_importer_get_type ())

/**
 * TptImporter:
 *
 * Takes in customers, and matches all history with them in the same transaction: either everything
 * is there afterwards, or nothing.
 */
G_DECLARE_FINAL_TYPE (TptImporter, tpt_importer, TPT, IMPORTER, GObject)

TptImporter     *tpt_importer_new             (TptStore             *store,
                                               TptMatcher           *matcher,
                                               TptApiClient         *client);
void             tpt_importer_import_async    (TptImporter          *self,
                                               GBytes               *list,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
TptImportReport *tpt_importer_import_finish   (TptImporter          *self,
                                               GAsyncResult         *result,
                                               GError              **error);
void             tpt_importer_complete_async  (TptImporter          *self,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
TptImportReport *tpt_importer_complete_finish (TptImporter          *self,
                                               GAsyncResult         *result,
                                               GError              **error);
void             tpt_importer_add_async       (TptImporter          *self,
                                               TptCustomer          *customer,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
TptCustomer     *tpt_importer_add_finish      (TptImporter          *self,
                                               GAsyncResult         *result,
                                               GError              **error);

G_END_DECLS
