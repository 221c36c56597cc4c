/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "tpt-test.h"
#include "tpt-token-refresh.h"

G_BEGIN_DECLS

/* The host that signs in: gives out a new pair for each code and each refresh token that is the
 * newest. */
typedef struct
{
  SoupServer *server;
  char *address;
  GPtrArray *forms;        /* (element-type GHashTable): what was posted, oldest first */
  guint refreshes;         /* how many pairs a refresh token was turned into */
  guint seen;              /* of those, as a test notes it */
  guint number;            /* of the newest pair: "access-N", "refresh-N" */
  char *code;              /* the one that is accepted, once */
  char *challenge;         /* of the authorize request that it belongs to */
  guint fail_status;       /* answers with this … */
  const char *fail_body;   /* … and this … */
  guint fail_times;        /* … so often */
  gboolean lose_answer;    /* does what it is asked for and breaks the connection, once */
  void (*before_answer) (void); /* called when a pair was made or ended, and is not said yet */
  const char *extra;       /* more members of an answer, each with a comma before */
} TptAuthFixture;

TptAuthFixture *tpt_auth_fixture_new        (void);
void            tpt_auth_fixture_free       (TptAuthFixture   *self);
const char     *tpt_auth_fixture_get_field  (TptAuthFixture   *self,
                                             guint             form,
                                             const char       *name);
TptGrant       *tpt_auth_fixture_make_grant (TptAuthFixture   *self,
                                             TptTime           expires_at);
char           *tpt_auth_fixture_await      (TptTokenRefresh  *refresh,
                                             const char       *rejected,
                                             GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptAuthFixture, tpt_auth_fixture_free)

G_END_DECLS
