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
    return node.get_state_set().contains(Atspi.StateType.SHOWING)


def texts(node):
    """Every name and text below node, in order."""
    for item in walk(node):
        try:
            if item.get_name():
                yield item.get_name()
            text = item.get_text_iface()
            if text is not None:
                content = Atspi.Text.get_text(text, 0, -1)
                if content and content != item.get_name():
                    yield content
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
        """Waits until a text is in the window."""
        return wait(lambda: any(text in t for t in texts(self.root())), f"{self.name}: the text “{text}”", seconds)

    def gone(self, text, seconds=PATIENCE):
        return wait(lambda: not any(text in t for t in texts(self.root())), f"{self.name}: no text “{text}”", seconds)

    def press(self, name=None, role=("push button", "button", "toggle button", "menu item", "list item"), contains=None):
        node = self.find(role, name, contains)
        act(node)
        return node

    def type(self, name, text):
        """Puts text into the entry with that name."""
        node = self.find(("text", "password text", "entry"), name)
        node.get_component_iface().grab_focus()
        editable = wait(node.get_editable_text_iface, f"an editable text in “{name}”")
        Atspi.EditableText.set_text_contents(editable, text)
        return node

    def tree(self):
        """The visible tree as text, for a person to read when something was not there."""
        lines = []

        def add(node, depth):
            if node is None or depth > 40:
                return
            try:
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
        action = item.get_action_iface() if item is not None else None
        if action is not None and Atspi.Action.get_n_actions(action) > 0:
            Atspi.Action.do_action(action, 0)
            return
    raise NotThere(f"{node.get_role_name()} “{node.get_name()}” has no action")


def key(*keys):
    """Presses keys as X names them, such as 'ctrl+shift+c'."""
    subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)


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
