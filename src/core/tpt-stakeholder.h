/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-time.h"

G_BEGIN_DECLS

#define TPT_TYPE_STAKEHOLDER (tpt_stakeholder_get_type ())

G_DECLARE_FINAL_TYPE (TptStakeholder, tpt_stakeholder, TPT, STAKEHOLDER, GObject)

/* A person at a customer. Filled by who makes it, read-only from then on. Strings may be NULL. */
struct _TptStakeholder
{
  GObject parent_instance;

  gint64 id;               /* row, 0 before it was stored */
  gint64 customer;         /* row */
  char *name;
  char *email;
  char *role;
  char *phone;
  char *timezone;
  TptTime created_at;
};

TptStakeholder *tpt_stakeholder_new      (void);
const char     *tpt_stakeholder_get_label (TptStakeholder *self);

G_END_DECLS
