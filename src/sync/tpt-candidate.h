/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tpt-user.h"

G_BEGIN_DECLS

#define TPT_TYPE_CANDIDATE (tpt_candidate_get_type ())

/* A token that is not trusted yet: it is asked whose it is before it replaces anything. */
G_DECLARE_FINAL_TYPE (TptCandidate, tpt_candidate, TPT, CANDIDATE, GObject)

TptCandidate *tpt_candidate_new          (const char           *token);
void          tpt_candidate_check_async  (TptCandidate         *self,
                                          const char           *api_url,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
TptUser      *tpt_candidate_check_finish (TptCandidate         *self,
                                          GAsyncResult         *result,
                                          GError              **error);
const char   *tpt_candidate_get_refused  (TptCandidate         *self);

G_END_DECLS
