/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"

G_BEGIN_DECLS

/* A record that could not be taken, kept with the reason until it can be. */
typedef struct
{
  char *uri;
  char *reason;
  char *label; /* as tpt_record_label_make () makes it, or NULL */
  TptTime at;
} TptSetAside;

void     tpt_set_aside_free         (TptSetAside  *self);

/* On the store's thread. */
gboolean tpt_set_aside_table_list   (TptSession   *session,
                                     GPtrArray   **records,
                                     GError      **error);
gboolean tpt_set_aside_table_save   (TptSession   *session,
                                     const char   *uri,
                                     const char   *reason,
                                     const char   *label,
                                     GError      **error);
gboolean tpt_set_aside_table_is_empty (TptSession *session,
                                     gboolean     *empty,
                                     GError      **error);
gboolean tpt_set_aside_table_remove (TptSession   *session,
                                     const char   *uri,
                                     GError      **error);
gboolean tpt_set_aside_table_remove_meeting (TptSession *session,
                                     const char   *uri,
                                     GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptSetAside, tpt_set_aside_free)

G_END_DECLS
