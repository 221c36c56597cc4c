/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-event-type.h"
#include "tpt-link.h"
#include "tpt-stakeholder.h"

G_BEGIN_DECLS

char *tpt_link_words_copied      (TptLink        *link);
char *tpt_link_words_who         (TptLink        *link);
char *tpt_link_words_history     (TptLink        *link,
                                  GTimeZone      *zone,
                                  TptTime         now);
char *tpt_link_words_event_type  (TptEventType   *event_type);
char *tpt_link_words_stakeholder (TptStakeholder *stakeholder);

G_END_DECLS
