# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives real windows through AT-SPI, as a screen reader would, and the keyboard, the clipboard and the screen through X.

Runs inside tests/support/desktop-session. Every wait has a bound and says what did not come.
"""
import os
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = 30.0


class NotThere(AssertionError):
    """What was waited for did not come in time."""


def wait(condition, what, seconds=PATIENCE):
    """Asks condition until it answers with something true; that answer is returned."""
    end = time.monotonic() + seconds
    while True:
        try:
            found = condition()
        except GLib.Error:
            # The tree changed under the walk: the next look sees it whole.
            found = None
        if found:
            return found
        if time.monotonic() > end:
            raise NotThere(f"{what}: not there after {seconds:.0f} s")
        time.sleep(0.03)


def walk(node, depth=0):
    """Yields node and all that is below it. A node that went away is left out."""
    if node is None or depth > 60:
        return
    yield node
    try:
        count = node.get_child_count()
    except GLib.Error:
        return
    for index in range(min(count, 3000)):
        try:
            child = node.get_child_at_index(index)
        except GLib.Error:
            continue
        yield from walk(child, depth + 1)


def showing(node):
    """Whether node has a place on the screen. GTK 4.8 tells no state of that kind; what was never shown has no size."""
    if not node.get_state_set().contains(Atspi.StateType.VISIBLE):
        return False
    extents = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
    return extents.width > 0 and extents.height > 0


def texts(node):
    """Every (item, name) and (item, text) below node, in order."""
    for item in walk(node):
        try:
            name = item.get_name()
            if name:
                yield item, name
            if item.get_role() in (Atspi.Role.TEXT, Atspi.Role.ENTRY):
                yield item, Atspi.Text.get_text(item, 0, -1)
        except GLib.Error:
            continue


class Application:
    """The accessible tree of one running program."""

    def __init__(self, name, process=None):
        self.name = name
        self.process = process

    def root(self):
        if self.process is not None and self.process.poll() is not None:
            raise NotThere(f"{self.name} ended with status {self.process.returncode}")
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None and child.get_name() == self.name:
                return child
        return None

    def all(self, role=None, name=None, contains=None, visible=True):
        found = []
        for node in walk(self.root()):
            try:
                label = node.get_name() or ""
                if role is not None and node.get_role_name() not in (role if isinstance(role, tuple) else (role,)):
                    continue
                if name is not None and label != name:
                    continue
                if contains is not None and contains not in label:
                    continue
                if visible and not showing(node):
                    continue
            except GLib.Error:
                continue
            found.append(node)
        return found

    def find(self, role=None, name=None, contains=None, seconds=PATIENCE):
        wanted = " ".join(str(part) for part in (role, name, contains) if part is not None)
        return wait(lambda: self.all(role, name, contains), f"{self.name}: {wanted}", seconds)[0]

    def sees(self, text, seconds=PATIENCE):
        """Waits until a text is in the window, where it can be read."""
        def there():
            return any(text in content and showing(item) for item, content in texts(self.root()))

        return wait(there, f"{self.name}: the text “{text}”", seconds)

    def press(self, name=None, role=("push button", "button", "toggle button", "menu item", "list item"), contains=None):
        node = self.find(role, name, contains)
        act(node)
        return node

    def type(self, name, text):
        """Puts text into the entry with that name."""
        node = self.find(("text", "password text", "entry"), name)
        Atspi.EditableText.set_text_contents(node, text)
        return node

    def tree(self):
        """The visible tree as text, for a person to read when something was not there."""
        lines = []

        def add(node, depth):
            if node is None or depth > 40:
                return
            try:
                if "Component" not in node.get_interfaces() or showing(node):
                    lines.append(f"{'  ' * depth}{node.get_role_name()} “{node.get_name()}”")
                for index in range(min(node.get_child_count(), 300)):
                    add(node.get_child_at_index(index), depth + 1)
            except GLib.Error:
                return

        add(self.root(), 0)
        return "\n".join(lines)


def act(node):
    """Does the first action of node, or of what is inside or around it, as a press would."""
    for item in [*walk(node), node.get_parent()]:
        if item is not None and "Action" in item.get_interfaces() and Atspi.Action.get_n_actions(item) > 0:
            Atspi.Action.do_action(item, 0)
            return
    raise NotThere(f"{node.get_role_name()} “{node.get_name()}” has no action")


def focus(title):
    """Gives the keyboard to the window with that in its title, as a window manager would."""
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", title], capture_output=True, check=True)
    subprocess.run(["xdotool", "windowfocus", "--sync", found.stdout.split()[-1].decode()], check=True)


def key(*keys):
    """Presses keys as X names them, such as 'ctrl+shift+c'."""
    subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)


def type_keys(text):
    """Types text key by key into what has the focus."""
    subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "5", text], check=True)


def wait_window(title):
    """Waits for a window with that title, of whatever program: the file chooser may be a portal's."""
    def there():
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", f"^{title}$"], capture_output=True, check=False)
        return found.stdout.split()

    return wait(there, f"a window “{title}”")[-1].decode()


def point(x, y):
    subprocess.run(["xdotool", "mousemove", str(x), str(y)], check=True)


def click(x, y):
    subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "1"], check=True)


def clipboard(seconds=PATIENCE):
    def read():
        result = subprocess.run(["xclip", "-selection", "clipboard", "-o"], capture_output=True, check=False)
        return result.stdout.decode() if result.returncode == 0 else None

    return wait(read, "something on the clipboard", seconds)


def clear_clipboard():
    subprocess.run(["xclip", "-selection", "clipboard", "-i", "/dev/null"], check=True)


def picture(path):
    """Photographs the whole screen."""
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    subprocess.run(["import", "-silent", "-window", "root", path], check=True)
    return path
