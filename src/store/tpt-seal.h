/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Closes and opens the sealed fields, and makes the blind indexes by which they are looked up. */
typedef struct _TptSeal TptSeal;

TptSeal *tpt_seal_new    (GBytes        *key);
void     tpt_seal_free   (TptSeal       *self);
void     tpt_seal_close  (TptSeal       *self,
                          const char    *table,
                          const char    *column,
                          gint64         row,
                          GByteArray    *plain,
                          GByteArray    *sealed);
gboolean tpt_seal_open   (TptSeal       *self,
                          const char    *table,
                          const char    *column,
                          gint64         row,
                          const guint8  *sealed,
                          gsize          length,
                          GByteArray    *plain,
                          GError       **error);
gint64   tpt_seal_index  (TptSeal       *self,
                          const char    *purpose,
                          const char    *text);
gint64   tpt_seal_digest (TptSeal       *self,
                          const char    *purpose,
                          GByteArray    *bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptSeal, tpt_seal_free)

G_END_DECLS
