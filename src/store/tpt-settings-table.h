/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"

G_BEGIN_DECLS

/* On the store's thread. What is not there is no error: the result is then 0 or NULL; setting it to
 * that removes it. A name belongs to one kind of value. */

gboolean tpt_settings_table_get_int     (TptSession  *session,
                                         const char  *name,
                                         gint64      *value,
                                         GError     **error);
gboolean tpt_settings_table_set_int     (TptSession  *session,
                                         const char  *name,
                                         gint64       value,
                                         GError     **error);
gboolean tpt_settings_table_get_text    (TptSession  *session,
                                         const char  *name,
                                         char       **value,
                                         GError     **error);
gboolean tpt_settings_table_set_text    (TptSession  *session,
                                         const char  *name,
                                         const char  *value,
                                         GError     **error);
gboolean tpt_settings_table_get_sealed  (TptSession  *session,
                                         const char  *name,
                                         char       **value,
                                         GError     **error);
gboolean tpt_settings_table_set_sealed  (TptSession  *session,
                                         const char  *name,
                                         const char  *value,
                                         GError     **error);
gboolean tpt_settings_table_get_account (TptSession  *session,
                                         TptUser    **account,
                                         GError     **error);
gboolean tpt_settings_table_set_account (TptSession  *session,
                                         TptUser     *account,
                                         GError     **error);

G_END_DECLS
