/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-pager.h"
#include "tpt-test.h"
#include "tpt-user.h"

/* What a stop needs and what it finds for those after it. */
typedef struct
{
  TptApiClient *client;
  TptUser *me;
  TptPage *types;
  TptPage *events;
  TptTime now;
} TptTour;

/* Calls @function with what stands in the brackets and waits; @result is what its callback got. */
#define CALL(result, function, ...)                                                                \
  g_autoptr (GAsyncResult) result = NULL;                                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    TptTestResult waiting = { NULL };                                                              \
    function (__VA_ARGS__, NULL, tpt_test_result_cb, &waiting);                                    \
    result = tpt_test_await (&waiting);                                                            \
  }                                                                                                \
  G_STMT_END

TptPage *tpt_tour_read_all (TptApiPager *pager,
                            guint        least);
void     tpt_tour_account  (TptTour     *tour);
void     tpt_tour_meetings (TptTour     *tour);
