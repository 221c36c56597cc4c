# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts touchpoint-sandbox, walks its routes and holds each answer against the schemas here."""
import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import urllib.parse
import urllib.request

import jsonschema

API = "https://api.calendly.com"
HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "schemas")
TRACKING = ("utm_campaign", "utm_source", "utm_medium", "utm_content", "utm_term", "salesforce_uuid")
NOW = "2026-03-04T09:20:00Z"


class Schemas:
    """The schema files by name."""

    def __init__(self):
        self.store = {}
        for entry in sorted(os.listdir(HERE)):
            with open(os.path.join(HERE, entry), encoding="utf-8") as file:
                self.store[entry] = json.load(file)

    def check(self, name, document, where):
        resolver = jsonschema.RefResolver("", self.store[name + ".json"], store=self.store)
        validator = jsonschema.Draft202012Validator(self.store[name + ".json"], resolver=resolver)
        for error in validator.iter_errors(document):
            path = "/".join(str(part) for part in error.absolute_path)
            raise SystemExit(f"{where}: {name}: {path}: {error.message[:300]}")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


class Client:
    """Asks the sandbox and remembers every answer for whoever wants to look at it again."""

    def __init__(self, base):
        self.base = base
        self.seen = []
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect())

    def ask(self, method, path, body=None, token="sandbox-pat", form=None, agent="check/1"):
        headers = {"User-Agent": agent}
        data = None
        if token is not None:
            headers["Authorization"] = "Bearer " + token
        if body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        if form is not None:
            data = urllib.parse.urlencode(form).encode()
        request = urllib.request.Request(self.base + path, data, headers, method=method)
        try:
            answer = self.opener.open(request)
        except urllib.error.HTTPError as error:
            answer = error
        text = answer.read().decode()
        json_type = answer.headers.get_content_type() == "application/json"
        document = json.loads(text) if json_type else text
        self.seen.append((method, path.split("?")[0], answer.status, document, body))
        return answer.status, document, answer.headers


class Walk:
    def __init__(self, client, schemas):
        self.client = client
        self.schemas = schemas
        self.me = None
        self.state = None
        self.checked = 0

    def expect(self, status, method, path, **rest):
        got, document, headers = self.client.ask(method, path, **rest)
        if got != status:
            raise SystemExit(f"{method} {path}: {got} instead of {status}: {str(document)[:400]}")
        self.checked += 1
        return document, headers

    def one(self, schema, method, path, status=200, **rest):
        document, _ = self.expect(status, method, path, **rest)
        self.schemas.check(schema, document["resource"], f"{method} {path}")
        return document["resource"]

    def listed(self, schema, path, query=None, paged=True, least=1):
        full = path + ("?" + urllib.parse.urlencode(query) if query else "")
        document, _ = self.expect(200, "GET", full)
        for item in document["collection"]:
            self.schemas.check(schema, item, "GET " + full)
        if paged:
            self.schemas.check("pagination", document["pagination"], "GET " + full)
        elif "pagination" in document:
            raise SystemExit(f"GET {full}: has pages and should not")
        if len(document["collection"]) < least:
            raise SystemExit(f"GET {full}: only {len(document['collection'])} items")
        return document["collection"]

    def error(self, status, method, path, message=None, **rest):
        document, _ = self.expect(status, method, path, **rest)
        self.schemas.check("error", document, f"{method} {path}")
        if message is not None and message not in json.dumps(document):
            raise SystemExit(f"{method} {path}: {document} does not say “{message}”")
        return document

    def control(self, path, status=200, **body):
        return self.expect(status, "POST", "/_sandbox/" + path, body=body, token=None)[0]


def path_of(uri):
    assert uri.startswith(API)
    return uri[len(API):]


def walk_account(walk):
    me = walk.me = walk.one("user", "GET", "/users/me")
    walk.one("user", "GET", path_of(me["uri"]))
    walk.one("organization", "GET", path_of(me["current_organization"]))
    member = walk.listed("membership", "/organization_memberships",
                         {"organization": me["current_organization"]}, least=5)[0]
    walk.one("membership", "GET", path_of(member["uri"]))
    walk.error(403, "GET", "/organization_memberships", "You do not have permission",
               token="sandbox-pat-member")
    walk.error(404, "GET", "/users/nobody", "could not find")
    walk.error(404, "GET", "/no/such/route")
    walk.error(401, "GET", "/users/me", "is invalid", token="wrong")
    walk.error(401, "GET", "/users/me", "was revoked", token="sandbox-pat-revoked")
    scope = walk.error(403, "POST", "/scheduling_links", "Insufficient scope", body={},
                       token="sandbox-pat-readonly")
    assert scope["required_scopes"] == ["scheduling_links:write"]
    walk.expect(403, "GET", "/users/me", agent="")
    walk.error(403, "GET", path_of(me["uri"]), "do not have permission",
               token="sandbox-pat-other")


