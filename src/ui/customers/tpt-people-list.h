/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_PEOPLE_LIST (tpt_people_list_get_type ())

/* The stakeholders of a customer; hidden where there are none. */
G_DECLARE_FINAL_TYPE (TptPeopleList, tpt_people_list, TPT, PEOPLE_LIST, AdwBin)

void tpt_people_list_set_customer (TptPeopleList *self,
                                   TptWorkspace  *workspace,
                                   TptCustomer   *customer);

G_END_DECLS
