# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real browser: Chromium without a screen, driven by ChromeDriver in plain WebDriver (W3C)."""
import json
import os
import shutil
import time
import urllib.error
import urllib.request

import programs

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
PATIENCE = 60.0


class Chromium(programs.Program):
    """keys: hashes of public keys (base64 of SHA-256) that are trusted although nobody known has signed them."""

    def __init__(self, directory, keys=()):
        self.port = programs.free_port()
        self.profile = os.path.join(directory, "chromium")
        os.makedirs(self.profile, exist_ok=True)
        super().__init__(shutil.which("chromedriver") or "/usr/bin/chromedriver", [f"--port={self.port}"], directory)
        self._await_driver()
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                     "--no-proxy-server", f"--user-data-dir={self.profile}"]
        if keys:
            arguments.append("--ignore-certificate-errors-spki-list=" + ",".join(keys))
        options = {"binary": shutil.which("chromium") or "/usr/bin/chromium", "args": arguments}
        answer = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}})
        self.session = f"/session/{answer['sessionId']}"

    def _await_driver(self):
        end = time.monotonic() + PATIENCE
        while True:
            try:
                if self._ask("GET", "/status")["ready"]:
                    return
            except urllib.error.URLError:
                if time.monotonic() > end or self.process.poll() is not None:
                    raise RuntimeError(f"ChromeDriver did not start: {self.errors()}") from None
            time.sleep(0.05)

    def _ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data,
                                         {"Content-Type": "application/json"}, method=method)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=PATIENCE) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as refusal:
            raise RuntimeError(f"{method} {path}: {refusal.read().decode('utf-8', 'replace')[:600]}") from None

    def open(self, address):
        self._ask("POST", self.session + "/url", {"url": address})

    def press(self, selector):
        found = self._ask("POST", self.session + "/element", {"using": "css selector", "value": selector})
        self._ask("POST", f"{self.session}/element/{found[ELEMENT]}/click", {})

    def address(self):
        return self._ask("GET", self.session + "/url")

    def _page(self):
        """The address and the text of one page: asked for one after the other, they may be of two."""
        script = "return [location.href, document.body ? document.body.innerText : '']"
        return self._ask("POST", self.session + "/execute/sync", {"script": script, "args": []})

    def wait(self, condition, what):
        """Until the page fulfils condition, which is given its address and its text."""
        end = time.monotonic() + PATIENCE
        while True:
            address, text = self._page()
            if condition(address, text):
                return address
            assert time.monotonic() < end, f"{what}: at {address.split('?')[0]} it says {text[:300]!r}"
            time.sleep(0.05)

    def stop(self, *arguments, **more):
        try:
            self._ask("DELETE", self.session)
        except (urllib.error.URLError, RuntimeError):
            pass  # it may be gone already
        return super().stop(*arguments, **more)
