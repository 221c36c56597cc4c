/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"

G_BEGIN_DECLS

/* On the store's thread. */

gboolean tpt_stakeholders_table_list       (TptSession      *session,
                                            gint64           customer,
                                            GPtrArray       *stakeholders,
                                            GError         **error);
gboolean tpt_stakeholders_table_load       (TptSession      *session,
                                            gint64           row,
                                            TptStakeholder **stakeholder,
                                            GError         **error);
gboolean tpt_stakeholders_table_list_email (TptSession      *session,
                                            const char      *email,
                                            GPtrArray      **stakeholders,
                                            GError         **error);
gboolean tpt_stakeholders_table_save       (TptSession      *session,
                                            TptStakeholder  *stakeholder,
                                            GError         **error);
gboolean tpt_stakeholders_table_restore    (TptSession      *session,
                                            TptStakeholder  *stakeholder,
                                            GError         **error);
gboolean tpt_stakeholders_table_move       (TptSession      *session,
                                            gint64           row,
                                            gint64           customer,
                                            GError         **error);
gboolean tpt_stakeholders_table_remove     (TptSession      *session,
                                            gint64           row,
                                            GError         **error);

G_END_DECLS
