/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-link.h"
#include "tpt-store.h"

G_BEGIN_DECLS

#define TPT_TYPE_LINK_RESULT (tpt_link_result_get_type ())

/* The link that was just made: its address, Copy and Open. Signal `copied` (string): a sentence
 * that says so. */
G_DECLARE_FINAL_TYPE (TptLinkResult, tpt_link_result, TPT, LINK_RESULT, AdwBin)

void tpt_link_result_set_link (TptLinkResult *self,
                               TptLink       *link);
void tpt_link_result_check    (TptLinkResult *self,
                               TptStore      *store);

G_END_DECLS
