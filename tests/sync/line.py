"""A telephone line to head office that can be cut: a TCP relay on loopback."""

from __future__ import annotations

import contextlib
import socket
import threading


class Line:
    """Relays connections to head office. ``cut_after`` bytes from head office in all, the line goes dead for once.

    With ``silent`` it takes connections and never says anything.
    """

    def __init__(self, url: str, *, cut_after: int | None = None, silent: bool = False) -> None:
        host, _, port = url.removeprefix("http://").rpartition(":")
        self._office = (host, int(port))
        self._cut_after = cut_after
        self._silent = silent
        self.carried = 0
        self.connections = 0
        self._open: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def close(self) -> None:
        self._hang_up(self._listening)
        for each in list(self._open):
            self._hang_up(each)
        for thread in self._threads:
            thread.join(5)
            assert not thread.is_alive()

    def _accept(self) -> None:
        while True:
            try:
                till, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(till)
            if self._silent:
                continue
            office = socket.create_connection(self._office)
            self._open.append(office)
            for source, target, counted in ((till, office, False), (office, till, True)):
                thread = threading.Thread(target=self._carry, args=(source, target, counted))
                self._threads.append(thread)
                thread.start()

    def _carry(self, source: socket.socket, target: socket.socket, counted: bool) -> None:
        try:
            while chunk := source.recv(1024):
                if counted:
                    self.carried += len(chunk)
                    if self._cut_after is not None and self.carried > self._cut_after:
                        self._cut_after = None
                        break
                target.sendall(chunk)
        except OSError:
            pass
        finally:
            self._hang_up(source)
            self._hang_up(target)

    def _hang_up(self, each: socket.socket) -> None:
        with contextlib.suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
        each.close()
