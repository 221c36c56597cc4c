/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"

G_BEGIN_DECLS

/* The record of an account that another one has taken the place of. It is kept beside the database,
 * sealed with the same key, until its account comes back. */

char     *tpt_kept_record_get_path    (const char           *database,
                                       TptUser              *account);
void      tpt_kept_record_put_async   (TptStore             *store,
                                       TptUser              *account,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean  tpt_kept_record_put_finish  (TptStore             *store,
                                       GAsyncResult         *result,
                                       GError              **error);
void      tpt_kept_record_take_async  (TptStore             *store,
                                       TptUser              *account,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean  tpt_kept_record_take_finish (TptStore             *store,
                                       GAsyncResult         *result,
                                       gboolean             *found,
                                       GError              **error);

G_END_DECLS
