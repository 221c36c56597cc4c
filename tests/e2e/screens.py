# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""screens.py DIRECTORY [SCENE…]: photographs the screens of the app on sample data, each in a desktop of its own.

A tool, no test: for the pictures of the README, and to look at every screen after a change of its looks. Needs the variables
TPT_APP, TPT_CTL and TPT_SANDBOX where the programs are not installed.
"""
import json
import os
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SUPPORT = os.path.join(HERE, "..", "support")
sys.path.insert(0, SUPPORT)
sys.path.insert(0, HERE)

import scenes  # noqa: E402
from scenes import fault  # noqa: E402

WIDE, NARROW, HUGE = (1120, 760), (360, 720), (1600, 1000)
DARK = {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}
CONTRAST = {"ADW_DEBUG_HIGH_CONTRAST": "1"}
GERMAN = {"LANGUAGE": "de", "LC_ALL": "de_DE.UTF-8"}
FRAME = 5
SETTINGS = "[Settings]\ngtk-font-name=Cantarell 11\ngtk-decoration-layout=:close\ngtk-cursor-blink=false\n"
HOSTILE = '<b>x</b> & "Ω" שלום'


class Stage:
    """Sandbox and app of one scene, inside its desktop."""

    def __init__(self, directory, size):
        import desktop
        import programs
        self.desktop, self.programs = desktop, programs
        self.directory = directory
        self.width, self.height = size[0] + 2 * FRAME, size[1] + 2 * FRAME
        self.session = os.environ["TPT_SESSION_DIR"]
        self.sandbox = self.app = self.window = None

    def ctl(self, *arguments, stdin=None):
        code, answer, messages = self.programs.ctl(*arguments, stdin=stdin)
        assert code == 0, (arguments, messages)
        return answer

    def prepare(self, *options, customers=True, roles=True, extra=b""):
        """A signed-in record with its customers and meetings."""
        self.sandbox = self.programs.Sandbox(self.session, "--seed", "7", *options)
        os.environ.update(self.sandbox.environment())
        if not roles:
            fault(self, "/organization_memberships", 403)
        self.ctl("connect", "--token-stdin", stdin="sandbox-pat\n")
        if customers:
            path = os.path.join(self.session, "customers.csv")
            with open(path, "wb") as file:
                lines = self.sandbox.get("customers.csv").splitlines(keepends=True)
                file.write(b"".join(line for line in lines if b"<b>" not in line) + extra)
            self.ctl("customers", "import", path)
        self.ctl("sync")

    def open(self, sees):
        width, height = self.width, self.height
        for key, value in (("width", width), ("height", height)):
            subprocess.run(["gsettings", "set", schema(), f"window-{key}", str(value)], check=True)
        with open(os.path.expanduser("~/.config/gtk-4.0/settings.ini"), "w", encoding="utf-8") as file:
            file.write(SETTINGS)
        # A pointer on the window would raise tooltips.
        subprocess.run(["xdotool", "mousemove", str(width), str(height)], check=True)
        self.app = self.programs.Program(self.programs.program("touchpoint"), [], self.session)
        self.window = self.desktop.Application("touchpoint", self.app.process)
        self.window.sees(sees)
        self.settle()

    def settle(self):
        """Until nothing moves any more: two photographs in a row are the same."""
        path = os.path.join(self.session, "settle.ppm")

        def still():
            self.desktop.picture(path)
            with open(path, "rb") as file:
                first = file.read()
            time.sleep(0.4)
            self.desktop.picture(path)
            with open(path, "rb") as file:
                return first == file.read()

        self.desktop.wait(still, "a window that stands still", seconds=20)

    def book(self, url):
        """As the customer does: on the booking page, for the first free time."""
        from browser import Browser
        browser = Browser()
        assert browser.open(url) == 200, browser.text()
        assert browser.press("Schedule") in (200, 201), browser.text()

    def customer(self, name):
        self.key("ctrl+f")
        self.desktop.type_keys(name)
        self.settle()
        self.key("Return")

    def clear_search(self):
        self.key("ctrl+f")
        self.key("Escape")
        self.key("Tab", "Tab", "Tab")

    def key(self, *keys):
        self.desktop.focus("Touchpoint")
        self.desktop.key(*keys)
        self.settle()

    def scroll(self, clicks, left=False):
        """Turns the wheel over the page, or at the left, where dialogs are."""
        middle, corner = (str(180 if left else self.width - 30), str(self.height // 2)), (str(self.width), str(self.height))
        subprocess.run(["xdotool", "mousemove", *middle, "click", "--repeat", str(abs(clicks)), "5" if clicks > 0 else "4",
                        "mousemove", *corner], check=True)
        self.settle()

    def photograph(self, name):
        self.settle()
        path = os.path.join(self.directory, name + ".png")
        self.desktop.picture(path)
        # A window without a window manager draws a frame of its own, which no desktop shows.
        subprocess.run(["mogrify", "-shave", f"{FRAME}x{FRAME}", "+repage", "-strip", "+dither", "-colors", "256", "-define", "png:compression-level=9", path], check=True)
        print(path, flush=True)

    def stop(self):
        if self.app is not None:
            self.app.stop()
            sys.stderr.write(self.app.errors())
        if self.sandbox is not None:
            self.sandbox.stop()


def schema():
    names = subprocess.run(["gsettings", "list-schemas"], capture_output=True, text=True, check=True).stdout.split()
    return next(name for name in names if name.lower().endswith("touchpoint"))


def first_customer(stage):
    """The name of a customer with something to show: a meeting ahead, and the most bookings."""
    customers = stage.ctl("metrics", "--json")["customers"]

    def worth(entry):
        return entry["next_meeting_at"] is not None, entry["bookings"], entry["customer"]["name"]

    return max(customers, key=worth)["customer"]["name"]


def welcome(stage):
    stage.sandbox = stage.programs.Sandbox(stage.session, "--seed", "7")
    os.environ.update(stage.sandbox.environment())
    stage.open("Welcome to Touchpoint")
    stage.photograph("welcome")
    stage.window.press("Set Up")
    stage.photograph("welcome-connect")


def dashboard(stage, name="dashboard"):
    stage.prepare()
    quiet = [entry["customer"]["name"] for entry in stage.ctl("metrics", "--json")["customers"]
             if entry["next_meeting_at"] is None]
    for who in quiet[:2]:
        stage.ctl("link", "create", "--customer", who, "--json")
    stage.open("")
    stage.photograph(name)
    stage.scroll(30)
    stage.photograph(name + "-below")


def customer(stage, name="customer"):
    stage.prepare()
    who = first_customer(stage)
    stage.open("")
    for _ in range(2):
        link = stage.ctl("link", "create", "--customer", who, "--json")
    stage.book(link["url"])
    stage.ctl("sync")
    stage.customer(who)
    stage.clear_search()
    stage.photograph(name)
    stage.scroll(10)
    stage.photograph(name + "-below")
    stage.scroll(40)
    stage.photograph(name + "-end")
    stage.key("ctrl+shift+c")
    stage.photograph(name + "-toast")


def narrow(stage):
    stage.prepare()
    who = first_customer(stage)
    stage.open("")
    stage.photograph("narrow-dashboard")
    stage.key("Escape")
    stage.photograph("narrow-list")
    stage.customer(who)
    stage.photograph("narrow")
    for number in range(1, 5):
        stage.scroll(10)
        stage.photograph(f"narrow-{number}")


def preferences(stage, name="preferences"):
    stage.prepare()
    stage.open("")
    stage.key("ctrl+comma")
    for page in ("Account", "Relay", "Customers", "Event Types", "Health"):
        stage.window.sees(page)
        stage.desktop.act(stage.window.all(role="page tab", name=page)[-1])
        stage.photograph(f"{name}-{page.lower().replace(' ', '-')}")


def inbox(stage, name="inbox"):
    """Strangers with and without a guess: some customers are left out, or known by another domain."""
    stage.prepare(customers=False)
    lines = stage.sandbox.get("customers.csv").decode().splitlines(keepends=True)
    some = [lines[0]] + [line.replace(".example", ".test", 1) if number % 5 == 0 else line
                         for number, line in enumerate(lines[1:]) if number % 4 and "<b>" not in line]
    path = os.path.join(stage.session, "some.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("".join(some))
    stage.ctl("customers", "import", path)
    stage.open("")
    stage.key("alt+3")
    stage.photograph(name)
    stage.key(*["Down"] * 6)
    stage.photograph(name + "-guess")
    stage.key("r")
    stage.photograph(name + "-rule")
    stage.key("Escape")
    stage.key("n")
    stage.photograph(name + "-new")
    stage.key("Escape")
    stage.key("i")
    stage.photograph(name + "-toast")


def merge(stage, name="merge"):
    """Two customers become one, and one becomes two, by the keyboard alone."""
    stage.prepare()
    stage.open("")
    stage.customer(first_customer(stage))
    stage.photograph(name + "-page")
    stage.key("ctrl+m")
    stage.photograph(name + "-ask")
    stage.desktop.key("space")
    stage.settle()
    stage.desktop.type_keys("Zephyr")
    stage.photograph(name + "-search")
    stage.desktop.key("Down", "Return")
    stage.photograph(name)
    stage.desktop.act(stage.window.find(role=("push button", "button"), contains="_Merge"))
    stage.photograph(name + "-toast")
    stage.desktop.key("ctrl+z")
    stage.photograph(name + "-undone")
    stage.key("ctrl+shift+m")
    stage.desktop.type_keys("A Part")
    stage.desktop.key("Tab")
    stage.desktop.key("space")
    stage.photograph(name + "-split")


def organization(stage, name="organization"):
    """What the account page says of colleagues' meetings where they are not to be had, and of an account that moved."""
    stage.prepare(roles=False)
    stage.open("")
    stage.key("ctrl+comma")
    stage.photograph(name + "-role")
    stage.key("Escape")
    fault(stage)
    stage.ctl("sync", "--full")
    stage.key("ctrl+comma")
    once = {"path": "/scheduled_events", "status": 403, "times": 1,
            "body": {"title": "Permission Denied", "message": "Please upgrade to a paid Calendly account."}}
    stage.programs.fetch(stage.sandbox.control + "/faults", {"rules": [once]}, "PUT")
    stage.desktop.act(stage.window.find(role=("push button", "toggle button", "switch", "check box"), contains="colleagues"))
    stage.photograph(name + "-asked")
    stage.key("Escape")
    stage.key("ctrl+r")
    stage.key("ctrl+comma")
    stage.photograph(name + "-refused")
    stage.key("Escape")
    me = json.loads(stage.programs.fetch(stage.sandbox.api + "/users/me", headers={"Authorization": "Bearer sandbox-pat"})[1])
    me["resource"]["current_organization"] += "MOVED"
    fault(stage, "/users/me", 200, me)
    stage.programs.ctl("sync", "--full")
    stage.photograph(name + "-moved")


