/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-customer.h"
#include "tpt-link.h"

G_BEGIN_DECLS

#define TPT_TYPE_REPLY (tpt_reply_get_type ())

/* The answer to a sentence. What it does not speak of is NULL. */
G_DECLARE_FINAL_TYPE (TptReply, tpt_reply, TPT, REPLY, GObject)

struct _TptReply
{
  GObject parent_instance;

  const char *intent;          /* "unknown" for a sentence that was not understood */
  char *name;                  /* as it was written */
  gboolean with_me;
  gboolean resolved;           /* FALSE: nothing was done; the text says what to say instead */
  char *text;
  TptCustomer *customer;
  TptStakeholder *stakeholder;
  char *email;                 /* that one's, where it is the name that was written */
  /* (element-type utf8) whom the name may mean, where that is several */
  GPtrArray *candidates;
  TptLink *link;
  GPtrArray *meetings;         /* (element-type TptMeeting) */
};

TptReply *tpt_reply_new (const char *intent);

G_END_DECLS
