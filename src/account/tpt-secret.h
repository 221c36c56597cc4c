/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *tpt_secret_make_random    (gsize       bytes);
char     *tpt_secret_make_challenge (const char *verifier);
gboolean  tpt_secret_equal          (const char *a,
                                     const char *b);
void      tpt_secret_free           (char       *secret);

G_END_DECLS
