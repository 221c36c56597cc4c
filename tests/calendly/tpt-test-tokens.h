/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-token-source.h"

G_BEGIN_DECLS

#define TPT_TYPE_TEST_TOKENS (tpt_test_tokens_get_type ())

/* A source of tokens: "NAME-1", and the next number each time one is rejected; or always the same
 * one. */
G_DECLARE_FINAL_TYPE (TptTestTokens, tpt_test_tokens, TPT, TEST_TOKENS, GObject)

TptTestTokens *tpt_test_tokens_new          (const char *name);
TptTestTokens *tpt_test_tokens_new_numbered (const char *name);

G_END_DECLS
