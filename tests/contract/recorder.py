# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An HTTP proxy in front of the sandbox that keeps every request with its answer."""
import http.client
import http.server
import threading


class Exchange:
    """One request and its answer; bodies are bytes."""

    def __init__(self, method, target, headers, body):
        self.method, self.headers, self.body = method, headers, body
        self.path, _, self.query = target.partition("?")
        self.status, self.answer, self.answer_headers = None, b"", None

    def __str__(self):
        return f"{self.method} {self.path}?{self.query}"


class Recorder:
    def __init__(self, address):
        self.target = address.split("//")[1]
        self.exchanges = []
        recorder = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one(self):
                recorder.forward(self)

            do_GET = do_POST = do_DELETE = do_PATCH = do_PUT = handle_one

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def forward(self, handler):
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        exchange = Exchange(handler.command, handler.path, handler.headers, body)
        connection = http.client.HTTPConnection(self.target, timeout=60)
        headers = {name: value for name, value in handler.headers.items()
                   if name.lower() not in ("connection", "accept-encoding", "transfer-encoding")}
        connection.request(handler.command, handler.path, body or None, headers)
        answer = connection.getresponse()
        exchange.status, exchange.answer, exchange.answer_headers = answer.status, answer.read(), answer.headers
        connection.close()
        self.exchanges.append(exchange)
        handler.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("connection", "content-length", "transfer-encoding", "content-encoding", "date", "server"):
                handler.send_header(name, value)
        if answer.status != 204:
            handler.send_header("Content-Length", str(len(exchange.answer)))
        handler.end_headers()
        handler.wfile.write(exchange.answer)
