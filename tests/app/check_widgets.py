# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be pressed has a name, what strangers wrote is no markup, and what is named as an action exists."""
import os
import re
import sys
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lint"))
import tree  # noqa: E402

BUTTONS = {"GtkButton", "GtkMenuButton", "GtkToggleButton", "GtkLinkButton", "AdwSplitButton"}
# An image on its own is none of these.
TEXTS = {"GtkLabel", "AdwButtonContent", "TptChip"}
ROWS = {"AdwActionRow", "AdwComboRow", "AdwExpanderRow", "AdwEntryRow", "AdwPasswordEntryRow", "AdwPreferencesRow"}
ACTION = re.compile(r"\b(?:app|win|window)\.[a-z][a-z-]*")


def prop(widget, name):
    return next((p for p in widget.findall("property") if p.get("name") == name), None)


def named_in_code(sources, id_, setter):
    return id_ is not None and re.search(rf"\b{setter}\s*\(\s*(?:\w+\s*\(\s*)?self->{id_}\b", sources) is not None


def has_text(widget, sources):
    label = prop(widget, "label")
    if label is not None and (label.text or label.get("bind-source")):
        return True
    if named_in_code(sources, widget.get("id"), r"gtk_(?:menu_)?button_set_label"):
        return True
    return any(child.get("class") in TEXTS for child in widget.iter("object") if child is not widget)


def nameless(widget, sources):
    """What a button without a text lacks."""
    lacks = []
    id_ = widget.get("id")
    if prop(widget, "tooltip-text") is None and not named_in_code(sources, id_, "gtk_widget_set_tooltip_text"):
        lacks.append("tooltip-text")
    names = [p.get("name") for p in widget.findall("accessibility/property")]
    names += [r.get("name") for r in widget.findall("accessibility/relation")]
    if not {"label", "labelled-by"} & set(names) \
       and not named_in_code(sources, id_, "gtk_accessible_update_property"):
        lacks.append("accessible label")
    return lacks


def unsafe(widget, sources):
    """Whether words of strangers can get into this widget as markup."""
    markup = prop(widget, "use-markup")
    if widget.get("class") == "GtkLabel":
        on = markup is not None and (markup.text or "").lower() in ("true", "1", "yes")
        text = prop(widget, "label")
        fixed = text is not None and text.get("translatable") == "yes" and widget.get("id") is None
        return on and not fixed
    if widget.get("class") not in ROWS or (markup is not None and (markup.text or "").lower() == "false"):
        return False
    id_ = widget.get("id")
    words = [prop(widget, name) for name in ("title", "subtitle")]
    return any(word is not None and word.get("bind-source") for word in words) \
        or named_in_code(sources, id_, r"adw_(?:preferences|action|expander)_row_set_(?:title|subtitle)")


def read_actions(root):
    """Every action that exists: installed on a class, or an entry of the application."""
    actions = {"window.close", "window.minimize"}
    for path in tree.files(root, ["src/ui", "src/app"], (".c",)):
        text = tree.code(tree.read(root, path), strings=False)
        actions.update(re.findall(r'install_action\s*\(\s*\w+\s*,\s*"([^"]+)"', text))
        if path.startswith("src/app/"):
            actions.update(f"app.{name}" for name in re.findall(r'\{\s*\.name\s*=\s*"([^"]+)"', text))
    return actions


def by_widget(text):
    """The rows of a table of shortcuts that a widget answers to itself: no action stands behind them."""
    return set(re.findall(r'\{\s*"([^"]+)",(?:[^{}"]|"[^"]*")*?\bTRUE\s*\}', text))


def check_actions(root):
    problems = []
    actions = read_actions(root)
    for path in tree.files(root, ["src/ui", "src/app"], (".c",)):
        text = tree.code(tree.read(root, path), strings=False)
        excused = by_widget(text)
        for number, line in tree.numbered(text):
            for literal in re.findall(r'"((?:app|win|window)\.[a-z-]+)"', line):
                if literal not in actions and literal not in excused:
                    problems.append(f"{path}:{number}: there is no action {literal}")
            if "gtk_label_set_markup" in line:
                problems.append(f"{path}:{number}: a label is set as text, not as markup")
    for path in tree.files(root, ["data/ui"], (".ui",)):
        for number, line in tree.numbered(tree.read(root, path)):
            if re.search(r'name="(?:action-name|action)"', line):
                problems.extend(f"{path}:{number}: there is no action {action}"
                                for action in ACTION.findall(line) if action not in actions)
    return problems


def check_widgets(root):
    problems = []
    for path in tree.files(root, ["data/ui"], (".ui",)):
        source = path.replace("data/ui", "src/ui").replace(".ui", ".c")
        sources = tree.code(tree.read(root, source)) if os.path.exists(os.path.join(root, source)) else ""
        for widget in ElementTree.fromstring(tree.read(root, path)).iter("object"):
            what = f"{path}:1: {widget.get('class')} {widget.get('id') or ''}".rstrip()
            if widget.get("class") in BUTTONS and not has_text(widget, sources):
                problems.extend(f"{what} has no {lack}" for lack in nameless(widget, sources))
            if unsafe(widget, sources):
                problems.append(f"{what} reads what others wrote as markup")
    return problems


def check(root):
    return check_widgets(root) + check_actions(root)


if __name__ == "__main__":
    tree.report(check(sys.argv[1]))
