/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-time.h"

G_BEGIN_DECLS

#define TPT_TYPE_CONTACT (tpt_contact_get_type ())

G_DECLARE_FINAL_TYPE (TptContact, tpt_contact, TPT, CONTACT, GObject)

/* A person in Calendly's own address book. Filled by who makes it, read-only from then on. */
struct _TptContact
{
  GObject parent_instance;

  char *uri;
  char *name;              /* or NULL */
  GStrv emails;            /* the one that counts first; may have none */
  GStrv phones;
  char *timezone;          /* IANA name, or NULL */
  char *job_title;         /* or NULL */
  char *company;           /* or NULL */
  TptTime created_at;
  TptTime updated_at;
};

TptContact *tpt_contact_new (void);

G_END_DECLS
