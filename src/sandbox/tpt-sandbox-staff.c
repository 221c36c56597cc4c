/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-staff.h"

#include "tpt-sandbox-clock.h"
#include "tpt-sandbox-names.h"

typedef struct
{
  const char *name;
  const char *role;
  const char *timezone;
  int years;
} Row;

static const Row rows[] = {
  [TPT_SANDBOX_STAFF_OWNER] = { "Robin Falk", "owner", "Europe/Stockholm", 4 },
  [TPT_SANDBOX_STAFF_ADMIN] = { "Maya Okafor", "admin", "Europe/London", 4 },
  [TPT_SANDBOX_STAFF_MEMBER] = { "Tomás Rivera", "user", "America/New_York", 3 },
  [TPT_SANDBOX_STAFF_EAST] = { "Hana Satō", "user", "Asia/Tokyo", 3 },
  [TPT_SANDBOX_STAFF_WEST] = { "Priya Raman", "user", "America/Los_Angeles", 2 },
  [TPT_SANDBOX_STAFF_STRANGER] = { "Casey Winter", "owner", "America/Chicago", 3 },
};

static TptSandboxUser *
add_user (TptSandboxWorld        *world,
          TptSandboxOrganization *organization,
          const Row              *row,
          const char             *domain,
          gint64                  now)
{
  TptSandboxUser *user = tpt_sandbox_world_add_user (world, row->name);
  g_autofree char *slug = tpt_sandbox_names_slug (row->name);
  g_autofree char *email = tpt_sandbox_names_email (row->name, domain);

  user->slug = tpt_sandbox_world_text (world, slug);
  user->email = tpt_sandbox_world_text (world, email);
  user->timezone = row->timezone;
  user->zone = g_time_zone_new_identifier (row->timezone);
  if (user->zone == NULL)
    user->zone = g_time_zone_new_utc ();
  user->role = row->role;
  user->organization = organization;
  user->created_at = now - row->years * 365 * TPT_SANDBOX_DAY
                     + tpt_sandbox_random_below (&world->random, 1000000);

  return user;
}

/* Our organisation with its five people, and a stranger's. */
void
tpt_sandbox_staff_fill (TptSandboxWorld *world,
                        gint64           now)
{
  TptSandboxOrganization *ours = tpt_sandbox_world_add_org (world, "Brightwater");
  TptSandboxOrganization *theirs = tpt_sandbox_world_add_org (world, "Winter & Sons");

  ours->plan = "teams";
  ours->created_at = now - 5 * 365 * TPT_SANDBOX_DAY;
  theirs->plan = "standard";
  theirs->created_at = now - 4 * 365 * TPT_SANDBOX_DAY;

  for (guint i = 0; i < TPT_SANDBOX_STAFF_STRANGER; i++)
    add_user (world, ours, &rows[i], TPT_SANDBOX_OWN_DOMAIN, now);
  add_user (world, theirs, &rows[TPT_SANDBOX_STAFF_STRANGER], "winter-sons.example", now);
}
