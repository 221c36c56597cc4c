/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "tpt-directory.h"

G_BEGIN_DECLS

/* The records as --json prints them. Times are RFC 3339 in UTC; what is not known is null. */

void tpt_json_add_text       (JsonBuilder *builder,
                              const char  *member,
                              const char  *text);
void tpt_json_add_time       (JsonBuilder *builder,
                              const char  *member,
                              TptTime      time);
void tpt_json_add_int        (JsonBuilder *builder,
                              const char  *member,
                              gint64       value);
void tpt_json_add_bool       (JsonBuilder *builder,
                              const char  *member,
                              gboolean     value);
void tpt_json_add_strv       (JsonBuilder       *builder,
                              const char        *member,
                              const char *const *texts);

void tpt_user_to_json        (JsonBuilder  *builder,
                              TptUser      *user);
void tpt_customer_to_json    (JsonBuilder  *builder,
                              TptCustomer  *customer);
void tpt_event_type_to_json  (JsonBuilder  *builder,
                              TptEventType *event_type);
void tpt_link_to_json        (JsonBuilder  *builder,
                              TptLink      *link,
                              TptDirectory *directory);
void tpt_meeting_to_json     (JsonBuilder  *builder,
                              TptMeeting   *meeting,
                              TptDirectory *directory);
void tpt_meeting_to_whole_json (JsonBuilder     *builder,
                                TptMeeting      *meeting,
                                const GPtrArray *history,
                                TptDirectory    *directory);

G_END_DECLS
