/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What a person can do about it, besides quitting. */
typedef enum
{
  TPT_REMEDY_NONE = 0,
  TPT_REMEDY_RETRY = 1 << 0,
  TPT_REMEDY_SESSION_ONLY = 1 << 1, /* go on with nothing kept on the disk */
  TPT_REMEDY_START_ANEW = 1 << 2,   /* with a new record; the old one is put aside */
} TptRemedy;

#define TPT_TYPE_TROUBLE_PAGE (tpt_trouble_page_get_type ())

/**
 * TptTroublePage:
 *
 * Stands in for the content when the record cannot be opened: what is wrong, what to do, and
 * the buttons for it.
 * Signals `retry`, `session-only` and, once that was confirmed, `start-anew`.
 */
G_DECLARE_FINAL_TYPE (TptTroublePage, tpt_trouble_page, TPT, TROUBLE_PAGE, AdwBin)

GtkWidget  *tpt_trouble_page_new       (void);
const char *tpt_trouble_page_get_title (TptTroublePage *self);
void        tpt_trouble_page_show      (TptTroublePage *self,
                                        const char     *icon_name,
                                        const char     *title,
                                        const char     *text,
                                        TptRemedy       remedies);

G_END_DECLS
