# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The check of the widgets is run on small trees that break its rules, and on one that keeps them all."""
import os
import sys
import tempfile

import check_widgets

UI = '<interface><template class="TptA" parent="AdwBin"><child>%s</child></template></interface>'
ICON = '<property name="icon-name">x-symbolic</property>'
TIP = '<property name="tooltip-text" translatable="yes">Go</property>'
NAME = '<accessibility><property name="label" translatable="yes">Go</property></accessibility>'
MARKUP = '<property name="use-markup">True</property>'
FIXED = '<property name="label" translatable="yes">Go</property>'
BOUND = '<property name="label" bind-source="TptA" bind-property="name"/>'
TITLE = '<property name="title" bind-source="TptA" bind-property="name"/>'
PLAIN = '<property name="use-markup">False</property>'
ACTION = '<property name="action-name">win.%s</property>'
CODE = ('static void\na (GtkWidgetClass *k)\n{\n'
        '  gtk_widget_class_install_action (k, "win.good", NULL, NULL);\n%s}\n')


def widget(name, *parts, id_=""):
    return UI % (f'<object class="{name}"{id_}>' + "".join(parts) + "</object>")


# A .ui file, what stands in the code beside it, and what must be found; nothing where that is empty.
CASES = [
    (widget("GtkButton", ICON, NAME), "", "has no tooltip-text"),
    (widget("GtkButton", ICON, TIP), "", "has no accessible label"),
    (widget("GtkMenuButton", ICON, TIP), "", "GtkMenuButton has no accessible label"),
    (widget("GtkToggleButton", ICON), "", "GtkToggleButton has no tooltip-text"),
    (widget("GtkButton", ICON, TIP, NAME), "", ""),
    (widget("GtkButton", FIXED), "", ""),
    (widget("GtkButton", id_=' id="go"'), "  gtk_button_set_label (self->go, text);\n", ""),
    (widget("GtkButton", id_=' id="go"'), "  gtk_button_set_label (self->other, text);\n", "GtkButton go has no"),
    (widget("GtkLabel", MARKUP, BOUND), "", "as markup"),
    (widget("GtkLabel", MARKUP, FIXED), "", ""),
    (widget("GtkLabel", MARKUP, FIXED, id_=' id="name"'), "", "as markup"),
    (widget("GtkLabel", BOUND), "", ""),
    (widget("AdwActionRow", TITLE), "", "as markup"),
    (widget("AdwActionRow", PLAIN, TITLE), "", ""),
    (widget("AdwActionRow", id_=' id="row"'),
     "  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), name);\n", "as markup"),
    (widget("GtkButton", FIXED, ACTION % "good"), "", ""),
    (widget("GtkButton", FIXED, ACTION % "bad"), "", "there is no action win.bad"),
    (widget("GtkBox"), '  gtk_widget_activate_action (w, "app.bad", NULL);\n', "there is no action app.bad"),
    (widget("GtkBox"), '  TptShortcut e = { "win.menu", "F10", N_("General"), N_("Menu"), TRUE };\n', ""),
    (widget("GtkBox"), '  TptShortcut e = { "win.menu", "F10", N_("General"), N_("Menu"), FALSE };\n', "win.menu"),
    (widget("GtkBox"), "  gtk_label_set_markup (label, name);\n", "not as markup"),
]


def run(ui, code):
    with tempfile.TemporaryDirectory() as root:
        for path, content in (("data/ui/tpt-a.ui", ui), ("src/ui/tpt-a.c", CODE % code)):
            os.makedirs(os.path.join(root, os.path.dirname(path)), exist_ok=True)
            with open(os.path.join(root, path), "w", encoding="utf-8") as file:
                file.write(content)
        return check_widgets.check(root)


def main():
    failed = 0
    for number, (ui, code, wanted) in enumerate(CASES, 1):
        found = run(ui, code)
        good = any(wanted in problem for problem in found) if wanted else not found
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} - {wanted or 'nothing to find'}", "" if good else found)
    print(f"1..{len(CASES)}")
    return 1 if failed else 0


sys.exit(main())
