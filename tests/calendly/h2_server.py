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
import h2.settings

BODY = b'{"resource":{}}'
HEADERS = [(":status", "200"), ("content-type", "application/json"), ("content-length", str(len(BODY)))]


class Http2Server:
    """Each request is answered as behave says: "ok", "goaway", "rst", "rst-body", "stall", "zero-window"."""

    def __init__(self, certificate, key):
        self.behave, self.requests = "ok", []
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)
        self.context.set_alpn_protocols(["h2"])
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

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

    def _talk(self, stream):
        config = h2.config.H2Configuration(client_side=False, header_encoding="utf-8")
        connection = h2.connection.H2Connection(config)
        if self.behave == "zero-window":
            connection.local_settings = h2.settings.Settings(
                client=False, initial_values={h2.settings.SettingCodes.INITIAL_WINDOW_SIZE: 0})
        connection.initiate_connection()
        stream.sendall(connection.data_to_send())
        while data := stream.recv(65536):
            for event in connection.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    self.requests.append(dict(event.headers))
                if isinstance(event, h2.events.StreamEnded):
                    self._answer(connection, event.stream_id)
            stream.sendall(connection.data_to_send())

    def _answer(self, connection, number):
        if self.behave == "goaway":
            connection.close_connection(h2.errors.ErrorCodes.ENHANCE_YOUR_CALM, last_stream_id=0)
        elif self.behave == "rst":
            connection.reset_stream(number, h2.errors.ErrorCodes.INTERNAL_ERROR)
        elif self.behave == "rst-body":
            connection.send_headers(number, HEADERS)
            connection.send_data(number, BODY[:5])
            connection.reset_stream(number, h2.errors.ErrorCodes.CANCEL)
        elif self.behave == "stall":
            connection.send_headers(number, HEADERS)
            connection.send_data(number, BODY[:5])
        else:
            connection.send_headers(number, HEADERS)
            connection.send_data(number, BODY, end_stream=True)
