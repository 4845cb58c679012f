"""`ondit serve`: the desk, a ledger in the browser."""

import argparse
import getpass
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ondit.cli.exit_codes import ExitCode
from ondit.cli.ledgers import add_ledger_options, ledger_name
from ondit.cli.options import add_sources_option, own_sources

if TYPE_CHECKING:
    import socket

    from ondit.web import Access

HELP = "open a ledger in the browser"
DESCRIPTION = (
    "Serves a ledger as web pages for reading, mapping and reviewing, to this machine alone. To be reached from elsewhere it needs a token "
    "or user accounts. Nothing is loaded from the network."
)
_PORT = 8765
_ROLES = ("reader", "reviewer", "owner")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    add_ledger_options(parser, writes=True)
    add_sources_option(parser)
    parser.add_argument(
        "--host", metavar="HOST", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)"
    )
    parser.add_argument("--port", metavar="PORT", type=int, default=_PORT, help=f"the port (default: {_PORT}; 0: any)")
    parser.add_argument(
        "--name", dest="names", metavar="NAME", action="append", default=[],
        help="a host name under which it is reached, for example behind a proxy; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--token", metavar="TOKEN", nargs="?", const="", default=os.environ.get("ONDIT_TOKEN"),
        help="who knows the token comes in, with any name; made up when none is given (or in ONDIT_TOKEN)",
    )  # fmt: skip
    parser.add_argument("--users", metavar="FILE", type=Path, help="user accounts: who is in the file comes in")
    parser.add_argument("--add-user", metavar="NAME", help="add somebody to the file of --users, and end")
    parser.add_argument("--role", choices=_ROLES, default="reviewer", help="the role of --add-user (default: reviewer)")
    parser.add_argument("--certificate", metavar="FILE", type=Path, help="TLS certificate (PEM) to serve https with")
    parser.add_argument("--key", metavar="FILE", type=Path, help="the key of the certificate")
    parser.add_argument("--create", action="store_true", help="make the ledger when there is none")


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted."""
    try:
        import jinja2  # noqa: F401
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as error:
        sys.stderr.write(
            f"ondit: error: the desk needs {error.name}, which is not installed: pip install 'ondit[web]'\n"
        )
        return ExitCode.USAGE
    from ondit.ledger import LedgerError
    from ondit.web.safety.users import UsersError

    try:
        return _add_user(arguments) if arguments.add_user else _serve(arguments)
    except UsersError as error:
        sys.stderr.write(f"ondit: error: {error}\n")
        return ExitCode.USAGE
    except LedgerError as error:
        sys.stderr.write(f"ondit: error: {error} [ledger]\n")
        return ExitCode.NO_LEDGER


def _add_user(arguments: argparse.Namespace) -> int:
    from ondit.web.safety.users import Role, UsersError, add_user

    if not arguments.users:
        raise UsersError("name the file of users: --users FILE")
    password = getpass.getpass("password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    add_user(arguments.users, arguments.add_user, Role(arguments.role), password)
    sys.stdout.write(f"{arguments.add_user} is a {arguments.role} in {arguments.users}\n")
    return ExitCode.ALL_READ


def _access(arguments: argparse.Namespace, owner: str) -> "Access":
    from ondit.web import Access
    from ondit.web.safety.hosts import is_loopback
    from ondit.web.safety.tokens import new_token
    from ondit.web.safety.users import UsersError, read_users

    users = read_users(arguments.users) if arguments.users else None
    token = "" if users or arguments.token is None else arguments.token or new_token()
    if not users and not token and not is_loopback(arguments.host):
        raise UsersError(
            f"{arguments.host} can be reached from other machines; add --token or --users FILE, or leave --host out"
        )
    return Access(owner, token, users, secure=bool(arguments.certificate))


def _listen(host: str, port: int) -> "socket.socket":
    """The socket; raises `UsersError` with what to do when the port is taken or the host is none."""
    import socket

    from ondit.web.safety.users import UsersError

    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        raise UsersError(f"{host}:{port} cannot be listened on ({error}); name another --host or --port") from error


def _serve(arguments: argparse.Namespace) -> int:
    import uvicorn

    from ondit.cli.folders import imported_layers
    from ondit.ledger import Ledger
    from ondit.settings import Settings
    from ondit.web import Desk, Ledgers, make_app

    settings = Settings(gazetteer_layers=imported_layers(), sources=own_sources(arguments))

    def open_one() -> Ledger:
        return Ledger.open(arguments.ledger, create=False, by=arguments.by, settings=settings)

    with Ledger.open(arguments.ledger, create=arguments.create, by=arguments.by, settings=settings) as first:
        owner = first.by
    access = _access(arguments, owner)
    desk = Desk(Ledgers.of_file(arguments.ledger, open_one), access, Path(ledger_name(arguments)).name)
    app = make_app(desk, names=frozenset(name.lower() for name in (*arguments.names, arguments.host)))
    config = uvicorn.Config(
        app, host=arguments.host, port=arguments.port, log_level="warning", server_header=False,
        ssl_certfile=arguments.certificate, ssl_keyfile=arguments.key,
    )  # fmt: skip
    listening = _listen(arguments.host, arguments.port)
    host = f"[{arguments.host}]" if ":" in arguments.host else arguments.host
    scheme = "https" if arguments.certificate else "http"
    sys.stdout.write(f"{ledger_name(arguments)} is on the desk: {scheme}://{host}:{listening.getsockname()[1]}/\n")
    if access.token and not arguments.token:
        sys.stdout.write(f"token: {access.token}\n")
    sys.stdout.flush()
    uvicorn.Server(config).run(sockets=[listening])
    return ExitCode.ALL_READ
