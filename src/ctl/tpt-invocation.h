/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "tpt-services.h"

G_BEGIN_DECLS

/* What a command ends with. */
typedef enum
{
  TPT_EXIT_DONE = 0,
  TPT_EXIT_FAILED = 1,
  TPT_EXIT_USAGE = 2,
  TPT_EXIT_NOT_CONNECTED = 3,
  TPT_EXIT_OFFLINE = 4,
  TPT_EXIT_NOT_PERMITTED = 5,
} TptExit;

#define TPT_TYPE_INVOCATION (tpt_invocation_get_type ())

/**
 * TptInvocation:
 *
 * One run of one command, wherever it was typed: its words, what it prints, how it ends. Signal
 * `message` (const char *text): a line for stderr that a person has to read now, not at the end.
 * Signal `progress` (const char *text): takes the place of the one before it, on a terminal only.
 */
G_DECLARE_FINAL_TYPE (TptInvocation, tpt_invocation, TPT, INVOCATION, GObject)

struct _TptInvocation
{
  GObject parent_instance;

  /* For commands. */
  TptServices *services;   /* there once tpt_invocation_open () is ready */
  GCancellable *cancellable;
  GStrv arguments;         /* those without a dash, once parsed; never NULL */
  gboolean json;
  char *input;             /* what came on stdin, or NULL */
  GBytes *file;            /* what is in the file that it names; NULL: it is still to be read */
  gpointer options;
  gboolean zone_told;      /* that the times are in UTC instead of the account's zone */
  gboolean may_start_anew; /* with a new record, where the key of the old one is lost */

  /* For this object alone. */
  GStrv argv;
  GTask *task;
  GString *out;
  GString *err;
  GDestroyNotify options_free;
  TptExit status;
  gboolean owns_services;
  void (*ready) (TptInvocation *self);
  gboolean (*copy) (const char *text,
                    gpointer    user_data);
  gpointer copy_data;
};

/**
 * TptInvocationCopyFunc:
 *
 * Shall put @text on the desktop's clipboard.
 *
 * Returns: whether it did
 */
typedef gboolean (*TptInvocationCopyFunc) (const char *text,
                                           gpointer    user_data);

TptInvocation *tpt_invocation_new        (const char *const     *argv,
                                          const char            *input,
                                          TptServices           *services);
void           tpt_invocation_set_copy   (TptInvocation         *self,
                                          TptInvocationCopyFunc  copy,
                                          gpointer               copy_data);
void           tpt_invocation_run_async  (TptInvocation         *self,
                                          GCancellable          *cancellable,
                                          GAsyncReadyCallback    callback,
                                          gpointer               user_data);
TptExit        tpt_invocation_run_finish (TptInvocation         *self,
                                          GAsyncResult          *result,
                                          const char           **out,
                                          const char           **err);

void           tpt_invocation_set_options (TptInvocation        *self,
                                           gpointer              options,
                                           GDestroyNotify        options_free);
gboolean       tpt_invocation_parse      (TptInvocation         *self,
                                          const GOptionEntry    *entries,
                                          guint                  least,
                                          guint                  most);
void           tpt_invocation_open       (TptInvocation         *self,
                                          void                 (*ready) (TptInvocation *self));
void           tpt_invocation_print      (TptInvocation         *self,
                                          const char            *format,
                                          ...) G_GNUC_PRINTF (2, 3);
void           tpt_invocation_message    (TptInvocation         *self,
                                          const char            *format,
                                          ...) G_GNUC_PRINTF (2, 3);
void           tpt_invocation_progress   (TptInvocation         *self,
                                          const char            *text);
void           tpt_invocation_print_json (TptInvocation         *self,
                                          JsonBuilder           *builder);
void           tpt_invocation_done       (TptInvocation         *self);
void           tpt_invocation_end        (TptInvocation         *self,
                                          TptExit                status);
void           tpt_invocation_fail       (TptInvocation         *self,
                                          const GError          *error);
void           tpt_invocation_fail_usage (TptInvocation         *self,
                                          const char            *format,
                                          ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