def walk_event_types(walk):
    me = walk.me["uri"]
    types = walk.listed("event-type", "/event_types", {"user": me, "count": 100}, least=14)
    names = [item["name"] for item in types]
    assert names == sorted(names, key=str.lower), names
    walk.error(400, "GET", "/event_types")
    assert not any(item["deleted_at"] for item in types)
    deleted = next(item for item in walk.state["event_types"] if item["deleted_at"])
    assert walk.one("event-type", "GET", path_of(deleted["uri"]))["deleted_at"]
    team = next(item for item in types if item["pooling_type"] == "collective")
    query = {"event_type": team["uri"]}
    walk.listed("event-type-member", "/event_type_memberships", query, least=3)
    walk.listed("event-type-schedule", "/event_type_availability_schedules", query)
    new = walk.one("event-type", "POST", "/event_types", 201,
                   body={"owner": me, "name": "Retrospective", "duration": 50})
    assert not new["active"] and new["duration"] == 50
    changed = walk.one("event-type", "PATCH", path_of(new["uri"]), body={"active": True})
    assert changed["active"]
    walk.error(400, "PATCH", path_of(team["uri"]), body={"active": False})
    one_off = walk.one("event-type", "POST", "/one_off_event_types", 201, body={
        "name": "One-off", "host": me, "duration": 25, "timezone": "Europe/Berlin",
        "date_setting": {"type": "days_in_future", "days": 5, "only_weekdays": True},
        "location": {"kind": "physical", "location": "Lobby"}})
    assert one_off["type"] == "AdhocEventType"
    walk.expect(200, "GET", one_off["scheduling_url"][len(walk.client.base):], token=None)


def walk_events(walk):
    organization = walk.me["current_organization"]
    base = {"organization": organization, "count": 100, "sort": "start_time:asc"}
    path, query, events = "/scheduled_events", dict(base), []
    while True:
        full = path + "?" + urllib.parse.urlencode(query)
        document, _ = walk.expect(200, "GET", full)
        for event in document["collection"]:
            walk.schemas.check("event", event, full)
            events.append(event)
        token = document["pagination"]["next_page_token"]
        walk.schemas.check("pagination", document["pagination"], full)
        if token is None:
            break
        query = {**base, "page_token": token}
    assert len(events) == len({event["uri"] for event in events}) == 400, len(events)
    assert [event["start_time"] for event in events] == sorted(e["start_time"] for e in events)
    for event in events[::9]:
        walk.one("event", "GET", path_of(event["uri"]))
        for invitee in walk.listed("invitee", path_of(event["uri"]) + "/invitees"):
            walk.one("invitee", "GET", path_of(invitee["uri"]))
    for invitee in walk.state["invitees"]:
        walk.schemas.check("invitee", invitee, "state")
    for event in walk.state["events"]:
        walk.schemas.check("event", event, "state")
    walk.error(400, "GET", "/scheduled_events?" + urllib.parse.urlencode(
        {**base, "page_token": "nonsense"}), "page_token")
    walk.error(400, "GET", "/scheduled_events?" + urllib.parse.urlencode({**base, "count": 101}))
    other = next(item for item in walk.state["users"] if item["slug"] == "tomas-rivera")
    walk.error(403, "GET", "/scheduled_events?" + urllib.parse.urlencode({"user": other["uri"]}),
               "Please also specify organization")
    walk.error(403, "GET", "/scheduled_events?" + urllib.parse.urlencode(base),
               "You do not have permission", token="sandbox-pat-member")


