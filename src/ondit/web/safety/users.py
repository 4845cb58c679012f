"""Who may use the desk: roles, and the file of users."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from ondit.web.safety.passwords import SHORTEST, hash_password, is_right


class Role(StrEnum):
    """What somebody may do; each may do what those before may."""

    READER = "reader"  # read, search and export
    REVIEWER = "reviewer"  # decide and comment
    OWNER = "owner"  # add reports and settle


_RANK = tuple(Role)


@dataclass(frozen=True, slots=True)
class User:
    """Somebody at the desk. `name` stands beside what they decide."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Is their role enough?"""
        return _RANK.index(self.role) >= _RANK.index(role)


class UsersError(Exception):
    """A file of users that cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Users:
    """The users of a file."""

    roles: Mapping[str, Role] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)

    def enter(self, name: str, password: str) -> User | None:
        """The user, when name and password fit; an unknown name takes as long as a wrong password."""
        kept = self.hashes.get(name)
        if kept is None:
            is_right(password, next(iter(self.hashes.values()), ""))
            return None
        return User(name, self.roles[name]) if is_right(password, kept) else None

    def find(self, name: str) -> User | None:
        """The user of a name, for a session that was begun before."""
        return User(name, self.roles[name]) if name in self.roles else None


def read_users(path: Path) -> Users:
    """The users of a TOML file: a table for each name, with `role` and `password` (a scrypt hash). Raises `UsersError`."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsersError(f"{path}: {error.strerror}; 'ondit serve --users {path} --add-user NAME' makes it") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsersError(f"{path}: this is no TOML file: {error}") from error
    roles: dict[str, Role] = {}
    hashes: dict[str, str] = {}
    for name, table in tables.items():
        try:
            roles[name], hashes[name] = Role(table["role"]), str(table["password"])
        except (KeyError, TypeError, ValueError) as error:
            known = ", ".join(Role)
            raise UsersError(f"{path}: '{name}' needs a role ({known}) and a password: {error}") from error
    if not roles:
        raise UsersError(f"{path}: there is nobody in it; 'ondit serve --users {path} --add-user NAME' adds somebody")
    return Users(roles, hashes)


def add_user(path: Path, name: str, role: Role, password: str) -> None:
    """Append a user to the file, which only its owner may read. Raises `UsersError` for a name that is there or a short password."""
    if path.exists() and path.stat().st_size and name in read_users(path).roles:
        raise UsersError(f"{path}: '{name}' is there already; remove the table from the file to set a new password")
    if len(password) < SHORTEST:
        raise UsersError(f"a password has at least {SHORTEST} characters")
    if not name.strip() or not name.isprintable() or set(name) & set("\"\\'"):
        raise UsersError("a name has printable characters, no quotes and no backslashes")
    path.touch(mode=0o600)
    with path.open("a", encoding="utf-8") as file:
        file.write(f'["{name}"]\nrole = "{role}"\npassword = "{hash_password(password)}"\n\n')
