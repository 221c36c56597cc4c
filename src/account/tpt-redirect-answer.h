/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TptRedirectAnswer:
 * @state: (nullable): the flow's state as it came back
 * @code: (nullable): what the token endpoint wants
 * @error: (nullable): RFC 6749, 4.1.2.1
 * @description: (nullable): @error for people, at most 200 characters; plain text of a stranger
 *
 * The query with which the browser comes back.
 */
typedef struct
{
  char *state;
  char *code;
  char *error;
  char *description;
} TptRedirectAnswer;

TptRedirectAnswer *tpt_redirect_answer_parse    (const char               *query);
GError            *tpt_redirect_answer_to_error (const TptRedirectAnswer  *self);
void               tpt_redirect_answer_free     (TptRedirectAnswer        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptRedirectAnswer, tpt_redirect_answer_free)

G_END_DECLS
