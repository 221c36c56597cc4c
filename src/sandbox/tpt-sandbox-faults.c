/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-faults.h"

struct _TptSandboxFaults
{
  JsonObject *settings;
};

static int
get_int (JsonObject *object,
         const char *name,
         int         otherwise)
{
  return (int) json_object_get_int_member_with_default (object, name, otherwise);
}

/* A body is sent as given: text as it is, anything else as its JSON. */
static char *
get_body (JsonObject *rule)
{
  JsonNode *body = json_object_get_member (rule, "body");

  if (body == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (body) && json_node_get_value_type (body) == G_TYPE_STRING)
    return json_node_dup_string (body);

  return json_to_string (body, FALSE);
}

static gboolean
matches (JsonObject *rule,
         const char *method,
         const char *path)
{
  const char *wanted = json_object_get_string_member_with_default (rule, "path", "*");
  const char *verb = json_object_get_string_member_with_default (rule, "method", method);

  return g_pattern_match_simple (wanted, path) && g_ascii_strcasecmp (verb, method) == 0
         && get_int (rule, "times", -1) != 0;
}

static TptSandboxFault *
fault_new (JsonObject *rule)
{
  TptSandboxFault *fault = g_new0 (TptSandboxFault, 1);

  fault->body = get_body (rule);
  if (json_object_has_member (rule, "headers"))
    fault->headers = json_object_ref (json_object_get_object_member (rule, "headers"));
  fault->status = get_int (rule, "status", -1);
  fault->delay_ms = get_int (rule, "delay_ms", 0);
  fault->truncate = get_int (rule, "truncate", -1);
  fault->html = json_object_get_boolean_member_with_default (rule, "html", FALSE);
  fault->drop = json_object_get_boolean_member_with_default (rule, "drop", FALSE);
  fault->after = json_object_get_boolean_member_with_default (rule, "after", FALSE);

  return fault;
}

static JsonObject *
get_webhook (TptSandboxFaults *self)
{
  return json_object_get_object_member (self->settings, "webhook");
}

TptSandboxFaults *
tpt_sandbox_faults_new (void)
{
  TptSandboxFaults *self = g_new0 (TptSandboxFaults, 1);
  g_autoptr (JsonObject) none = json_object_new ();

  tpt_sandbox_faults_set (self, none);

  return self;
}

void
tpt_sandbox_faults_free (TptSandboxFaults *self)
{
  json_object_unref (self->settings);
  g_free (self);
}

void
tpt_sandbox_fault_free (TptSandboxFault *fault)
{
  g_free (fault->body);
  g_clear_pointer (&fault->headers, json_object_unref);
  g_free (fault);
}

/* Replaces all settings by @settings, the document of PUT /_sandbox/faults; what it leaves out
 * is switched off. */
void
tpt_sandbox_faults_set (TptSandboxFaults *self,
                        JsonObject       *settings)
{
  g_clear_pointer (&self->settings, json_object_unref);
  self->settings = json_object_ref (settings);
  if (!json_object_has_member (settings, "rules"))
    json_object_set_array_member (settings, "rules", json_array_new ());
  if (!json_object_has_member (settings, "webhook"))
    json_object_set_object_member (settings, "webhook", json_object_new ());
}

/* The settings as they stand, "times" counted down. */
JsonObject *
tpt_sandbox_faults_get (TptSandboxFaults *self)
{
  return json_object_ref (self->settings);
}

/* The first rule that wants this request, used up by one; NULL when all goes well. "path" is a
 * pattern with * and ?, "skip" lets that many requests through first. */
TptSandboxFault *
tpt_sandbox_faults_take (TptSandboxFaults *self,
                         const char       *method,
                         const char       *path)
{
  JsonArray *rules = json_object_get_array_member (self->settings, "rules");

  for (guint i = 0; i < json_array_get_length (rules); i++)
    {
      JsonObject *rule = json_array_get_object_element (rules, i);
      int skip = get_int (rule, "skip", 0);
      int times = get_int (rule, "times", -1);

      if (!matches (rule, method, path))
        continue;
      if (skip > 0)
        {
          json_object_set_int_member (rule, "skip", skip - 1);
          continue;
        }
      if (times > 0)
        json_object_set_int_member (rule, "times", times - 1);

      return fault_new (rule);
    }

  return NULL;
}

/* A switch at the top of the settings, such as "utm_on_reschedule". */
gboolean
tpt_sandbox_faults_get_switch (TptSandboxFaults *self,
                               const char       *name)
{
  return json_object_get_boolean_member_with_default (self->settings, name, FALSE);
}

/* A switch among those of the webhook sender, such as "duplicate". */
gboolean
tpt_sandbox_faults_get_webhook (TptSandboxFaults *self,
                                const char       *name)
{
  return json_object_get_boolean_member_with_default (get_webhook (self), name, FALSE);
}

/* A number of the webhook sender, such as "retry_seconds". */
double
tpt_sandbox_faults_get_number (TptSandboxFaults *self,
                               const char       *name,
                               double            otherwise)
{
  return json_object_get_double_member_with_default (get_webhook (self), name, otherwise);
}

/* Whether the next delivery shall be lost without a retry: "drop" of the webhook sender counts
 * down, -1 loses all. */
gboolean
tpt_sandbox_faults_take_drop (TptSandboxFaults *self)
{
  JsonObject *webhook = get_webhook (self);
  int drop = get_int (webhook, "drop", 0);

  if (drop > 0)
    json_object_set_int_member (webhook, "drop", drop - 1);

  return drop != 0;
}
