/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* The connections to the service, and the way to it. Not thread-safe. */
typedef struct _TptApiSession TptApiSession;

TptApiSession *tpt_api_session_new       (guint          connections);
void           tpt_api_session_free      (TptApiSession *self);
void           tpt_api_session_set_trust (TptApiSession *self,
                                          GTlsDatabase  *trust);
SoupSession   *tpt_api_session_get       (TptApiSession *self);
void           tpt_api_session_doubt     (TptApiSession *self,
                                          SoupSession   *used);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptApiSession, tpt_api_session_free)

G_END_DECLS
