/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-time.h"

G_BEGIN_DECLS

/* Content lines of iCalendar (RFC 5545, 3.1): each call adds a whole one, folded, whatever it is
 * given. What is not known or cannot be said adds none. */

void     tpt_calendar_line_add_word   (GString    *text,
                                       const char *name,
                                       const char *value);
void     tpt_calendar_line_add_text   (GString    *text,
                                       const char *name,
                                       const char *value);
gboolean tpt_calendar_line_add_time   (GString    *text,
                                       const char *name,
                                       TptTime     time);
gboolean tpt_calendar_line_add_person (GString    *text,
                                       const char *name,
                                       const char *person,
                                       const char *email,
                                       const char *parameters);

G_END_DECLS
