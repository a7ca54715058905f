"""A provider of identities on loopback (OpenID Connect): it says of everybody who comes what it was told to say."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


class _Answers(BaseHTTPRequestHandler):
    server: "Provider"

    def do_GET(self) -> None:
        base = self.server.address
        answers: dict[str, Any] = {
            "/.well-known/openid-configuration": {
                "issuer": base,
                "authorization_endpoint": f"{base}/authorize",
                "token_endpoint": f"{base}/token",
                "userinfo_endpoint": f"{base}/userinfo",
                "jwks_uri": f"{base}/keys",
            },
            "/userinfo": self.server.says,
        }
        self._answer(answers[self.path])

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer({"access_token": "t", "token_type": "Bearer"})

    def _answer(self, value: object) -> None:
        data = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        pass


class Provider(ThreadingHTTPServer):
    """The provider, until its `with` block ends."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.says: dict[str, object] = {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def config(self, *, trusts_mail: bool) -> str:
        """A `floor.toml` that names this provider."""
        return (
            f'[[sign_in]]\nid = "union"\nname = "The union"\nserver = "{self.address}"\n'
            f'client = "floor"\nsecret = "s"\ntrusts_mail = {str(trusts_mail).lower()}\n'
        )

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *args: object) -> None:
        self.shutdown()
        self.server_close()
