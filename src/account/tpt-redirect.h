/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TPT_TYPE_REDIRECT (tpt_redirect_get_type ())

/**
 * TptRedirect:
 *
 * One way back from the browser, for one flow. Started with the flow's state, it makes everything
 * ready and says which address the service shall send the browser to; then it waits for the one
 * right answer, and whatever else comes does not end it.
 */
G_DECLARE_INTERFACE (TptRedirect, tpt_redirect, TPT, REDIRECT, GObject)

struct _TptRedirectInterface
{
  GTypeInterface parent_interface;

  void  (*start_async)  (TptRedirect          *self,
                         const char           *state,
                         GCancellable         *cancellable,
                         GAsyncReadyCallback   callback,
                         gpointer              user_data);
  char *(*start_finish) (TptRedirect          *self,
                         GAsyncResult         *result,
                         GError              **error);
  void  (*wait_async)   (TptRedirect          *self,
                         GCancellable         *cancellable,
                         GAsyncReadyCallback   callback,
                         gpointer              user_data);
  char *(*wait_finish)  (TptRedirect          *self,
                         GAsyncResult         *result,
                         GError              **error);
  void  (*stop)         (TptRedirect          *self);
};

void  tpt_redirect_start_async  (TptRedirect          *self,
                                 const char           *state,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
char *tpt_redirect_start_finish (TptRedirect          *self,
                                 GAsyncResult         *result,
                                 GError              **error);
void  tpt_redirect_wait_async   (TptRedirect          *self,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
char *tpt_redirect_wait_finish  (TptRedirect          *self,
                                 GAsyncResult         *result,
                                 GError              **error);
void  tpt_redirect_stop         (TptRedirect          *self);

G_END_DECLS
