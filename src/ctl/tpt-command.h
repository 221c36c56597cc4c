/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-invocation.h"

G_BEGIN_DECLS

/* A row of the table of commands: the command line and D-Bus run the same ones. */
typedef struct
{
  const char *name;        /* one or two words */
  const char *arguments;   /* as help shows them */
  const char *summary;
  void (*run) (TptInvocation *invocation); /* NULL: not there yet */
} TptCommand;

const TptCommand *tpt_command_find     (const char *const *argv,
                                        guint             *n_words);
char             *tpt_command_describe (const char        *group);

void tpt_ask_command_run              (TptInvocation *invocation);
void tpt_connect_command_run          (TptInvocation *invocation);
void tpt_customers_add_command_run    (TptInvocation *invocation);
void tpt_customers_import_command_run (TptInvocation *invocation);
void tpt_customers_list_command_run   (TptInvocation *invocation);
void tpt_customers_merge_command_run  (TptInvocation *invocation);
void tpt_customers_show_command_run   (TptInvocation *invocation);
void tpt_customers_emails_command_run (TptInvocation *invocation);
void tpt_customers_split_command_run  (TptInvocation *invocation);
void tpt_disconnect_command_run       (TptInvocation *invocation);
void tpt_event_types_command_run      (TptInvocation *invocation);
void tpt_export_command_run           (TptInvocation *invocation);
void tpt_link_create_command_run      (TptInvocation *invocation);
void tpt_link_list_command_run        (TptInvocation *invocation);
void tpt_match_assign_command_run     (TptInvocation *invocation);
void tpt_match_ignore_command_run     (TptInvocation *invocation);
void tpt_match_list_command_run       (TptInvocation *invocation);
void tpt_match_rule_command_run       (TptInvocation *invocation);
void tpt_match_rules_command_run      (TptInvocation *invocation);
void tpt_match_suggestions_command_run (TptInvocation *invocation);
void tpt_match_undo_command_run       (TptInvocation *invocation);
void tpt_meetings_list_command_run    (TptInvocation *invocation);
void tpt_meetings_show_command_run    (TptInvocation *invocation);
void tpt_metrics_command_run          (TptInvocation *invocation);
void tpt_relay_forget_command_run     (TptInvocation *invocation);
void tpt_relay_set_command_run        (TptInvocation *invocation);
void tpt_relay_show_command_run       (TptInvocation *invocation);
void tpt_relay_test_command_run       (TptInvocation *invocation);
void tpt_status_command_run           (TptInvocation *invocation);
void tpt_sync_command_run             (TptInvocation *invocation);

G_END_DECLS
