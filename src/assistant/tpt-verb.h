/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-assistant.h"
#include "tpt-name-match.h"

G_BEGIN_DECLS

/* A sentence that is being acted upon: the task data of tpt_assistant_ask_async (). */
typedef struct
{
  TptStore *store;
  TptLinkMaker *link_maker;
  GTimeZone *zone;             /* of the account */
  char *host_email;            /* where only meetings of the connected account count */
  char *origin;
  TptReply *reply;             /* with customer and stakeholder in place */
} TptVerbJob;

/* What can be asked. A row here and a file that runs it is all that a new verb needs. */
typedef struct
{
  const char *intent;
  TptNamePreference preference;
  void (*run) (GTask *task);
} TptVerb;

const TptVerb *tpt_verb_find         (const char *intent);
char          *tpt_verb_format_time  (TptTime     time,
                                      GTimeZone  *zone);
void           tpt_verb_job_free     (TptVerbJob *job);

void tpt_send_link_command_run      (GTask *task);
void tpt_last_scheduled_command_run (GTask *task);
void tpt_show_bookings_command_run  (GTask *task);

G_END_DECLS
