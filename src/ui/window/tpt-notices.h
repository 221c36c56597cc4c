/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_NOTICES (tpt_notices_get_type ())

/**
 * TptNotices:
 *
 * The banners above every page: no network, another reason why nothing new comes in, such as a full
 * disk, the sign-in has ended, the relay does not know this device any more, nothing is kept after
 * this session, times are in UTC because the account's zone is not known here. They come and go
 * with what they speak of. A relay that is only being reached again is not worth one: polling fills
 * in meanwhile.
 */
G_DECLARE_FINAL_TYPE (TptNotices, tpt_notices, TPT, NOTICES, AdwBin)

GtkWidget *tpt_notices_new              (void);
void       tpt_notices_set_workspace    (TptNotices   *self,
                                         TptWorkspace *workspace);
void       tpt_notices_set_session_only (TptNotices   *self,
                                         gboolean      session_only);

G_END_DECLS