def relayed(stage):
    """A relay that was enrolled before colleagues' meetings were wanted."""
    stage.prepare()
    relay = stage.programs.Relay(stage.session, stage.sandbox)
    try:
        stage.ctl("relay", "set", relay.url, "--code", relay.code())
        stage.open("")
        stage.key("ctrl+comma")
        stage.desktop.act(stage.window.find(role=("push button", "toggle button", "switch", "check box"), contains="colleagues"))
        stage.photograph("organization-relay")
    finally:
        relay.stop()


def history(stage, name="history"):
    """An import of years while it goes on, paused, and at its end, with records that could not be read."""
    stage.prepare("--customers", "200", "--meetings", "5000", "--rate-limit", "0", "--now", "2024-09-01T10:00:00Z")
    slow = {"path": "/scheduled_events*", "delay_ms": 60}
    unreadable = {"path": "/scheduled_events/*/invitees", "times": 3, "status": 200, "body": {"collection": "none"}}
    stage.programs.fetch(stage.sandbox.control + "/faults", {"rules": [unreadable, slow]}, "PUT")
    stage.open("")
    stage.key("ctrl+comma")
    stage.desktop.act(stage.window.all(role="page tab", name="Health")[-1])
    stage.settle()
    stage.window.press("Import")
    time.sleep(2)
    stage.desktop.picture(os.path.join(stage.directory, name + "-running.png"))
    stage.window.press("Pause")
    stage.photograph(name + "-paused")
    fault(stage)
    stage.window.press("Resume")
    stage.window.sees("Done", 90)
    stage.photograph(name + "-end")


