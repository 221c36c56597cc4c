/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _TptSandboxFaults TptSandboxFaults;

/* One rule of what goes wrong. -1 and NULL stand for "not set". */
typedef struct
{
  char *path;
  char *method;
  char *body;
  JsonObject *headers;
  int status;
  int times;
  int skip;
  int delay_ms;
  int truncate;
  gboolean html;
  gboolean drop;
  gboolean after;
} TptSandboxFault;

TptSandboxFaults *tpt_sandbox_faults_new         (void);
void              tpt_sandbox_faults_free        (TptSandboxFaults *self);
void              tpt_sandbox_faults_set         (TptSandboxFaults *self,
                                                  JsonObject       *settings);
JsonObject       *tpt_sandbox_faults_get         (TptSandboxFaults *self);
TptSandboxFault  *tpt_sandbox_faults_take        (TptSandboxFaults *self,
                                                  const char       *method,
                                                  const char       *path);
void              tpt_sandbox_fault_free         (TptSandboxFault  *fault);
gboolean          tpt_sandbox_faults_get_switch  (TptSandboxFaults *self,
                                                  const char       *name);
gboolean          tpt_sandbox_faults_get_webhook (TptSandboxFaults *self,
                                                  const char       *name);
double            tpt_sandbox_faults_get_number  (TptSandboxFaults *self,
                                                  const char       *name,
                                                  double            otherwise);
gboolean          tpt_sandbox_faults_take_drop   (TptSandboxFaults *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptSandboxFaults, tpt_sandbox_faults_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptSandboxFault, tpt_sandbox_fault_free)

G_END_DECLS
