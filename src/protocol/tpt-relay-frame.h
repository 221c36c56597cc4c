/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "tpt-protocol-error.h"

G_BEGIN_DECLS

/* A boxed webhook is 350 KB in base64; a frame beyond this is no honest relay's. */
#define TPT_RELAY_FRAME_MAX (1024 * 1024)

/**
 * TptRelayFrame:
 * @event: its type; "message" where none was sent
 * @id: (nullable): the id that came with this very event
 * @data: lines joined by a newline
 *
 * One server-sent event.
 */
typedef struct
{
  char *event;
  char *id;
  char *data;
} TptRelayFrame;

void            tpt_relay_frame_free           (TptRelayFrame  *frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptRelayFrame, tpt_relay_frame_free)

void            tpt_relay_frame_append         (GString        *stream,
                                                const char     *event,
                                                const char     *id,
                                                const char     *data);
void            tpt_relay_frame_append_comment (GString        *stream,
                                                const char     *comment);
void            tpt_relay_frame_append_retry   (GString        *stream,
                                                guint           milliseconds);

typedef struct _TptRelayParser TptRelayParser;

TptRelayParser *tpt_relay_parser_new           (void);
void            tpt_relay_parser_free          (TptRelayParser *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptRelayParser, tpt_relay_parser_free)

gboolean        tpt_relay_parser_feed          (TptRelayParser  *self,
                                                const void      *bytes,
                                                gsize            length,
                                                GPtrArray       *frames,
                                                GError         **error);
int             tpt_relay_parser_get_retry     (TptRelayParser  *self);

G_END_DECLS
