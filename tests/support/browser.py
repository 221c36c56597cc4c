# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A browser without a picture: fetches a page, keeps cookies, fills in its form as a person would, presses a button.

As a program (browser.py ADDRESS) it is what the desktop opens an address with; TPT_BROWSER says what the person at it does:
allow, deny, or look (open the page and leave it). Each address is written to $TPT_SESSION_DIR/browser.log.
"""
import html.parser
import http.cookiejar
import os
import sys
import urllib.parse
import urllib.request


class Form:
    def __init__(self, action, method):
        self.action, self.method = action, method
        self.fields, self.choices, self.buttons = [], {}, []


class Reader(html.parser.HTMLParser):
    """Takes the forms and the visible text out of a page."""

    def __init__(self):
        super().__init__()
        self.forms, self.text, self._button, self._silent = [], [], None, 0

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag in ("script", "style"):
            self._silent += 1
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), (given.get("method") or "get").lower()))
        elif tag in ("input", "button", "select", "textarea") and self.forms:
            self._field(tag, given)

    def _field(self, tag, given):
        form, kind, name = self.forms[-1], (given.get("type") or "text").lower(), given.get("name")
        if tag == "button" or kind == "submit":
            self._button = [name, given.get("value") or "", given.get("value") or "", given.get("formaction")]
            form.buttons.append(self._button)
        elif kind == "radio":
            form.choices.setdefault(name, []).append(given.get("value") or "on")
            if "checked" in given:
                form.fields.append((name, given.get("value") or "on"))
        elif kind != "checkbox" or "checked" in given:
            form.fields.append((name, given.get("value") or ("on" if kind == "checkbox" else "")))

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self._silent -= 1
        if tag == "button":
            self._button = None

    def handle_data(self, data):
        if self._button is not None:
            self._button[2] = (self._button[2] + " " + data).strip()
        if not self._silent and data.strip():
            self.text.append(data.strip())


class Browser:
    def __init__(self):
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.opener.addheaders = [("User-Agent", "Touchpoint-Test-Browser/1.0")]
        self.address = self.body = self.page = None

    def open(self, address, data=None):
        try:
            answer = self.opener.open(address, data, timeout=30)
        except urllib.error.HTTPError as refusal:
            answer = refusal
        self.address, self.body = answer.geturl(), answer.read().decode("utf-8", "replace")
        self.page = Reader()
        self.page.feed(self.body)
        return answer.status

    def press(self, label, **fields):
        """Presses the button whose text holds label, with the given fields changed; an unanswered choice takes its first."""
        for form in self.page.forms:
            for name, value, text, target in form.buttons:
                if label.lower() in text.lower():
                    return self._send(form, name, value, target, fields)
        raise AssertionError(f"No button “{label}” at {self.address}: {' '.join(self.page.text)[:300]}")

    def _send(self, form, name, value, target, fields):
        sent = [(key, fields.get(key, was)) for key, was in form.fields if key]
        for choice, options in form.choices.items():
            if not any(key == choice for key, _ in sent):
                sent.append((choice, fields.get(choice, options[0])))
        sent += [(key, text) for key, text in fields.items() if not any(k == key for k, _ in sent)]
        if name:
            sent.append((name, value))
        address = urllib.parse.urljoin(self.address, target or form.action or self.address)
        encoded = urllib.parse.urlencode(sent)
        if form.method == "post":
            return self.open(address, encoded.encode())
        return self.open(address.split("?")[0] + "?" + encoded)

    def text(self):
        return " ".join(self.page.text)


def main():
    address = sys.argv[1]
    with open(os.path.join(os.environ["TPT_SESSION_DIR"], "browser.log"), "a", encoding="utf-8") as log:
        log.write(address + "\n")
    browser = Browser()
    browser.open(address)
    what = os.environ.get("TPT_BROWSER", "look")
    if what != "look" and browser.page.forms:
        browser.press(what)


if __name__ == "__main__":
    main()
