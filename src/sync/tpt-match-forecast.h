/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-match-deed.h"

G_BEGIN_DECLS

/* What an act would change, for a person to see before it is done. */
typedef struct
{
  guint people;            /* stakeholders who go along */
  guint doubles;           /* stakeholders whom both customers have, and one will */
  guint links;
  guint rules;             /* about addresses and domains */
  guint bookings;          /* past and future, that get another customer or stakeholder */
  GStrv domains;           /* that go along */
} TptMatchForecast;

TptMatchForecast *tpt_match_forecast_new  (TptMatchDeed     *deed,
                                           guint             rematched);
void              tpt_match_forecast_free (TptMatchForecast *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptMatchForecast, tpt_match_forecast_free)

G_END_DECLS
