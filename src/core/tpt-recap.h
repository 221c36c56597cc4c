/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-time-range.h"

G_BEGIN_DECLS

#define TPT_TYPE_RECAP (tpt_recap_get_type ())

G_DECLARE_FINAL_TYPE (TptRecap, tpt_recap, TPT, RECAP, GObject)

/* What Calendly wrote down of a meeting. Filled by who makes it, read-only from then on. */
struct _TptRecap
{
  GObject parent_instance;

  char *uri;
  char *event;             /* URI of the meeting, NULL for one that was not made through Calendly */
  char *status;            /* "available", "processing", "unavailable" */
  char *name;              /* or NULL */
  char *summary;           /* Markdown, or NULL; lists leave the texts out */
  char *action_items;      /* Markdown, or NULL */
  char *discussion;        /* Markdown, or NULL */
  char *share_link;        /* or NULL */
  TptTimeRange range;
  TptTime updated_at;
};

TptRecap *tpt_recap_new (void);

G_END_DECLS
