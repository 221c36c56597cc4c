/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-token-source.h"

G_BEGIN_DECLS

#define TPT_TYPE_FIXED_TOKENS (tpt_fixed_tokens_get_type ())

/* A source of one token: the sandbox's for its owner. */
G_DECLARE_FINAL_TYPE (TptFixedTokens, tpt_fixed_tokens, TPT, FIXED_TOKENS, GObject)

TptFixedTokens *tpt_fixed_tokens_new (void);

G_END_DECLS
