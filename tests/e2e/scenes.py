# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scenes of screens.py for states that come and go: the relay's, Calendly away, nobody connected, a list while it is fetched."""
import os
import time

BUTTON = ("push button", "button", "toggle button", "switch", "check box")


def fault(stage, path=None, status=200, body=None, delay=0):
    """From now on the sandbox answers that; without a path, as it should."""
    title = {"title": "Permission Denied", "message": "You do not have permission"}
    rule = {"path": path, "delay_ms": delay} if delay else {"path": path, "status": status, "body": body or title}
    code, _ = stage.programs.fetch(stage.sandbox.control + "/faults", {"rules": [rule] if path is not None else []}, "PUT")
    assert code in (200, 204), code


def press(stage, text):
    stage.desktop.act(stage.window.find(role=BUTTON, contains=text))


def click(stage, text):
    """On a text itself, where what is around it tells no action; windows stand in the corner of the screen here."""
    place = stage.desktop.Atspi.Component.get_extents(stage.window.find(role="label", contains=text),
                                                      stage.desktop.Atspi.CoordType.WINDOW)
    stage.desktop.click(place.x + place.width // 2, place.y + place.height // 2)
    stage.settle()


def show_page(stage, page):
    """A page of the preferences, opened where they are not yet."""
    if not stage.window.all(role="page tab", name=page):
        stage.key("ctrl+comma")
    stage.window.find(role="page tab", name=page)
    stage.desktop.act(stage.window.all(role="page tab", name=page)[-1])
    stage.settle()


def relay(stage, name):
    """From the enrolment to the relay's going away: each of its states, in the preferences and beside the list."""
    stage.prepare()
    process = stage.programs.Relay(stage.session, stage.sandbox)
    try:
        stage.open("")
        show_page(stage, "Relay")
        stage.window.type("Address, such as https://relay.example.com", process.url)
        stage.window.type("Enrolment code", "WRONG-CODE")
        press(stage, "Enrol")
        stage.window.sees("wrong or has expired")
        stage.photograph(name + "-wrong")
        stage.window.type("Enrolment code", process.code())
        press(stage, "Enrol")
        stage.window.sees("All right")
        stage.photograph(name + "-live")
        press(stage, "Send a Test")
        stage.window.sees("came back in")
        stage.photograph(name + "-test")
        stage.scroll(40, left=True)
        stage.photograph(name + "-checks")
        fault(stage, "/webhook_subscriptions*", 403,
              {"title": "Permission Denied", "message": "Please upgrade your Calendly account to Standard"})
        press(stage, "Check Now")
        stage.window.sees("paid Calendly plan")
        stage.photograph(name + "-plan")
        stage.scroll(-40, left=True)
        press(stage, "Forget This Relay")
        stage.photograph(name + "-forget")
        stage.desktop.key("Escape")
        stage.settle()
        stage.key("Escape")
        stage.photograph(name + "-polling")
        fault(stage)
        show_page(stage, "Relay")
        press(stage, "Check Now")
        stage.window.sees("Active")
        stage.key("Escape")
        stage.photograph(name + "-window")
        if stage.width < 600:
            # The list, and with it how news comes, is a page of its own.
            stage.key("Escape")
        process.stop()
        stage.window.sees("Reconnecting")
        stage.photograph(name + "-reconnecting")
    finally:
        process.stop()


def health(stage, name):
    """The health of a record that a relay keeps up to date."""
    stage.prepare()
    process = stage.programs.Relay(stage.session, stage.sandbox)
    try:
        stage.ctl("relay", "set", process.url, "--code", process.code())
        stage.open("")
        show_page(stage, "Health")
        stage.window.sees("Missed deliveries")
        stage.photograph(name)
        stage.scroll(40, left=True)
        stage.photograph(name + "-end")
    finally:
        process.stop()


def away(stage, name):
    """Signing in again while the relay is away that the browser would come back through."""
    stage.prepare()
    process = stage.programs.Relay(stage.session, stage.sandbox)
    stage.ctl("relay", "set", process.url, "--code", process.code())
    process.stop()
    stage.open("")
    stage.key("ctrl+shift+o")
    press(stage, "Sign In with Calendly")
    stage.window.sees("another way")
    stage.photograph(name)


def account(stage, name):
    """What the account page says below the first screen, for each way back from the browser."""
    stage.prepare()
    stage.open("")
    stage.key("ctrl+comma")
    stage.scroll(40, left=True)
    stage.photograph(name + "-ways")
    press(stage, "Disconnect")
    stage.photograph(name + "-disconnect")


def unconnected(stage, name):
    """Nobody ever connected: each page says so, with the next step."""
    stage.sandbox = stage.programs.Sandbox(stage.session, "--seed", "7")
    os.environ.update(stage.sandbox.environment())
    stage.open("Welcome to Touchpoint")
    press(stage, "Not Now")
    stage.photograph(name)
    stage.key("alt+3")
    stage.photograph(name + "-inbox")
    for page in ("Account", "Event Types", "Health"):
        show_page(stage, page)
        stage.photograph(f"{name}-{page.lower().replace(' ', '-')}")


def event_types(stage, name):
    """The list while it is fetched, what was refused, and one that nothing was found in."""
    stage.prepare()
    stage.open("")
    show_page(stage, "Event Types")
    stage.photograph(name)
    fault(stage, "/event_types*", delay=4000)
    press(stage, "Refresh")
    time.sleep(1)
    stage.desktop.picture(os.path.join(stage.directory, name + "-loading.png"))
    stage.settle()
    fault(stage, "/event_types*", 403)
    press(stage, "Refresh")
    stage.window.sees("Couldn’t refresh")
    stage.photograph(name + "-refused")
    stage.window.type("Search event types", "nothing like it")
    stage.photograph(name + "-none")


def offline_tour(stage, name, who):
    """Everything can be read while Calendly is away, and says from when it is."""
    stage.prepare()
    customer = who(stage)
    stage.sandbox.stop()
    stage.open("")
    stage.key("ctrl+r")
    stage.window.sees("What you see is from")
    stage.key("alt+3")
    stage.photograph(name + "-inbox")
    stage.customer(customer)
    stage.key("ctrl+shift+c")
    stage.window.sees("cannot be reached")
    stage.photograph(name + "-customer")
    for page in ("Account", "Event Types", "Health"):
        show_page(stage, page)
        stage.photograph(f"{name}-{page.lower().replace(' ', '-')}")


def decisions(stage, name):
    """What was decided in the inbox long ago, and is taken back."""
    stage.prepare()
    entries = stage.ctl("match", "list", "--json")
    for entry in entries[:2]:
        stage.ctl("match", "ignore", entry["uri"])
    stage.ctl("match", "rule", "old-firm.example", stage.ctl("customers", "list", "--json")[0]["name"])
    stage.open("")
    show_page(stage, "Customers")
    stage.scroll(40, left=True)
    for text in ("1 person", "1 rule"):
        click(stage, text)
    stage.scroll(40, left=True)
    stage.photograph(name)


SEVERAL = (b"Several Homes,several.example,Gold,,30,X-9,Ana Silva,ana@several.example;ana@home.example,CTO\n"
           b"Several Homes,several.example,Gold,,30,X-9,Bo Lind,bo@several.example,\n")


def person(stage, name):
    """Somebody with several addresses is edited and somebody else added, by the keyboard; what is wrong is told."""
    stage.prepare(extra=SEVERAL)
    stage.open("")
    stage.customer("several.example")
    stage.photograph(name + "-link")
    stage.scroll(60)
    stage.photograph(name + "-page")
    edit = "Edit Ana Silva" if "german" not in name else "Ana Silva bearbeiten"
    stage.desktop.act(stage.window.all(role=BUTTON, name=edit)[0])
    stage.settle()
    stage.photograph(name)
    stage.scroll(40, left=True)
    stage.photograph(name + "-below")
    stage.desktop.key("Tab", "Tab", "Tab", "space")
    stage.settle()
    stage.desktop.type_keys("lisbon")
    stage.photograph(name + "-zone")
    stage.desktop.key("Down", "Return")
    stage.photograph(name + "-zone-chosen")
    stage.desktop.key("Tab")
    stage.desktop.key("ctrl+a")
    stage.desktop.type_keys("bo@several.example")
    stage.photograph(name + "-wrong")
    stage.desktop.key("ctrl+a")
    stage.desktop.type_keys("ana@school.example")
    stage.desktop.key("Return")
    stage.photograph(name + "-toast")
    stage.scroll(60)
    stage.desktop.act(stage.window.all(role=BUTTON, name="Add Person" if "german" not in name else "Person hinzufügen")[0])
    stage.photograph(name + "-new")


FIELDS = "name,Region,Seats,Remarks\nSeveral Homes,North,120,Renews by hand; wants an offer in writing before Christmas.\n"


def form(stage, name):
    """What is known of a customer is edited, and a new one made, by the keyboard; what is wrong is told."""
    stage.prepare(extra=SEVERAL)
    path = os.path.join(stage.session, "fields.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write(FIELDS)
    stage.ctl("customers", "import", path)
    stage.open("")
    stage.customer("several.example")
    stage.scroll(60)
    stage.photograph(name + "-page")
    stage.key("ctrl+e")
    stage.photograph(name)
    stage.scroll(40, left=True)
    stage.photograph(name + "-below")
    stage.scroll(-60, left=True)
    stage.desktop.key("ctrl+a")
    stage.desktop.type_keys("Several Houses")
    stage.desktop.key("Return")
    stage.photograph(name + "-toast")
    stage.key("ctrl+n")
    stage.photograph(name + "-new")
    stage.desktop.type_keys("several houses")
    stage.desktop.key(*["Tab"] * 4)
    stage.desktop.type_keys("nobody")
    stage.photograph(name + "-wrong")
    stage.desktop.key("ctrl+a")
    stage.desktop.key("BackSpace")
    stage.desktop.key(*["shift+Tab"] * 4)
    stage.desktop.key("ctrl+a")
    stage.desktop.type_keys("Quite New")
    stage.desktop.key("Return")
    stage.photograph(name + "-made")
