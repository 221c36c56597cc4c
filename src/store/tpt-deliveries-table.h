/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"

G_BEGIN_DECLS

/* How many are kept. */
#define TPT_DELIVERIES_KEPT 100

/**
 * TptDeliveryOutcome:
 * @TPT_DELIVERY_APPLIED: it changed the record
 * @TPT_DELIVERY_DUPLICATE: it told nothing new
 * @TPT_DELIVERY_SET_ASIDE: it could not be taken; the reason says why
 * @TPT_DELIVERY_NOTED: it is about no meeting, as a test is
 */
typedef enum
{
  TPT_DELIVERY_APPLIED,
  TPT_DELIVERY_DUPLICATE,
  TPT_DELIVERY_SET_ASIDE,
  TPT_DELIVERY_NOTED,
} TptDeliveryOutcome;

/* One event that the relay delivered, and what became of it. */
typedef struct
{
  gint64 id;
  TptTime at;
  TptDeliveryOutcome outcome;
  gboolean late;           /* signed too long ago to be believed */
  char *event;             /* as the service calls it, or NULL where it could not be read */
  char *meeting;           /* URI, or NULL */
  char *meeting_name;      /* as it is known now, or NULL */
  TptTime meeting_start;
  char *reason;            /* why it was set aside, or NULL */
} TptDelivery;

TptDelivery *tpt_delivery_copy (const TptDelivery *self);
void         tpt_delivery_free (TptDelivery       *self);

/* On the store's thread. */
gboolean tpt_deliveries_table_add  (TptSession         *session,
                                    const TptDelivery  *delivery,
                                    GError            **error);
gboolean tpt_deliveries_table_list (TptSession         *session,
                                    GPtrArray         **deliveries,
                                    GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptDelivery, tpt_delivery_free)

G_END_DECLS