def walk_changes(walk):
    """Cancellation and no-show marks, on bookings made for it."""
    email = {"name": "Noor Example", "email": "noor@kestrel.example"}
    ahead = walk.control("book", event_type="customer-check-in", **email)
    past = walk.control("book", event_type="customer-check-in", start="2026-03-03T09:00:00Z",
                        **email)
    cancel = path_of(ahead["event"]["uri"]) + "/cancellation"
    walk.error(400, "POST", "/invitee_no_shows", "Event is not started yet",
               body={"invitee": ahead["invitee"]["uri"]})
    walk.error(403, "POST", cancel, "not allowed to cancel", body={}, token="sandbox-pat-member")
    walk.one("cancellation", "POST", cancel, 201, body={"reason": "Ill"})
    walk.error(403, "POST", cancel, "Event is already canceled", body={})
    walk.error(403, "POST", path_of(past["event"]["uri"]) + "/cancellation", "Event in the past",
               body={})
    mark = walk.one("no-show", "POST", "/invitee_no_shows", 201,
                    body={"invitee": past["invitee"]["uri"]})
    walk.one("no-show", "GET", path_of(mark["uri"]))
    walk.expect(204, "DELETE", path_of(mark["uri"]))
    walk.error(404, "DELETE", path_of(mark["uri"]))


def walk_availability(walk):
    me = walk.me["uri"]
    check_in = next(item for item in walk.state["event_types"]
                    if item["slug"] == "customer-check-in")["uri"]
    times = {"start_time": "2026-03-04T10:00:00Z", "end_time": "2026-04-04T10:00:00Z"}
    slots = walk.listed("available-time", "/event_type_available_times",
                        {"event_type": check_in, **times}, paged=False, least=50)
    assert all(times["start_time"] <= slot["start_time"] for slot in slots)
    past = {"event_type": check_in, **times, "start_time": "2026-03-01T00:00:00Z"}
    walk.error(400, "GET", "/event_type_available_times?" + urllib.parse.urlencode(past),
               "start_time must be in the future")
    far = {"event_type": check_in, **times, "end_time": "2026-04-05T10:00:00Z"}
    walk.error(400, "GET", "/event_type_available_times?" + urllib.parse.urlencode(far))
    week = {"user": me, **times, "end_time": "2026-03-11T10:00:00Z"}
    walk.listed("busy-time", "/user_busy_times", week, paged=False)
    walk.error(400, "GET", "/user_busy_times?" + urllib.parse.urlencode({"user": me, **times}))
    schedule = walk.listed("schedule", "/user_availability_schedules", {"user": me}, paged=False)[0]
    walk.one("schedule", "GET", path_of(schedule["uri"]))
    walk.listed("meeting-location", "/locations", {"user": me}, paged=False)
    return check_in, [slot["start_time"] for slot in slots]


def walk_booking(walk, check_in, starts):
    invitee = {"name": "Noor Example", "email": "noor@kestrel.example", "timezone": "Asia/Tokyo"}
    order = {"event_type": check_in, "start_time": starts[0], "invitee": invitee,
             "location": {"kind": "google_conference"},
             "tracking": {**dict.fromkeys(TRACKING), "utm_content": "abc"},
             "event_guests": ["guest@kestrel.example"]}
    booked = walk.one("invitee", "POST", "/invitees", 201, body=order)
    assert booked["scheduling_method"] == "api" and booked["tracking"]["utm_content"] == "abc"
    walk.error(400, "POST", "/invitees", "already_filled", body=order)
    free = {**order, "start_time": starts[3]}
    walk.error(400, "POST", "/invitees", "invalid_location_choice",
               body={**free, "location": {"kind": "zoom_conference"}})
    walk.error(400, "POST", "/invitees", "is in invalid format",
               body={**free, "invitee": {**invitee, "email": "nobody"}})
    by_slug = {item["slug"]: item["uri"] for item in walk.state["event_types"]}
    walk.error(400, "POST", "/invitees", "Required Questions and Answers cannot be blank.",
               body={**free, "event_type": by_slug["product-demo"],
                     "location": {"kind": "zoom_conference"}})
    walk.error(400, "POST", "/invitees", "require payment",
               body={**free, "event_type": by_slug["paid-workshop"]})
    walk.error(400, "POST", "/invitees", "invalid_location_choice",
               body={**free, "event_type": by_slug["support-escalation"]})
    link = walk.one("scheduling-link", "POST", "/scheduling_links", 201, body={
        "max_event_count": 1, "owner": check_in, "owner_type": "EventType"})
    walk.expect(200, "GET", link["booking_url"][len(walk.client.base):], token=None)
    walk.error(400, "POST", "/scheduling_links", "max_event_count", body={
        "max_event_count": 2, "owner": check_in, "owner_type": "EventType"})
    walk.one("share", "POST", "/shares", 201, body={
        "event_type": check_in, "name": "Longer", "duration": 50, "period_type": "fixed",
        "start_date": "2026-03-09", "end_date": "2026-03-13"})