def shortcuts(stage):
    stage.prepare()
    stage.open("")
    stage.key("ctrl+question")
    stage.photograph("shortcuts")


def empty(stage):
    stage.prepare(customers=False)
    stage.open("")
    stage.photograph("empty")


def error(stage):
    stage.sandbox = stage.programs.Sandbox(stage.session, "--seed", "7")
    os.environ.update(stage.sandbox.environment())
    stage.open("No Keyring")
    stage.photograph("error")


def offline(stage):
    stage.prepare()
    stage.sandbox.stop()
    stage.open("")
    stage.key("ctrl+r")
    stage.photograph("offline")


def many(stage):
    stage.prepare("--customers", "200", "--meetings", "5000", "--rate-limit", "0")
    stage.open("")
    stage.photograph("many")
    stage.customer(first_customer(stage))
    stage.photograph("many-customer")


def hostile(stage):
    quoted = HOSTILE.replace('"', '""')
    stage.prepare(extra=f'"{quoted}",x.example,"<i>Gold</i>",,30,X-1,"{quoted}",omega@x.example,CTO\n'.encode())
    stage.open("")
    stage.customer("x.example")
    stage.photograph("hostile")
    stage.key("ctrl+shift+c")
    stage.photograph("hostile-toast")


SCENES = {
    "welcome": (welcome, WIDE, {}),
    "dashboard": (dashboard, WIDE, {}),
    "customer": (customer, WIDE, {}),
    "customer-dark": (lambda stage: customer(stage, "customer-dark"), WIDE, DARK),
    "narrow": (narrow, NARROW, {}),
    "huge": (lambda stage: dashboard(stage, "huge"), HUGE, {}),
    "huge-customer": (lambda stage: customer(stage, "huge-customer"), HUGE, {}),
    "preferences": (preferences, WIDE, {}),
    "narrow-preferences": (lambda stage: preferences(stage, "narrow-preferences"), NARROW, {}),
    "contrast": (lambda stage: customer(stage, "contrast"), WIDE, CONTRAST),
    "inbox": (inbox, WIDE, {}),
    "inbox-dark": (lambda stage: inbox(stage, "inbox-dark"), WIDE, DARK),
    "inbox-narrow": (lambda stage: inbox(stage, "inbox-narrow"), NARROW, {}),
    "inbox-german": (lambda stage: inbox(stage, "inbox-german"), NARROW, GERMAN),
    "merge": (merge, WIDE, {}),
    "merge-dark": (lambda stage: merge(stage, "merge-dark"), WIDE, DARK),
    "merge-narrow": (lambda stage: merge(stage, "merge-narrow"), NARROW, {}),
    "person": (lambda stage: scenes.person(stage, "person"), WIDE, {}),
    "person-dark": (lambda stage: scenes.person(stage, "person-dark"), WIDE, DARK),
    "person-narrow": (lambda stage: scenes.person(stage, "person-narrow"), NARROW, {}),
    "person-german": (lambda stage: scenes.person(stage, "person-german"), NARROW, GERMAN),
    "form": (lambda stage: scenes.form(stage, "form"), WIDE, {}),
    "form-dark": (lambda stage: scenes.form(stage, "form-dark"), WIDE, DARK),
    "form-narrow": (lambda stage: scenes.form(stage, "form-narrow"), NARROW, {}),
    "form-german": (lambda stage: scenes.form(stage, "form-german"), NARROW, GERMAN),
    "organization": (organization, WIDE, {}),
    "organization-narrow": (lambda stage: organization(stage, "organization-narrow"), NARROW, {}),
    "organization-relay": (relayed, WIDE, {}),
    "history": (history, WIDE, {}),
    "relay": (lambda stage: scenes.relay(stage, "relay"), WIDE, {}),
    "relay-dark": (lambda stage: scenes.relay(stage, "relay-dark"), WIDE, DARK),
    "relay-narrow": (lambda stage: scenes.relay(stage, "relay-narrow"), NARROW, {}),
    "health": (lambda stage: scenes.health(stage, "health"), WIDE, {}),
    "health-narrow": (lambda stage: scenes.health(stage, "health-narrow"), NARROW, {}),
    "away": (lambda stage: scenes.away(stage, "away"), WIDE, {}),
    "away-narrow": (lambda stage: scenes.away(stage, "away-narrow"), NARROW, {}),
    "account": (lambda stage: scenes.account(stage, "account"), WIDE, {}),
    "account-narrow": (lambda stage: scenes.account(stage, "account-narrow"), NARROW, {}),
    "unconnected": (lambda stage: scenes.unconnected(stage, "unconnected"), WIDE, {}),
    "event-types": (lambda stage: scenes.event_types(stage, "event-types"), WIDE, {}),
    "event-types-dark": (lambda stage: scenes.event_types(stage, "event-types-dark"), WIDE, DARK),
    "decisions": (lambda stage: scenes.decisions(stage, "decisions"), WIDE, {}),
    "decisions-narrow": (lambda stage: scenes.decisions(stage, "decisions-narrow"), NARROW, {}),
    "shortcuts": (shortcuts, WIDE, {}),
    "empty": (empty, WIDE, {}),
    "error": (error, WIDE, {"TPT_KEYRING": "none"}),
    "offline": (offline, WIDE, {}),
    "offline-tour": (lambda stage: scenes.offline_tour(stage, "offline-tour", first_customer), WIDE, {}),
    "offline-narrow": (lambda stage: scenes.offline_tour(stage, "offline-narrow", first_customer), NARROW, {}),
    "many": (many, WIDE, {}),
    "hostile": (hostile, WIDE, {}),
    "german": (lambda stage: customer(stage, "german"), WIDE, GERMAN),
    "german-narrow": (lambda stage: dashboard(stage, "german-narrow"), NARROW, GERMAN),
}


