/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a sentence asks for. */
typedef struct
{
  const char *intent;      /* "send-link", "last-scheduled", "show-bookings" */
  char *name;              /* of a customer or a stakeholder, as it was written */
  gboolean with_me;        /* only meetings that the connected account hosts */
} TptSentence;

TptSentence *tpt_sentence_parse (const char  *text);
void         tpt_sentence_free  (TptSentence *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptSentence, tpt_sentence_free)

G_END_DECLS
