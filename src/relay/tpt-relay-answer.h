/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *tpt_relay_answer_get_reason (guint       status);
void        tpt_relay_answer_append     (GString    *out,
                                         guint       status,
                                         const char *type,
                                         const char *fields,
                                         gsize       length,
                                         gboolean    close);
void        tpt_relay_answer_empty      (GString   **out);

G_END_DECLS
