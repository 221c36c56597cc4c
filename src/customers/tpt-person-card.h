/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What an address book says of a person. Strings may be NULL. */
typedef struct
{
  guint number;            /* its place in the book, counted from 1 */
  char *name;
  char *organization;
  char *role;
  GPtrArray *emails;       /* (element-type utf8) as written, the one that counts first */
  char *phone;
  char *timezone;          /* IANA name */
  char *problem;           /* why it could not be read; then the rest is of no use */
} TptPersonCard;

TptPersonCard *tpt_person_card_new  (guint          number);
void           tpt_person_card_free (TptPersonCard *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptPersonCard, tpt_person_card_free)

G_END_DECLS
