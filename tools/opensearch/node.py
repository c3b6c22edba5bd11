"""A real OpenSearch node for tests, on this machine only: ``python tools/opensearch/node.py [PORT]`` runs one till Ctrl+C.

With ``--measured`` it runs as OpenSearch is shipped (all compilers of Java, files mapped into memory), for benchmarks; for
tests, which live minutes, it starts faster without.
Maven fetches what ``pom.xml`` names into its own store, once; what is made of it lies in ``.cache/opensearch``.
"""

from __future__ import annotations

import fcntl
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

HERE = Path(__file__).resolve().parent
MADE = HERE.parents[1] / ".cache" / "opensearch"
_CLASSPATH = MADE / "classpath.txt"
_HEAP = ("-Xms256m", "-Xmx1g")
_OPTIONS = ("-Djava.security.manager=allow", "-Dlog4j2.disable.jmx=true")
_SHORT, _MEASURED = ("-XX:TieredStopAtLevel=1",), ("-Dgongkai.mmap=true",)
_LOOKS, _BETWEEN = 6000, 0.1


class MissingError(Exception):
    """There is no node, and the message says why."""


def fetched() -> bool:
    """Whether all is here that a node is made of."""
    if not _CLASSPATH.is_file() or not (MADE / "Node.class").is_file():
        return False
    older = (MADE / "Node.class").stat().st_mtime < max(
        (HERE / name).stat().st_mtime for name in ("Node.java", "pom.xml")
    )
    return not older and all(Path(jar).is_file() for jar in _CLASSPATH.read_text("utf-8").split(":"))


def fetch() -> None:
    """Have everything here.

    Raises:
        MissingError: when Maven or Java is missing, or Maven cannot reach its registry.
    """
    if fetched():
        return
    if lacking := [name for name in ("mvn", "javac", "java") if not shutil.which(name)]:
        raise MissingError(f"{'、'.join(lacking)} is missing")
    MADE.mkdir(parents=True, exist_ok=True)
    with (MADE / "lock").open("a") as lock:  # tests run in several processes
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not fetched():
            _make()


def _make() -> None:
    pom = ["-f", str(HERE / "pom.xml"), f"-Dmdep.outputFile={_CLASSPATH}"]
    patience = ["-Daether.connector.connectTimeout=10000", "-Daether.connector.requestTimeout=60000"]
    _run(["mvn", "-q", "-B", "-ntp", *patience, "dependency:build-classpath", *pom])
    _run(["javac", "-proc:none", "-cp", _CLASSPATH.read_text("utf-8"), "-d", str(MADE), str(HERE / "Node.java")])


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise MissingError(f"{command[0]}: {(done.stdout + done.stderr).strip()[-500:]}")


class Running:
    """A node with its data below ``home``; it may be killed and started again."""

    def __init__(self, home: Path, port: int, *more: str, wait: bool = True, measured: bool = False) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._options = (*_HEAP, *_OPTIONS, *(_MEASURED if measured else _SHORT))
        self._home, self._words = home, (str(port), *(more or ("one",)))
        self._process: subprocess.Popen[bytes] | None = None
        self.start(wait=wait)

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None

    def start(self, *, wait: bool = True) -> None:
        """Start it, and wait until it answers."""
        self._home.mkdir(parents=True, exist_ok=True)
        classpath = f"{MADE}:{_CLASSPATH.read_text('utf-8')}"
        with (self._home / "log.txt").open("ab") as log:
            command = ["java", *self._options, "-cp", classpath, "Node", str(self._home), *self._words]
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        if wait:
            self.wait()

    def wait(self) -> None:
        """Wait until it answers.

        Raises:
            MissingError: when it ends instead.
        """
        for _ in range(_LOOKS):
            if self._process and self._process.poll() is not None:
                raise MissingError((self._home / "log.txt").read_text("utf-8")[-2000:])
            try:
                with urlopen(f"{self.url}/_cluster/health?wait_for_status=yellow"):
                    return
            except (URLError, ConnectionError, TimeoutError):
                time.sleep(_BETWEEN)
        raise MissingError("it does not start")

    def kill(self) -> None:
        """As a power cut does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it in order."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process:
            self._process.send_signal(how)
            self._process.wait()
        self._process = None


if __name__ == "__main__":
    fetch()
    with tempfile.TemporaryDirectory() as scratch:
        ports = [int(word) for word in sys.argv[1:] if word.isdigit()]
        node = Running(Path(scratch), *(ports or [9200]), measured="--measured" in sys.argv)
        sys.stdout.write(f"{node.url}\n")
        sys.stdout.flush()
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            signal.pause()
        except KeyboardInterrupt:
            pass
        finally:
            node.stop()
