/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-apply.h"

G_BEGIN_DECLS

/* A store in memory with what facts go through. */
typedef struct
{
  TptStore *store;
  TptMatcher *matcher;
  TptApply *apply;
} TptApplyFixture;

void tpt_apply_fixture_set_up    (TptApplyFixture  *self,
                                  TptTime           now);
void tpt_apply_fixture_tear_down (TptApplyFixture  *self);
void tpt_apply_fixture_add       (const char       *path,
                                  void            (*func) (TptApplyFixture *, gconstpointer));
void tpt_apply_fixture_transact  (TptApplyFixture  *self,
                                  TptStoreFunc      func,
                                  gpointer          data);

G_END_DECLS
