import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from click.testing import CliRunner

from quorate.cli import main

_csrf = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_address = re.compile(r"http://([\d.]+):(\d+)")


@dataclass
class Answer:
    """What the server answered."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def location(self) -> str:
        return self.headers.get("location", "")


@dataclass
class Browser:
    """Somebody at a browser without script: it keeps cookies, and sends forms as they were shown."""

    host: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    page: str = ""

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, **typed: str | list[str]) -> Answer:
        """Send a form; its CSRF token is that of the page shown last. Of a list each is sent under the same name."""
        found = _csrf.search(self.page)
        data = {"csrfmiddlewaretoken": found[1] if found else "", **typed}
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://{self.host}:{self.port}",
        }
        return self._ask("POST", path, urlencode(data, doseq=True), headers)

    def post_bytes(self, path: str, **typed: str) -> bytes:
        """Send a form that is answered with a file."""
        return self.post(path, **typed).text.encode("latin-1")

    def get_bytes(self, path: str) -> bytes:
        """Get a file."""
        return self.get(path).text.encode("latin-1")

    def send_file(self, path: str, field: str, content: bytes, **typed: str) -> Answer:
        """Send a form with a file."""
        found, mark = _csrf.search(self.page), "----of-a-form"
        data = {"csrfmiddlewaretoken": found[1] if found else "", **typed}
        fields = [f'name="{name}"\r\n\r\n{value}'.encode() for name, value in data.items()]
        fields.append(f'name="{field}"; filename="members.csv"\r\n\r\n'.encode() + content)
        head = f"--{mark}\r\nContent-Disposition: form-data; ".encode()
        body = b"".join(head + each + b"\r\n" for each in fields) + f"--{mark}--\r\n".encode()
        headers = {
            "Content-Type": f"multipart/form-data; boundary={mark}",
            "Origin": f"http://{self.host}:{self.port}",
        }
        return self._ask("POST", path, body, headers)

    def follow(self, answer: Answer) -> Answer:
        """Go where an answer leads."""
        assert answer.status in (302, 303), (answer.status, answer.text)
        return self.get(answer.location)

    def _ask(
        self,
        method: str,
        path: str,
        body: str | bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        parts = urlsplit(path)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        sent = {
            "Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items()),
            **(headers or {}),
        }
        connection = HTTPConnection(self.host, self.port, timeout=20)
        try:
            connection.request(method, target, body, sent)
            response = connection.getresponse()
            data = response.read()
        finally:
            connection.close()
        for set_cookie in response.headers.get_all("Set-Cookie") or []:
            for key, morsel in SimpleCookie(set_cookie).items():
                self.cookies[key] = morsel.value
        is_file = response.headers.get_content_type() == "application/pdf"
        text = data.decode("latin-1" if is_file else "utf-8")
        named = {key.lower(): value for key, value in response.headers.items()}
        if method == "GET":
            self.page = text
        return Answer(response.status, named, text)


@dataclass
class Floor:
    """An organisation that is being served."""

    folder: Path
    host: str
    port: int
    process: "subprocess.Popen[str]"

    def quorate(self, *args: str) -> str:
        """What a command prints that is run in the folder of the organisation."""
        result = CliRunner(env={"QUORATE_DIR": str(self.folder)}).invoke(
            main, [*args], catch_exceptions=False
        )
        assert result.exit_code == 0, result.output
        return result.output

    def browser(self) -> Browser:
        """A browser in which nobody has signed in."""
        return Browser(self.host, self.port)

    def link(self, who: str) -> str:
        """A link that lets somebody in."""
        env = {**os.environ, "QUORATE_DIR": str(self.folder)}
        command = [sys.executable, "-m", "quorate.cli", "invite", who, "--json"]
        out = subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout
        [found] = re.findall(r'"http://[^"]*(/sign-in/[^"]+)"', out)
        return str(found)

    def signed_in(self, who: str) -> Browser:
        """A browser in which somebody has come in by a link."""
        browser, link = self.browser(), self.link(who)
        assert browser.get(link).status == 200
        assert browser.post(link).status == 302
        return browser


def run_floor(folder: Path, log: Path | None = None) -> Iterator[Floor]:
    """The floor of an organisation, served by a process of its own until this ends; what it complains of goes to `log`."""
    command = [sys.executable, "-m", "quorate.cli", "serve", "--dir", str(folder), "--port", "0"]
    with (
        Path(log or os.devnull).open("w", encoding="utf-8") as complaints,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=complaints if log else None, text=True
        ) as process,
    ):
        try:
            assert process.stdout is not None
            found = _address.search(process.stdout.readline())
            assert found is not None
            yield Floor(folder, found[1], int(found[2]), process)
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def floor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floor]:
    """The co-operative at its meeting, with a vote open; see `meeting.yaml`."""
    yield from run_floor(found(tmp_path_factory.mktemp("floor") / "house"))


def found(folder: Path, *more: str) -> Path:
    """The folder of the co-operative as `meeting.yaml` leaves it, after the acts of some further files of ours."""
    runner = CliRunner(env={"QUORATE_DIR": str(folder)})
    now = datetime.now(UTC) - timedelta(minutes=1)
    clerk = ["--name", "Lindenhof", "--clerk", "Ada Lint", "--handle", "ada"]
    scripts = []
    for name in ("meeting.yaml", *more):
        text = (Path(__file__).parent / name).read_text(encoding="utf-8")
        acts = folder.with_name(name)
        acts.write_text(
            text.replace("NOW", f"{now:%Y-%m-%d %H:%M}").replace("TODAY", f"{now:%Y-%m-%d}")
        )
        scripts.append(["act", str(acts)])
    for args in (["init", *clerk, "--origin", "example.org/lindenhof"], *scripts):
        result = runner.invoke(main, args, catch_exceptions=False)
        assert result.exit_code == 0, result.output
    return folder
