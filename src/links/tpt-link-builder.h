/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TPT_LINK_BUILDER_ERROR (tpt_link_builder_error_quark ())

/**
 * TptLinkBuilderError:
 * @TPT_LINK_BUILDER_ERROR_ADDRESS: the booking page's address is no web address
 */
typedef enum
{
  TPT_LINK_BUILDER_ERROR_ADDRESS,
} TptLinkBuilderError;

GQuark tpt_link_builder_error_quark (void);

/* What a link carries to the booking page and back. Every field but the first may be NULL or 0. */
typedef struct
{
  const char *booking_url;
  const char *name;
  const char *email;
  const char *id;          /* the tracking id */
  const char *origin;      /* the place it was made from */
  const char *campaign;
  gint64 customer;         /* row */
} TptLinkDraft;

char *tpt_link_builder_build (const TptLinkDraft  *draft,
                              GError             **error);

G_END_DECLS
