"""A head office as a child process on loopback: started, found by the address it announces, stopped with its parent."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from pos_member.domain.errors import Fault

_START_SECONDS = 30.0
_STOP_SECONDS = 10.0


class HeadOfficeProcess:
    """``head-office serve`` in its own process. It ends when its standard input closes, so it never outlives us."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self._folder = folder
        self._port = port
        self._child: subprocess.Popen[str] | None = None
        self._announced = threading.Event()
        self.url = ""

    def start(self) -> str:
        """Starts it and answers with its base address. ``Fault`` ``head_office_not_started`` with its last words."""
        root = Path(__file__).resolve().parents[2]
        command = [
            *(sys.executable, str(root / "main.py"), "head-office", "serve"),
            *("--data", str(self._folder), "--port", str(self._port), "--until-input-closes"),
        ]
        self._announced.clear()
        self.url = ""
        self._child = subprocess.Popen(  # noqa: S603 - our own program
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        threading.Thread(target=self._listen, args=(self._child,), name="head-office-output", daemon=True).start()
        self._announced.wait(_START_SECONDS)
        if not self.url:
            words = self._last_words()
            self.stop()
            raise Fault(
                "head_office_not_started", "总部服务没有启动：{reason}", retryable=True, reason=words or "没有回应"
            )
        self._port = int(self.url.rpartition(":")[2])
        return self.url

    def stop(self) -> None:
        """Ends it in order; the next start comes up at the same port."""
        child, self._child = self._child, None
        if child is None:
            return
        if child.stdin is not None:
            child.stdin.close()
        try:
            child.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        for stream in (child.stdout, child.stderr):
            if stream is not None:
                stream.close()

    def kill(self) -> None:
        """Ends it as a power cut would."""
        if self._child is not None:
            self._child.kill()
        self.stop()

    def _listen(self, child: subprocess.Popen[str]) -> None:
        if child.stdout is None:
            return
        line = child.stdout.readline().strip()
        self.url = line if line.startswith("http") else ""
        self._announced.set()
        while child.stdout.readline():
            pass

    def _last_words(self) -> str:
        child = self._child
        if child is None or child.stderr is None or child.poll() is None:
            return ""
        lines = child.stderr.read().strip().splitlines()
        return lines[-1] if lines else ""