def forbid_keyring(session):
    """The bus would start a keyring for whoever asks; this makes it fail, as on a desktop that has none."""
    services = os.path.join(session, "run", "dbus-1", "services")
    os.makedirs(services, mode=0o700)
    os.chmod(os.path.join(session, "run"), 0o700)
    with open(os.path.join(services, "org.freedesktop.secrets.service"), "w", encoding="utf-8") as file:
        file.write("[D-BUS Service]\nName=org.freedesktop.secrets\nExec=/bin/false\n")


def play(directory, name):
    """Inside the desktop: one scene."""
    scene, size, _ = SCENES[name]
    stage = Stage(directory, size)
    try:
        scene(stage)
    except Exception:
        if stage.window is not None and stage.app.process.poll() is None:
            sys.stderr.write(stage.window.tree())
            stage.photograph("failed-" + name)
        raise
    finally:
        stage.stop()


def main():
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    directory, names = os.path.abspath(sys.argv[1]), sys.argv[2:] or list(SCENES)
    os.makedirs(directory, exist_ok=True)
    if "TPT_SCENE" in os.environ:
        play(directory, os.environ["TPT_SCENE"])
        return 0
    failed = 0
    for name in names:
        _, (width, height), variables = SCENES[name]
        screen = f"{width + 2 * FRAME}x{height + 2 * FRAME}"
        with tempfile.TemporaryDirectory(prefix="touchpoint-screens-") as files:
            scene = {"TPT_SCENE": name, "TPT_SCREEN": screen, "TPT_SESSION_DIR": files, "TPT_KEEP_SESSION": "1",
                     "GSETTINGS_BACKEND": "keyfile", **variables}
            if variables.get("TPT_KEYRING") == "none":
                forbid_keyring(files)
            session = [os.path.join(SUPPORT, "desktop-session"), sys.executable, __file__, directory]
            with open(os.path.join(directory, name + ".log"), "wb") as log:
                code = subprocess.run(session, env={**os.environ, **scene}, stderr=log, check=False).returncode
        if code != 0:
            print(f"{name} failed: see {log.name}", file=sys.stderr)
            failed += 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
