"""The data migrations of a plugin: which there are, and which of them an upgrade runs."""

import re

from dlpx.virtualization.common.util import is_text
from dlpx.virtualization.platform.exceptions import (
    MigrationIdAlreadyUsedError,
    MigrationIdIncorrectFormatError,
    MigrationIdIncorrectTypeError,
)

#: The kinds of objects that migrations change.
KINDS = ("repository", "source_config", "linked_source", "virtual_source", "snapshot")


class UpgradeMigrations(object):
    """Functions by object kind and canonical id."""

    #: What an id must look like, and the same in words.
    FORMAT = None
    FORMAT_IN_WORDS = None

    def __init__(self):
        self._functions = {kind: {} for kind in KINDS}

    def add(self, kind, migration_id, impl):
        """Raises a PlatformError for an id that is no string, has another form, or means the same as one that is there."""
        canonical = self._canonical(migration_id, impl.__name__)
        self._functions[kind][canonical] = impl

    def functions(self, kind):
        """Functions of a kind by canonical id, as a new dict."""
        return dict(self._functions[kind])

    def get_sorted_ids(self):
        """All ids, each once, in numeric order."""
        return sorted({key for functions in self._functions.values() for key in functions}, key=parts_of)

    def _canonical(self, migration_id, function_name):
        if not is_text(migration_id):
            raise MigrationIdIncorrectTypeError(migration_id, function_name)
        if re.match(self.FORMAT, migration_id) is None:
            raise MigrationIdIncorrectFormatError(migration_id, function_name, self.FORMAT_IN_WORDS)
        return ".".join(str(part) for part in self._meaning(migration_id, function_name))

    def _meaning(self, migration_id, function_name):
        """The integers that an id stands for."""
        raise NotImplementedError

    def _impls_to_exec(self, kind, wanted):
        """The functions of a kind that an upgrade runs, in numeric order."""
        raise NotImplementedError

    def add_repository(self, migration_id, impl):
        self.add("repository", migration_id, impl)

    def add_source_config(self, migration_id, impl):
        self.add("source_config", migration_id, impl)

    def add_linked_source(self, migration_id, impl):
        self.add("linked_source", migration_id, impl)

    def add_virtual_source(self, migration_id, impl):
        self.add("virtual_source", migration_id, impl)

    def add_snapshot(self, migration_id, impl):
        self.add("snapshot", migration_id, impl)

    def get_repository_dict(self):
        return self.functions("repository")

    def get_source_config_dict(self):
        return self.functions("source_config")

    def get_linked_source_dict(self):
        return self.functions("linked_source")

    def get_virtual_source_dict(self):
        return self.functions("virtual_source")

    def get_snapshot_dict(self):
        return self.functions("snapshot")

    def get_repository_impls_to_exec(self, wanted):
        return self._impls_to_exec("repository", wanted)

    def get_source_config_impls_to_exec(self, wanted):
        return self._impls_to_exec("source_config", wanted)

    def get_linked_source_impls_to_exec(self, wanted):
        return self._impls_to_exec("linked_source", wanted)

    def get_virtual_source_impls_to_exec(self, wanted):
        return self._impls_to_exec("virtual_source", wanted)

    def get_snapshot_impls_to_exec(self, wanted):
        return self._impls_to_exec("snapshot", wanted)


class PlatformUpgradeMigrations(UpgradeMigrations):
    """From one version of a plugin to a later one; `wanted` are ids. An id is used once over all kinds: '1.2' is '01.02' is '1.2.0'."""

    FORMAT = r"\d+(\.\d+)*\Z"
    FORMAT_IN_WORDS = "integers joined by dots that are not all zero, such as '2026.11.21'"

    def __init__(self):
        super(PlatformUpgradeMigrations, self).__init__()
        self._given = {}

    def add(self, kind, migration_id, impl):
        super(PlatformUpgradeMigrations, self).add(kind, migration_id, impl)
        self._given[self._canonical_of(migration_id)] = migration_id

    def _meaning(self, migration_id, function_name):
        parts = _without_trailing_zeros(migration_id)
        if not parts:
            raise MigrationIdIncorrectFormatError(migration_id, function_name, self.FORMAT_IN_WORDS)
        canonical = ".".join(str(part) for part in parts)
        if canonical in self._given:
            raise MigrationIdAlreadyUsedError(migration_id, self._given[canonical], function_name)
        return parts

    @staticmethod
    def _canonical_of(migration_id):
        return ".".join(str(part) for part in _without_trailing_zeros(migration_id))

    def _impls_to_exec(self, kind, migration_ids):
        functions = self._functions[kind]
        wanted = sorted({self._canonical_of(migration_id) for migration_id in migration_ids}, key=parts_of)
        return [functions[key] for key in wanted if key in functions]


class LuaUpgradeMigrations(UpgradeMigrations):
    """From a Lua toolkit, keyed by the major.minor that they upgrade from; `wanted` is the toolkit's. A version is used once for each kind."""

    FORMAT = r"\d+\.\d+\Z"
    FORMAT_IN_WORDS = "two integers joined by a dot, the toolkit's major.minor, such as '1.0'"

    def add(self, kind, migration_id, impl):
        before = self._functions[kind]
        canonical = self._canonical(migration_id, impl.__name__)
        if canonical in before:
            raise MigrationIdAlreadyUsedError(migration_id, canonical, impl.__name__)
        before[canonical] = impl

    def _meaning(self, migration_id, function_name):
        return parts_of(migration_id)

    def _impls_to_exec(self, kind, lua_version):
        functions = self._functions[kind]
        return [functions[key] for key in sorted(functions, key=parts_of) if parts_of(key) >= parts_of(lua_version)[:2]]


def parts_of(migration_id):
    """Integers that ids are compared by: 1.9 before 1.10."""
    return [int(part) for part in migration_id.split(".")]


def _without_trailing_zeros(migration_id):
    parts = parts_of(migration_id)
    while parts and parts[-1] == 0:
        parts.pop()
    return parts
