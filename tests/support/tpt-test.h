/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What an async call left behind: hand tpt_test_result_cb and a TptTestResult to any x_async (),
 * then
 * tpt_test_await () the result and give it to x_finish (). */
typedef struct
{
  GAsyncResult *result;
} TptTestResult;

void          tpt_test_init       (int            *argc,
                                   char         ***argv);
void          tpt_test_result_cb  (GObject        *source,
                                   GAsyncResult   *result,
                                   gpointer        user_data);
GAsyncResult *tpt_test_await      (TptTestResult  *waiting);
void          tpt_test_await_bool (const gboolean *flag);
void          tpt_test_await_func (gboolean      (*condition) (gpointer),
                                   gpointer        user_data);
void          tpt_test_finalized  (gpointer        object);
char         *tpt_test_fixture    (const char     *name,
                                   gsize          *length);
char         *tpt_test_make_dir   (void);
void          tpt_test_remove_dir (const char     *path);

G_END_DECLS
