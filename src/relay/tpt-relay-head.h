/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TPT_RELAY_HEAD_MAX (32 * 1024)
#define TPT_RELAY_BODY_MAX (256 * 1024)

/**
 * TptRelayHead:
 * @path: the target up to the first question mark, not unescaped
 * @query: (nullable): the rest
 * @names: in lower case
 * @length: Content-Length, 0 where there is none
 * @keep_alive: whether another request may follow on the connection
 * @expects_continue: whether the body waits for a word from us
 *
 * The first lines of an HTTP/1.1 request.
 */
typedef struct
{
  char      *method;
  char      *path;
  char      *query;
  GPtrArray *names;
  GPtrArray *values;
  gsize      length;
  gboolean   keep_alive;
  gboolean   expects_continue;
} TptRelayHead;

gssize        tpt_relay_head_find_end (const char          *bytes,
                                       gsize                length);
TptRelayHead *tpt_relay_head_parse    (const char          *bytes,
                                       gsize                length,
                                       guint               *status);
const char   *tpt_relay_head_get      (const TptRelayHead  *self,
                                       const char          *name);
guint         tpt_relay_head_count    (const TptRelayHead  *self,
                                       const char          *name);
void          tpt_relay_head_free     (TptRelayHead        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptRelayHead, tpt_relay_head_free)

G_END_DECLS
