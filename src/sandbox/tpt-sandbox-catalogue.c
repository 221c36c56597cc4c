/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-clock.h"
#include "tpt-sandbox-names.h"
#include "tpt-sandbox-staff.h"

typedef struct
{
  const char *name;
  const char *description;
  guint duration;
  const char *color;
  const char *durations;
  const char *locations;
  const char *questions;
} Row;

static const Row own_rows[] = {
  { "Quarterly Business Review", "What we reached together, and what comes next.", 60,
    "#0069ff", NULL,
    "[{\"kind\":\"zoom_conference\"}]",
    "[{\"name\":\"Which results should we prepare?\",\"type\":\"text\",\"position\":0,"
    "\"enabled\":true,\"required\":false,\"answer_choices\":[],\"include_other\":false}]" },
  { "Customer Check-in", "Half an hour about how things are going.", 30, "#17e885", NULL,
    "[{\"kind\":\"google_conference\"}]", NULL },
  { "Product Demo", "See what is new.", 45, "#8247f5", "[30,45,60]",
    "[{\"kind\":\"zoom_conference\"}]",
    "[{\"name\":\"Company size\",\"type\":\"single_select\",\"position\":0,\"enabled\":true,"
    "\"required\":true,\"answer_choices\":[\"1–50\",\"51–500\",\"more than 500\"],"
    "\"include_other\":false},"
    "{\"name\":\"Modules of interest\",\"type\":\"multi_select\",\"position\":1,\"enabled\":true,"
    "\"required\":false,\"answer_choices\":[\"Billing\",\"Reports\",\"Mobile\"],"
    "\"include_other\":true}]" },
  { "Onboarding Kickoff", "Plan, people and first milestones.", 60, "#ff4f00", NULL,
    "[{\"kind\":\"microsoft_teams_conference\"}]",
    "[{\"name\":\"What should be true in 90 days?\",\"type\":\"text\",\"position\":0,"
    "\"enabled\":true,\"required\":true,\"answer_choices\":[],\"include_other\":false},"
    "{\"name\":\"Phone for the day itself\",\"type\":\"phone_number\",\"position\":1,"
    "\"enabled\":true,\"required\":false,\"answer_choices\":[],\"include_other\":false}]" },
  { "Quick Call", "I call you.", 15, "#0ae8f0", NULL, "[{\"kind\":\"outbound_call\"}]", NULL },
  { "On-site Visit", "A visit at our office.", 120, "#f8e436", NULL,
    "[{\"kind\":\"physical\",\"location\":\"Strandvägen 7, Stockholm\","
    "\"additional_info\":\"Ring at the second door.\"}]", NULL },
  { "Office Hours", "Open to all customers: bring your questions.", 45, "#e55cff", NULL,
    "[{\"kind\":\"zoom_conference\"}]", NULL },
  { "Renewal Conversation", "Terms for the next year.", 30, "#ff5c77", NULL,
    "[{\"kind\":\"google_conference\"},{\"kind\":\"outbound_call\"}]", NULL },
  { "Support Escalation", "The first of us who is free.", 30, "#d4163c", NULL,
    "[{\"kind\":\"zoom_conference\"}]", NULL },
  { "Executive Briefing", "With the whole account team.", 45, "#004eba", NULL,
    "[{\"kind\":\"webex_conference\"}]", NULL },
  { "Paid Workshop", "Half a day of hands-on training.", 240, "#a6bbd1", NULL,
    "[{\"kind\":\"custom\",\"location\":\"Training room, details by mail\"}]", NULL },
  { "Phone-in Hour", NULL, 20, "#4d5055", NULL,
    "[{\"kind\":\"inbound_call\",\"phone_number\":\"+46 8 505 550 10\","
    "\"additional_info\":\"PIN 4711\"}]", NULL },
  { "Coffee Chat", NULL, 25, "#ffa600", NULL, NULL, NULL },
  { "Your Place or Ours", NULL, 60, "#47b881", NULL, "[{\"kind\":\"ask_invitee\"}]", NULL },
  { "Intro Call (old)", "Replaced by Quick Call.", 15, "#cccccc", NULL,
    "[{\"kind\":\"zoom_conference\"}]", NULL },
  { "Legacy Review", NULL, 45, "#999999", NULL, "[{\"kind\":\"gotomeeting_conference\"}]", NULL },
};

