/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"

G_BEGIN_DECLS

/* On the store's thread. What is not there is no error: the result is then NULL or empty. */

gboolean tpt_links_table_list         (TptSession  *session,
                                       gint64       customer,
                                       GPtrArray  **links,
                                       GError     **error);
gboolean tpt_links_table_list_email   (TptSession  *session,
                                       const char  *email,
                                       GPtrArray  **links,
                                       GError     **error);
gboolean tpt_links_table_find         (TptSession  *session,
                                       const char  *id,
                                       TptLink    **link,
                                       GError     **error);
gboolean tpt_links_table_find_invitee (TptSession  *session,
                                       const char  *invitee,
                                       TptLink    **link,
                                       GError     **error);
gboolean tpt_links_table_is_empty     (TptSession  *session,
                                       gboolean    *empty,
                                       GError     **error);
gboolean tpt_links_table_save         (TptSession  *session,
                                       TptLink     *link,
                                       GError     **error);

G_END_DECLS
