/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define TPT_SANDBOX_API     "https://api.calendly.com"
#define TPT_SANDBOX_HOSTS   4
#define TPT_SANDBOX_UTM     6

/* The nouns of the stand-in. The world owns every record and, in one string chunk, every text;
 * records point at each other freely because nothing is freed before the world is. Times are µs
 * since the epoch in UTC, 0 = none. Each record starts with its uuid: paging relies on it. */
typedef struct _TptSandboxOrganization TptSandboxOrganization;
typedef struct _TptSandboxUser         TptSandboxUser;
typedef struct _TptSandboxEventType    TptSandboxEventType;
typedef struct _TptSandboxEvent        TptSandboxEvent;
typedef struct _TptSandboxInvitee      TptSandboxInvitee;
typedef struct _TptSandboxCustomer     TptSandboxCustomer;
typedef struct _TptSandboxPerson       TptSandboxPerson;
typedef struct _TptSandboxLink         TptSandboxLink;

struct _TptSandboxOrganization
{
  const char *uuid;
  const char *name;
  const char *plan;
  gint64 created_at;
};

struct _TptSandboxUser
{
  const char *uuid;
  const char *name;
  const char *slug;
  const char *email;
  const char *timezone;
  const char *role;
  const char *membership;
  const char *schedule;
  GTimeZone *zone;
  TptSandboxOrganization *organization;
  gint64 created_at;
};

struct _TptSandboxEventType
{
  const char *uuid;
  const char *name;
  const char *slug;
  const char *description;
  const char *internal_note;
  const char *color;
  const char *locale;
  const char *pooling_type;
  const char *profile;
  TptSandboxUser *hosts[TPT_SANDBOX_HOSTS];
  guint n_hosts;
  guint duration;
  guint limit;
  guint position;
  gboolean active;
  gboolean secret;
  gboolean paid;
  gboolean adhoc;
  gboolean split_name;
  gint64 created_at;
  gint64 updated_at;
  gint64 deleted_at;
  JsonArray *durations;
  JsonArray *locations;
  JsonArray *questions;
};

typedef struct
{
  const char *by;
  const char *reason;
  const char *type;
  gint64 at;
} TptSandboxCancellation;

struct _TptSandboxEvent
{
  const char *uuid;
  const char *name;
  const char *location_kind;
  const char *location;
  const char *guests;
  TptSandboxEventType *event_type;
  TptSandboxUser *hosts[TPT_SANDBOX_HOSTS];
  guint n_hosts;
  gint64 start;
  gint64 end;
  gint64 created_at;
  gint64 updated_at;
  TptSandboxCancellation cancellation;
  GPtrArray *invitees;
};

struct _TptSandboxInvitee
{
  const char *uuid;
  const char *email;
  const char *name;
  const char *first_name;
  const char *last_name;
  const char *timezone;
  const char *phone;
  const char *method;
  const char *no_show;
  const char *utm[TPT_SANDBOX_UTM];
  TptSandboxEvent *event;
  TptSandboxInvitee *old_invitee;
  TptSandboxInvitee *new_invitee;
  TptSandboxUser *scheduled_by;
  gboolean rescheduled;
  gboolean paid;
  gint64 no_show_at;
  gint64 created_at;
  gint64 updated_at;
  TptSandboxCancellation cancellation;
  JsonArray *answers;
};

struct _TptSandboxPerson
{
  const char *name;
  const char *email;
  const char *role;
};

struct _TptSandboxCustomer
{
  const char *uuid;
  const char *name;
  const char *domains;
  const char *tier;
  const char *timezone;
  guint cadence_days;
  guint temper;
  TptSandboxPerson people[4];
  guint n_people;
};

struct _TptSandboxLink
{
  const char *uuid;
  TptSandboxEventType *event_type;
  TptSandboxInvitee *used_by;
  const char *name;
  guint duration;
  gint64 not_before;
  gint64 not_after;
  gint64 created_at;
};

/* The order of TptSandboxInvitee.utm. */
extern const char *const tpt_sandbox_utm_keys[TPT_SANDBOX_UTM];

G_END_DECLS
