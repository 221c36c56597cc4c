/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-clock.h"
#include "tpt-restoration.h"
#include "tpt-seal.h"

G_BEGIN_DECLS

/* What is done when the file of the database is damaged: it is set aside under another name, not
 * deleted unless the record is erased, and a new one is made of what is known. */

TptRestoration *tpt_rescue_run    (const char    *path,
                                   TptSeal       *seal,
                                   TptClock      *clock,
                                   const GError  *reason,
                                   GError       **error);
gboolean        tpt_rescue_finish (const char    *path,
                                   TptClock      *clock,
                                   GError       **error);
gboolean        tpt_rescue_erase  (const char    *path,
                                   GError       **error);

G_END_DECLS
