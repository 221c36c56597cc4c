/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "relay-admin.h"
#include "tpt-relay-route-table.h"
#include "tpt-test.h"

/* What a handler answers to a small request, once it has been let in. */
typedef struct
{
  const char *method;
  const char *pattern;
  const char *query;
  const char *body;
  guint       let_in;
} Probe;

static const Probe probes[] = {
  { "POST", "/v1/calendly/webhook", "", "{}", 0 },
  { "POST", "/v1/calendly/webhook/*", "", "{}", 0 },
  { "POST", "/v1/devices", "",
    "{\"enrolment_code\":\"wrong\",\"calendly_token\":\"tok-alice\",\"public_key\":\"AAAA\","
    "\"name\":\"n\",\"organization_feed\":false,\"subscription\":\"app\"}", 0 },
  { "DELETE", "/v1/devices/*", "", "", 204 },
  { "POST", "/v1/devices/*/test", "", "", 202 },
  { "POST", "/v1/devices/*/role", "", "{}", 400 },
  { "GET", "/v1/events", "?after=x", "", 400 },
  { "POST", "/v1/events/ack", "", "{}", 400 },
  { "POST", "/v1/oauth/flows", "", "{}", 400 },
  { "GET", "/oauth/callback", "?code=c&state=s", "", 404 },
  { "GET", "/healthz", "", "", 200 },
  { "GET", "/readyz", "", "", 200 },
  { "GET", "/metrics", "", "", 200 },
  { "POST", "/v1/admin/devices", "", "", 200 },
  { "POST", "/v1/admin/devices/*/end", "", "", 204 },
  { "POST", "/v1/admin/codes/roll", "", "", 204 },
  { "POST", "/v1/admin/keys/reload", "", "", 200 },
  { "POST", "/v1/admin/erase", "", "{}", 400 },
  { "POST", "/v1/admin/audit", "", "", 200 },
};

/* Who asks, by what stands behind `Authorization: Bearer`. */
typedef enum
{
  ROLE_NOBODY,
  ROLE_GARBAGE,
  ROLE_EMPTY,
  ROLE_ENDED,   /* a device that was one once */
  ROLE_FOREIGN, /* a device, asking for another one */
  ROLE_OWNER,   /* a device, asking for itself */
  ROLE_CODE,    /* an enrolment code that is still good */
  ROLE_ADMIN,
  ROLE_COUNT,
} Role;

typedef struct
{
  Relay      *relay;
  Device     *alice;
  Device     *bob;
  char       *tokens[ROLE_COUNT];
  const char *channel;
} World;

static const Probe *
find_probe (const TptRelayRoute *route)
{
  for (guint i = 0; i < G_N_ELEMENTS (probes); i++)
    {
      if (strcmp (probes[i].method, route->method) == 0 &&
          strcmp (probes[i].pattern, route->pattern) == 0)
        return &probes[i];
    }
  g_error ("%s %s has no line in this test", route->method, route->pattern);
}

static guint
expect_behind (TptRelayAccess  access,
               Role            role,
               const Probe    *probe)
{
  gboolean is_device = role == ROLE_FOREIGN || role == ROLE_OWNER;

  switch (access)
    {
    case TPT_RELAY_ACCESS_ANYBODY:
      return probe->let_in;
    case TPT_RELAY_ACCESS_WEBHOOK:
    case TPT_RELAY_ACCESS_CODE:
      /* No token of any kind stands for a MAC, or for a code in the body. */
      return 401;
    case TPT_RELAY_ACCESS_DEVICE:
      return is_device ? probe->let_in : 401;
    case TPT_RELAY_ACCESS_OWN_DEVICE:
      return role == ROLE_OWNER ? probe->let_in : role == ROLE_FOREIGN ? 404 : 401;
    case TPT_RELAY_ACCESS_DEVICE_OR_CODE:
      return is_device || role == ROLE_CODE ? probe->let_in : 401;
    case TPT_RELAY_ACCESS_ADMIN:
      return role == ROLE_ADMIN ? probe->let_in : 401;
    default:
      g_assert_not_reached ();
    }
}

static char *
fill_in (const World         *world,
         const TptRelayRoute *route,
         const Probe         *probe)
{
  const char *star = strchr (route->pattern, '*');
  gboolean is_webhook = route->access == TPT_RELAY_ACCESS_WEBHOOK;
  const char *argument = is_webhook ? world->channel : world->alice->enrolment->device;

  if (star == NULL)
    return g_strconcat (route->pattern, probe->query, NULL);

  return g_strdup_printf ("%.*s%s%s%s", (int) (star - route->pattern), route->pattern, argument,
                          star + 1, probe->query);
}

static Reply *
knock (World        *world,
       TptRelayDoor  door,
       Role          role,
       const char   *method,
       const char   *path,
       const char   *body)
{
  g_autofree char *fields = role != ROLE_NOBODY
                              ? g_strdup_printf ("Authorization: Bearer %s\r\n",
                                                 world->tokens[role])
                              : g_strdup ("");

  return door == TPT_RELAY_DOOR_ADMIN
           ? relay_knock_admin (world->relay, method, path, fields, body)
           : relay_ask (world->relay, method, path, fields, body);
}

