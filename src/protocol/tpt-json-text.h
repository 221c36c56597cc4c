/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "tpt-protocol-error.h"

G_BEGIN_DECLS

/* A text of JSON and a place in it: what reads the words of RFC 8259, one after the other. */
typedef struct
{
  /* borrowed */
  const char *start;
  const char *at;
  const char *end;
  gsize       longest;     /* bytes of one decoded string */
  GError    **error;
  char       *string;      /* the last one that was read, with a NUL */
  gsize       length;      /* of it */
  char       *room;        /* for the next one */
} TptJsonText;

typedef struct
{
  gboolean is_real;
  gint64   integer;
  double   real;
} TptJsonNumber;

void     tpt_json_text_init        (TptJsonText       *self,
                                    const char        *data,
                                    gsize              length,
                                    gsize              longest,
                                    char              *room,
                                    GError           **error);
gboolean tpt_json_text_check       (TptJsonText       *self);
gboolean tpt_json_text_fail        (TptJsonText       *self,
                                    TptProtocolError   code,
                                    const char        *what);
gboolean tpt_json_text_read_word   (TptJsonText       *self,
                                    const char        *word);
gboolean tpt_json_text_read_string (TptJsonText       *self);
gboolean tpt_json_text_read_number (TptJsonText       *self,
                                    TptJsonNumber     *number);

/* These two come between any two words. */

static inline void
tpt_json_text_skip_space (TptJsonText *self)
{
  while (self->at < self->end && (*self->at == ' ' || *self->at == '\n' || *self->at == '\r' ||
                                  *self->at == '\t'))
    self->at++;
}

/** tpt_json_text_take: goes past @expected where it is what comes next */
static inline gboolean
tpt_json_text_take (TptJsonText *self,
                    char         expected)
{
  if (self->at == self->end || *self->at != expected)
    return FALSE;
  self->at++;

  return TRUE;
}

G_END_DECLS
