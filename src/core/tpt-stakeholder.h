/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-time.h"

G_BEGIN_DECLS

#define TPT_TYPE_STAKEHOLDER (tpt_stakeholder_get_type ())

G_DECLARE_FINAL_TYPE (TptStakeholder, tpt_stakeholder, TPT, STAKEHOLDER, GObject)

/* What can be said of a person. */
typedef enum
{
  TPT_STAKEHOLDER_NAME = 1 << 0,
  TPT_STAKEHOLDER_ROLE = 1 << 1,
  TPT_STAKEHOLDER_PHONE = 1 << 2,
  TPT_STAKEHOLDER_TIMEZONE = 1 << 3,
  TPT_STAKEHOLDER_EMAILS = 1 << 4,
} TptStakeholderParts;

/* A person at a customer. Filled by who makes it, read-only from then on. Strings may be NULL. */
struct _TptStakeholder
{
  GObject parent_instance;

  gint64 id;               /* row, 0 before it was stored */
  gint64 customer;         /* row */
  char *name;
  GStrv emails;            /* all of theirs, the one to write to first; never NULL */
  char *role;
  char *phone;
  char *timezone;
  TptStakeholderParts by_hand; /* what somebody wrote, which no list changes; never the e-mails */
  TptTime created_at;
};

TptStakeholder *tpt_stakeholder_new        (void);
const char     *tpt_stakeholder_get_label  (TptStakeholder      *self);
const char     *tpt_stakeholder_get_email  (TptStakeholder      *self);
gboolean        tpt_stakeholder_has_email  (TptStakeholder      *self,
                                            const char          *email);
gboolean        tpt_stakeholder_add_email  (TptStakeholder      *self,
                                            const char          *email);
void            tpt_stakeholder_set_emails (TptStakeholder      *self,
                                            const char *const   *emails);
TptStakeholderParts tpt_stakeholder_compare (TptStakeholder      *self,
                                             TptStakeholder      *other);
void            tpt_stakeholder_write      (TptStakeholder      *self,
                                            TptStakeholder      *wanted,
                                            TptStakeholderParts  parts);

G_END_DECLS