static void
check_cell (World               *world,
            const TptRelayRoute *route,
            TptRelayDoor         door,
            Role                 role)
{
  const Probe *probe = find_probe (route);
  g_autofree char *path = fill_in (world, route, probe);
  g_autoptr (Reply) reply = knock (world, door, role, route->method, path, probe->body);
  guint expected = door == route->door ? expect_behind (route->access, role, probe) : 404;

  if (reply->status != expected)
    g_error ("%s %s at door %d for role %d: %u, not %u", route->method, route->pattern, door, role,
             reply->status, expected);
  if (expected >= 400)
    g_assert_nonnull (strstr (reply->body, "\"error\":"));
}

/* A method that the address does not bear: 405 for everybody behind the right door. */
static void
check_method (World               *world,
              const TptRelayRoute *route)
{
  g_autofree char *path = fill_in (world, route, find_probe (route));
  g_autofree char *allow = g_strdup_printf ("\r\nAllow: %s\r\n", route->method);

  for (guint role = 0; role < ROLE_COUNT; role++)
    {
      g_autoptr (Reply) reply = knock (world, route->door, role, "PUT", path, "");

      g_assert_cmpuint (reply->status, ==, 405);
      g_assert_nonnull (strstr (reply->head, allow));
    }
}

/* Alice's device is asked for; what ends it comes last. */
static gboolean
ends_device (const TptRelayRoute *route)
{
  return strcmp (route->method, "DELETE") == 0 || g_str_has_suffix (route->pattern, "/end");
}

static void
enrol_all (World *world)
{
  g_autoptr (Device) ended = NULL;
  g_autoptr (Reply) reply = NULL;
  g_autofree char *path = NULL;

  world->alice = relay_enrol (world->relay, "tok-alice", "personal", FALSE);
  world->bob = relay_enrol (world->relay, "tok-bob", "app", FALSE);
  world->channel = strrchr (world->alice->enrolment->webhook_url, '/') + 1;
  ended = relay_enrol (world->relay, "tok-alice", "app", FALSE);
  path = g_strdup_printf ("/v1/devices/%s", ended->enrolment->device);
  reply = relay_ask_as (world->relay, ended, "DELETE", path, "");
  g_assert_cmpuint (reply->status, ==, 204);

  world->tokens[ROLE_GARBAGE] = g_strdup ("0123456789abcdef");
  world->tokens[ROLE_EMPTY] = g_strdup ("");
  world->tokens[ROLE_ENDED] = g_strdup (ended->enrolment->token);
  world->tokens[ROLE_FOREIGN] = g_strdup (world->bob->enrolment->token);
  world->tokens[ROLE_OWNER] = g_strdup (world->alice->enrolment->token);
  world->tokens[ROLE_CODE] = relay_run (world->relay, "enrol-code", NULL);
  world->tokens[ROLE_ADMIN] = g_strdup (RELAY_ADMIN_TOKEN);
}

/* Every route, at every door, for everybody. */
static void
test_matrix (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "limit_per_address=0\n");
  World world = { .relay = relay };
  guint count;
  const TptRelayRoute *routes = tpt_relay_route_table_get (&count);

  relay_add_admin (relay);
  relay_start (relay);
  enrol_all (&world);
  for (guint i = 0; i < count; i++)
    {
      check_method (&world, &routes[i]);
      for (guint role = 0; role < ROLE_COUNT; role++)
        {
          const Probe *probe = find_probe (&routes[i]);
          gboolean is_fatal = ends_device (&routes[i]) &&
                              expect_behind (routes[i].access, role, probe) == 204;

          check_cell (&world, &routes[i], TPT_RELAY_DOOR_PUBLIC + (routes[i].door == 0), role);
          if (!is_fatal)
            check_cell (&world, &routes[i], routes[i].door, role);
        }
    }
  for (guint i = 0; i < count; i++)
    {
      if (!ends_device (&routes[i]))
        continue;
      device_free (world.alice);
      world.alice = relay_enrol (relay, "tok-alice", "personal", FALSE);
      g_free (world.tokens[ROLE_OWNER]);
      world.tokens[ROLE_OWNER] = g_strdup (world.alice->enrolment->token);
      check_cell (&world, &routes[i], routes[i].door,
                  routes[i].access == TPT_RELAY_ACCESS_ADMIN ? ROLE_ADMIN : ROLE_OWNER);
    }
  device_free (world.alice);
  device_free (world.bob);
  for (guint role = 0; role < ROLE_COUNT; role++)
    g_free (world.tokens[role]);
}

/* Nothing that the table does not name is there, at either door. */
static void
test_elsewhere (void)
{
  static const char *const paths[] = {
    "/", "/v1", "/v1/", "/v1/devices/", "/v1/devices/x/y", "/v1/devices//test", "/v1/admin",
    "/v1/admin/", "//v1/events", "/V1/events", "/v1/events/", "/v1/events/ack/x",
    "/v1/calendly/webhook/", "/v1/calendly/webhook/a/b", "/v1/%65vents", "/metrics/", "/.git",
  };
  g_autoptr (Relay) relay = relay_new (NULL, "");

  relay_add_admin (relay);
  relay_start (relay);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (Reply) outside = relay_ask (relay, "POST", paths[i], "", "");
      g_autoptr (Reply) inside = relay_ask_admin (relay, "POST", paths[i], "");

      g_assert_cmpuint (outside->status, ==, 404);
      g_assert_cmpuint (inside->status, ==, 404);
    }
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/route-table/matrix", test_matrix);
  g_test_add_func ("/relay/route-table/elsewhere", test_elsewhere);

  return g_test_run ();
}
