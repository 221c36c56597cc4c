/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-inbox-model.h"

G_BEGIN_DECLS

#define TPT_TYPE_SUGGESTION_LIST (tpt_suggestion_list_get_type ())

/* Domains that may be new customers, each with a button that makes it one and one that never asks
 * again. Not visible while there is none. */
G_DECLARE_FINAL_TYPE (TptSuggestionList, tpt_suggestion_list, TPT, SUGGESTION_LIST, AdwBin)

void tpt_suggestion_list_set_model (TptSuggestionList *self,
                                    TptInboxModel     *model);

G_END_DECLS
