/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"

G_BEGIN_DECLS

/* On the store's thread. What is not there is no error: the result is then NULL. */

gboolean tpt_event_types_table_list         (TptSession     *session,
                                             GPtrArray     **event_types,
                                             GError        **error);
gboolean tpt_event_types_table_find         (TptSession     *session,
                                             const char     *uri,
                                             TptEventType  **event_type,
                                             GError        **error);
gboolean tpt_event_types_table_save         (TptSession     *session,
                                             TptEventType   *event_type,
                                             GError        **error);
gboolean tpt_event_types_table_set_category (TptSession     *session,
                                             const char     *uri,
                                             const char     *category,
                                             GError        **error);
gboolean tpt_event_types_table_remove       (TptSession     *session,
                                             const char     *uri,
                                             GError        **error);

G_END_DECLS
