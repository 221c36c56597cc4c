/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-time.h"
#include "tpt-user.h"

G_BEGIN_DECLS

/**
 * TptRefusals:
 *
 * What the service has refused to the account, so that it is not asked for with every beat: a
 * refusal seldom changes within a minute. Who signs in anew, or gets another role, is refused
 * nothing yet.
 */
typedef struct _TptRefusals TptRefusals;

TptRefusals *tpt_refusals_new    (void);
void         tpt_refusals_free   (TptRefusals  *self);
void         tpt_refusals_note   (TptRefusals  *self,
                                  TptUser      *account,
                                  const char   *what,
                                  TptTime       version,
                                  TptTime       now,
                                  const GError *error);
void         tpt_refusals_forget (TptRefusals  *self,
                                  const char   *what);
gboolean     tpt_refusals_stands (TptRefusals  *self,
                                  TptUser      *account,
                                  const char   *what,
                                  TptTime       version,
                                  TptTime       now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptRefusals, tpt_refusals_free)

G_END_DECLS
