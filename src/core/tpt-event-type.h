/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-time.h"

G_BEGIN_DECLS

#define TPT_TYPE_EVENT_TYPE (tpt_event_type_get_type ())

G_DECLARE_FINAL_TYPE (TptEventType, tpt_event_type, TPT, EVENT_TYPE, GObject)

/* A kind of meeting that can be booked. Filled by who makes it, read-only from then on. */
struct _TptEventType
{
  GObject parent_instance;

  char *uri;
  char *name;              /* NULL is possible */
  char *slug;              /* NULL is possible */
  char *scheduling_url;
  char *description;       /* plain text, or NULL */
  char *kind;              /* "solo", "group" */
  char *pooling_type;      /* "round_robin", "collective", "multi_pool", or NULL */
  char *type;              /* "StandardEventType", "AdhocEventType" */
  char *category;          /* as its name has it: one of tpt_event_type_categories */
  char *own_category;      /* what a person said instead, or NULL; pulled data never changes it */
  char *color;             /* "#rrggbb", or NULL */
  char *profile_owner;     /* URI of the user or team, or NULL */
  char *location_kind;     /* kind of its first location, or NULL */
  int   duration;          /* minutes */
  guint active : 1;
  guint secret : 1;
  guint is_paid : 1;
  guint deleted : 1;
  TptTime created_at;
  TptTime updated_at;
};

/* "qbr", "check-in", "demo", "onboarding", "other"; NULL at the end */
extern const char *const tpt_event_type_categories[];

TptEventType *tpt_event_type_new            (void);
const char   *tpt_event_type_get_category   (TptEventType *self);
gboolean      tpt_event_type_is_schedulable (TptEventType *self);
gboolean      tpt_event_type_is_hidden      (TptEventType *self);

G_END_DECLS