static const Row colleague_rows[] = {
  { "Customer Check-in", "Half an hour about how things are going.", 30, "#17e885", NULL,
    "[{\"kind\":\"google_conference\"}]", NULL },
  { "Quarterly Business Review", "What we reached together, and what comes next.", 60,
    "#0069ff", NULL,
    "[{\"kind\":\"zoom_conference\"}]", NULL },
};

static JsonArray *
parse (const char *text)
{
  g_autoptr (JsonNode) node = NULL;

  if (text == NULL)
    return NULL;
  node = json_from_string (text, NULL);
  g_assert (node != NULL);

  return json_node_dup_array (node);
}

static TptSandboxEventType *
add_row (TptSandboxWorld *world,
         TptSandboxUser  *host,
         const Row       *row,
         gint64           now)
{
  TptSandboxEventType *event_type = tpt_sandbox_world_add_event_type (world, host, row->name);
  g_autofree char *slug = tpt_sandbox_names_slug (row->name);

  event_type->slug = tpt_sandbox_world_text (world, slug);
  event_type->description = row->description;
  event_type->duration = row->duration;
  event_type->color = row->color;
  event_type->durations = parse (row->durations);
  event_type->locations = parse (row->locations);
  if (row->questions != NULL)
    {
      json_array_unref (event_type->questions);
      event_type->questions = parse (row->questions);
    }
  event_type->created_at = now - 900 * TPT_SANDBOX_DAY + event_type->position * TPT_SANDBOX_DAY;
  event_type->updated_at = event_type->created_at + 40 * TPT_SANDBOX_DAY;

  return event_type;
}

static void
add_hosts (TptSandboxWorld     *world,
           TptSandboxEventType *event_type,
           const char          *pooling_type,
           const char          *team)
{
  event_type->pooling_type = pooling_type;
  event_type->profile = team;
  event_type->hosts[event_type->n_hosts++] = world->users->pdata[TPT_SANDBOX_STAFF_ADMIN];
  event_type->hosts[event_type->n_hosts++] = world->users->pdata[TPT_SANDBOX_STAFF_MEMBER];
}

/* What makes the sixteen types different from each other apart from their table. */
static void
specialise (TptSandboxWorld     *world,
            TptSandboxEventType *event_type,
            gint64               now)
{
  if (g_str_equal (event_type->slug, "product-demo"))
    event_type->split_name = TRUE;
  else if (g_str_equal (event_type->slug, "office-hours"))
    event_type->limit = 20;
  else if (g_str_equal (event_type->slug, "renewal-conversation"))
    event_type->secret = TRUE;
  else if (g_str_equal (event_type->slug, "support-escalation"))
    add_hosts (world, event_type, "round_robin", "Customer Success");
  else if (g_str_equal (event_type->slug, "executive-briefing"))
    add_hosts (world, event_type, "collective", "Account Team");
  else if (g_str_equal (event_type->slug, "paid-workshop"))
    event_type->paid = TRUE;
  else if (g_str_equal (event_type->slug, "coffee-chat"))
    event_type->profile = NULL;
  else if (g_str_equal (event_type->slug, "intro-call-old"))
    event_type->active = FALSE;
  else if (g_str_equal (event_type->slug, "legacy-review"))
    {
      event_type->active = FALSE;
      event_type->deleted_at = now - 200 * TPT_SANDBOX_DAY;
    }
  if (g_str_equal (event_type->slug, "quick-call"))
    event_type->internal_note = "Have the customer's page open.";
}

/* The event types: sixteen of the owner's in every shape that Calendly knows, two of each
 * colleague's. */
void
tpt_sandbox_catalogue_fill (TptSandboxWorld *world,
                            gint64           now)
{
  for (guint i = 0; i < G_N_ELEMENTS (own_rows); i++)
    {
      TptSandboxUser *owner = world->users->pdata[TPT_SANDBOX_STAFF_OWNER];

      specialise (world, add_row (world, owner, &own_rows[i], now), now);
    }
  for (guint i = TPT_SANDBOX_STAFF_ADMIN; i <= TPT_SANDBOX_STAFF_STRANGER; i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (colleague_rows); j++)
        add_row (world, world->users->pdata[i], &colleague_rows[j], now);
    }
}