def walk_webhooks(walk):
    organization, user = walk.me["current_organization"], walk.me["uri"]
    body = {"url": "https://relay.example/hook", "events": ["invitee.created", "invitee.canceled"],
            "organization": organization, "user": user, "scope": "user", "signing_key": "key"}
    hook = walk.one("webhook-subscription", "POST", "/webhook_subscriptions", 201, body=body)
    walk.error(409, "POST", "/webhook_subscriptions", "Hook with this url already exists",
               body=body)
    walk.one("webhook-subscription", "GET", path_of(hook["uri"]))
    walk.listed("webhook-subscription", "/webhook_subscriptions",
                {"organization": organization, "user": user, "scope": "user"})
    walk.error(403, "POST", "/webhook_subscriptions", "Insufficient scope", body=body,
               token="sandbox-pat-readonly")
    walk.error(403, "POST", "/webhook_subscriptions", "You do not have permission",
               body={**body, "scope": "organization"}, token="sandbox-pat-member")
    walk.error(400, "POST", "/webhook_subscriptions", "https",
               body={**body, "url": "http://relay.example/hook"})
    walk.error(400, "POST", "/webhook_subscriptions", "events",
               body={**body, "url": "https://a.example/",
                     "events": ["routing_form_submission.created"]})
    for kind in ("invitee.created", "event_type.updated"):
        query = urllib.parse.urlencode({"event": kind, "organization": organization,
                                        "user": user, "scope": "user"})
        sample, _ = walk.expect(200, "GET", "/sample_webhook_data?" + query)
        walk.schemas.check("webhook", sample, "/sample_webhook_data")
        assert list(sample) == sorted(sample)
    walk.expect(204, "DELETE", path_of(hook["uri"]))
    walk.error(404, "DELETE", path_of(hook["uri"]))


def walk_rest(walk):
    walk.listed("contact", "/contacts", {"count": 5}, least=5)
    for path in ("/groups", "/group_relationships", "/routing_forms", "/meeting_recaps"):
        walk.listed("contact", path, {"organization": walk.me["current_organization"]}, least=0)
    walk.error(403, "GET", "/activity_log_entries", "upgrade")


def walk_oauth(walk):
    verifier = "v" * 60
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode()
    asked = {"client_id": "sandbox-client", "response_type": "code", "state": "st",
             "redirect_uri": "http://127.0.0.1:9/callback", "scope": "users:read webhooks:write",
             "code_challenge": challenge.rstrip("="), "code_challenge_method": "S256"}
    page, _ = walk.expect(200, "GET", "/oauth/authorize?" + urllib.parse.urlencode(asked),
                          token=None)
    assert 'value="allow"' in page and 'value="users:read" checked' in page
    _, headers = walk.expect(302, "POST", "/oauth/authorize", token=None,
                             form={**asked, "decision": "allow"})
    code = re.search(r"code=([^&]+)&state=st$", headers["Location"]).group(1)
    grant = {"grant_type": "authorization_code", "client_id": "sandbox-client", "code": code,
             "redirect_uri": asked["redirect_uri"], "code_verifier": verifier}
    pair, _ = walk.expect(200, "POST", "/oauth/token", token=None, form=grant)
    walk.schemas.check("token", pair, "/oauth/token")
    again, _ = walk.expect(400, "POST", "/oauth/token", token=None, form=grant)
    walk.schemas.check("oauth-error", again, "/oauth/token")


def run(base):
    client = Client(base)
    walk = Walk(client, Schemas())
    walk.state = walk.expect(200, "GET", "/_sandbox/state", token=None)[0]
    walk_account(walk)
    walk_event_types(walk)
    walk_events(walk)
    walk_changes(walk)
    check_in, starts = walk_availability(walk)
    walk_booking(walk, check_in, starts)
    walk_webhooks(walk)
    walk_rest(walk)
    walk_oauth(walk)
    return walk


def main():
    command = [sys.argv[1], "--now", NOW, "--rate-limit", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            walk = run(json.loads(process.stdout.readline())["api"])
        finally:
            process.terminate()
    if process.returncode != 0:
        raise SystemExit(f"touchpoint-sandbox ended with {process.returncode}")
    print(f"{walk.checked} answers fit")


if __name__ == "__main__":
    main()
