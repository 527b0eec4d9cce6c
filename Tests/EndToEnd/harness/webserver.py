"""nginx and Apache with the least configuration, in front of one program at /account."""

import os
import socket
import subprocess
import time
from pathlib import Path

from .gateway import Program
from .site import free_port

NGINX = """
{user}daemon off; pid {run}/nginx.pid; error_log {run}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {run}/body; proxy_temp_path {run}/proxy; fastcgi_temp_path {run}/fastcgi;
    uwsgi_temp_path {run}/uwsgi; scgi_temp_path {run}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location /account {{ include /etc/nginx/fastcgi_params; fastcgi_pass unix:{socket}; }}
    }}
}}
"""

APACHE = """
ServerName localhost
Listen 127.0.0.1:{port}
ServerRoot {run}
DocumentRoot {run}
PidFile {run}/apache.pid
ErrorLog {run}/error.log
DefaultRuntimeDir {run}
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
"""

APACHE_CGI = APACHE + """
LoadModule alias_module /usr/lib/apache2/modules/mod_alias.so
LoadModule cgid_module /usr/lib/apache2/modules/mod_cgid.so
ScriptSock {run}/cgid.sock
ScriptAlias /account {program}
<Location />
Require all granted
</Location>
"""

APACHE_FASTCGI = APACHE + """
LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
LoadModule proxy_fcgi_module /usr/lib/apache2/modules/mod_proxy_fcgi.so
ProxyPass /account unix:{socket}|fcgi://localhost/account
"""

CONFIGURATIONS = {"nginx": NGINX, "apache-fastcgi": APACHE_FASTCGI, "apache-cgi": APACHE_CGI}


class Client:
    """Who asks a server at a port."""

    port: int

    def exchange(self, request: bytes) -> "Reply":
        """Sends bytes as they are, and reads until the server hangs up."""
        with socket.create_connection(("127.0.0.1", self.port), 20) as connection:
            connection.sendall(request)
            data = b""
            while part := connection.recv(65536):
                data += part
        return Reply(data)

    def get(self, target: str, *fields: str, method: str = "GET", body: bytes = b"") -> "Reply":
        """Asks for a target with these header fields."""
        head = [f"{method} {target} HTTP/1.1", "Host: localhost", "Connection: close", *fields, "", ""]
        return self.exchange("\r\n".join(head).encode() + body)

    def post(self, target: str, body: bytes, *fields: str) -> "Reply":
        """Posts a form."""
        return self.get(
            target, "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}", *fields,
            method="POST", body=body)


class WebServer(Client):
    """One of `CONFIGURATIONS`, and the program behind it."""

    def __init__(self, kind: str, file: Path, directory: Path):
        self.kind = kind
        self.port = free_port()
        self._program = None if kind == "apache-cgi" else Program(file, directory)
        configuration = directory / "server.conf"
        configuration.write_text(CONFIGURATIONS[kind].format(
            run=directory, port=self.port, program=file, socket=directory / "fastcgi.sock",
            # Started by root, nginx would work as a user who cannot reach the socket.
            user="user root;\n" if os.getuid() == 0 else ""))
        command = (
            ["nginx", "-e", directory / "error.log", "-c", configuration] if kind == "nginx"
            else ["apache2", "-D", "FOREGROUND", "-f", configuration])
        self._process = subprocess.Popen(command)

    def __enter__(self) -> "WebServer":
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.1)
        raise AssertionError(f"{self.kind} did not start")

    def __exit__(self, *_) -> None:
        self._process.terminate()
        self._process.wait(20)
        if self._program:
            self._program.__exit__()


class Reply:
    """What a web server sent back."""

    def __init__(self, data: bytes):
        head, _, self.body = data.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(lines[0].split()[1])
        self.fields = [tuple(line.split(": ", 1)) for line in lines[1:]]

    def field(self, name: str) -> str | None:
        values = [value for field, value in self.fields if field.lower() == name.lower()]
        assert len(values) < 2, f"{name} came {len(values)} times"
        return values[0] if values else None

    def __getitem__(self, name: str) -> str:
        """The value of a line `name value` that `gateway-echo` wrote."""
        values = [line.split(" ", 1)[1] for line in self.body.decode().splitlines() if line.startswith(name + " ")]
        assert len(values) == 1, f"{name} in {self.body!r}"
        return values[0]
