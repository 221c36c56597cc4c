/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What Calendly is asked to allow, and what for. */

const char *const *tpt_scopes_get_needed  (void);
gboolean           tpt_scopes_grant       (const char *const *granted,
                                           const char        *scope);
GStrv              tpt_scopes_get_missing (const char *const *granted);
const char        *tpt_scopes_get_feature (const char        *scope);
GStrv              tpt_scopes_find        (const char        *text);

G_END_DECLS
