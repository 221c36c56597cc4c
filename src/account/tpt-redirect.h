/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TPT_TYPE_REDIRECT (tpt_redirect_get_type ())

/* What a query was that came back: not the flow's answer, the answer, or the answer once more. */
typedef enum
{
  TPT_REDIRECT_WRONG,
  TPT_REDIRECT_RIGHT,
  TPT_REDIRECT_REPEATED,
} TptRedirectVerdict;

/**
 * TptRedirect:
 *
 * One way back from the browser, for one flow. Started with the flow's state, it makes everything
 * ready and says which address the service shall send the browser to; then it waits for the one
 * right answer, and whatever else comes does not end it.
 */
G_DECLARE_DERIVABLE_TYPE (TptRedirect, tpt_redirect, TPT, REDIRECT, GObject)

/**
 * TptRedirectClass:
 * @start_async: has to end in a #GTask with the redirect URI as its string
 * @stop: closes what it opened; has to chain up, and may be called more than once
 */
struct _TptRedirectClass
{
  GObjectClass parent_class;

  void (*start_async) (TptRedirect         *self,
                       const char          *state,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data);
  void (*stop)        (TptRedirect         *self);
};

void                tpt_redirect_start_async  (TptRedirect          *self,
                                               const char           *state,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
char               *tpt_redirect_start_finish (TptRedirect          *self,
                                               GAsyncResult         *result,
                                               GError              **error);
void                tpt_redirect_wait_async   (TptRedirect          *self,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
char               *tpt_redirect_wait_finish  (TptRedirect          *self,
                                               GAsyncResult         *result,
                                               GError              **error);
void                tpt_redirect_stop         (TptRedirect          *self);

/* For the ways back themselves. */
TptRedirectVerdict  tpt_redirect_judge        (TptRedirect          *self,
                                               const char           *query);
gboolean            tpt_redirect_give_up      (TptRedirect          *self,
                                               const GError         *error);
void                tpt_redirect_settle       (TptRedirect          *self);

G_END_DECLS
