# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server of HTTP/2 that behaves as badly as it is told."""
import socket
import ssl
import threading

import h2.config
import h2.connection
import h2.errors
import h2.events

BODY = b'{"resource":{}}'
# Windows are opened by so much.
NARROW, WIDE = 100, 16384
HEADERS = [(":status", "200"), ("content-type", "application/json"), ("content-length", str(len(BODY)))]


class Http2Server:
    """Each request is answered as behave says: "ok", "goaway", "rst", "rst-body", "stall", "late-goaway".

    With "zero-window" no more of a request's body may come than 65,535 bytes, with which every window begins (RFC 9113,
    section 6.9.2); with "narrow" a little at a time.
    The next `times` connections are so or, without it, all.
    """

    def __init__(self, certificate, key):
        self.behave, self.times, self.requests, self.connections = "ok", None, [], 0
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)
        self.context.set_alpn_protocols(["h2"])
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def set(self, behave, times=None):
        self.behave, self.times, self.requests, self.connections = behave, times, [], 0

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        try:
            with self.context.wrap_socket(client, server_side=True) as stream:
                self._talk(stream)
        except (OSError, h2.exceptions.H2Error):
            pass

    def _take(self):
        self.connections += 1
        return self.behave if self.times is None or self.connections <= self.times else "ok"

    def _talk(self, stream):
        behave = self._take()
        config = h2.config.H2Configuration(client_side=False, header_encoding="utf-8")
        connection = h2.connection.H2Connection(config)
        connection.initiate_connection()
        stream.sendall(connection.data_to_send())
        while data := stream.recv(65536):
            for event in connection.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    self.requests.append(dict(event.headers))
                if isinstance(event, h2.events.DataReceived) and behave != "zero-window":
                    self._open(connection, event, NARROW if behave == "narrow" else WIDE)
                if isinstance(event, h2.events.StreamEnded):
                    self._answer(connection, event.stream_id, behave)
            stream.sendall(connection.data_to_send())

    @staticmethod
    def _open(connection, event, least):
        """Opens the windows again when they are closed, or nearly so."""
        while connection.inbound_flow_control_window < least:
            connection.increment_flow_control_window(least)
        while not event.stream_ended and connection.remote_flow_control_window(event.stream_id) < least:
            connection.increment_flow_control_window(least, event.stream_id)

    @staticmethod
    def _answer(connection, number, behave):
        if behave == "goaway":
            connection.close_connection(h2.errors.ErrorCodes.ENHANCE_YOUR_CALM, last_stream_id=0)
        elif behave == "rst":
            connection.reset_stream(number, h2.errors.ErrorCodes.INTERNAL_ERROR)
        elif behave == "rst-body":
            connection.send_headers(number, HEADERS)
            connection.send_data(number, BODY[:5])
            connection.reset_stream(number, h2.errors.ErrorCodes.CANCEL)
        elif behave == "stall":
            connection.send_headers(number, HEADERS)
            connection.send_data(number, BODY[:5])
        else:
            connection.send_headers(number, HEADERS)
            connection.send_data(number, BODY, end_stream=True)
            if behave == "late-goaway":
                connection.close_connection(last_stream_id=number)
