/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Pure: whether two writings may mean the same. */

char *tpt_likeness_fold_company (const char *name);
char *tpt_likeness_fold_person  (const char *name);
int   tpt_likeness_compare      (const char *a,
                                 const char *b);

G_END_DECLS
