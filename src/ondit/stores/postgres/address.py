"""The address of a ledger in PostgreSQL: what goes to the driver, the schema, and the name that messages show."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ondit.stores.addresses import shown_name
from ondit.stores.contract import StoreError

SCHEMA = "ondit"
"""The schema of a ledger whose address names none."""

_NAME = re.compile(r"(?!pg_)[a-z_][a-z0-9_]{0,62}")
_WAYS: dict[str, str | int | None] = {
    "application_name": "ondit",
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}


@dataclass(frozen=True, slots=True)
class Address:
    """What `libpq` connects by, the schema in which the ledger lies, and the address as it is shown; `secrets` are never shown."""

    conninfo: str
    schema: str
    shown: str
    secrets: frozenset[str]

    def clean(self, text: str) -> str:
        """A message of the server or the driver without the password."""
        for secret in sorted(self.secrets, key=len, reverse=True):
            text = text.replace(secret, "…")
        return " ".join(text.split())


def parse_address(url: str) -> Address:
    """`postgresql://[user[:password]@][host][:port]/[database][?parameters]`, with `schema=NAME` beside the parameters that libpq knows.

    Raises `StoreError` for what is no address; its message holds nothing of the address that could be a password.
    """
    shown = shown_name(url)
    base, _, query = url.partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    schema = dict(pairs).get("schema", SCHEMA)
    if not _NAME.fullmatch(schema):
        raise StoreError(
            f"{shown}: '{schema}' is no name for a ledger's schema; use small letters, digits and underscores: ?schema=mali_2024"
        )
    rest = urlencode([(name, value) for name, value in pairs if name != "schema"], quote_via=quote)
    try:
        given = conninfo_to_dict(f"{base}?{rest}" if rest else base)
    except psycopg.Error:
        given = {}
    # A mark in a password that should have been escaped moves the rest of it into the port and the database.
    ports = str(given.get("port") or "").split(",")
    if not given or not all(port.isdigit() or not port for port in ports) or "@" in str(given.get("dbname") or ""):
        raise StoreError(
            f"{shown}: this is no address of a database; write postgresql://USER@HOST:PORT/DATABASE, with %40 for an @ and %2F for a / "
            "in a name or password, and only parameters that libpq knows"
        )
    secrets = {str(given[name]) for name in ("password", "sslpassword") if given.get(name)}
    return Address(
        make_conninfo("", **_WAYS | given), schema, shown, frozenset(secrets | {quote(s, safe="") for s in secrets})
    )
