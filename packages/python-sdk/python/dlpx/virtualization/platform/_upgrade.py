"""Decorators of data migrations: `plugin.upgrade`."""

from dlpx.virtualization.platform._enum import Enum
from dlpx.virtualization.platform.exceptions import PlatformError, UnknownMigrationTypeError
from dlpx.virtualization.platform.migration_helper import LuaUpgradeMigrations, PlatformUpgradeMigrations
from dlpx.virtualization.platform.operation import Operation
from dlpx.virtualization.platform.validation_util import check_function


class MigrationType(Enum):
    """What a migration upgrades from: an earlier version of the plugin, or a Lua toolkit."""

    PLATFORM = "platform"
    LUA = "lua"


class UpgradeOperations(object):
    """Brings an object that an earlier version has made into the form of this one.

    A function gets the object as a dict with the schema's own names, passwords in the clear, and returns one.
    """

    def __init__(self):
        self.platform_migrations = PlatformUpgradeMigrations()
        self.lua_migrations = LuaUpgradeMigrations()

    def repository(self, migration_id=None, migration_type=MigrationType.PLATFORM, **unknown):
        """(old_repository) -> dict"""
        return self._decorator(Operation.UPGRADE_REPOSITORY, "repository", migration_id, migration_type, unknown)

    def source_config(self, migration_id=None, migration_type=MigrationType.PLATFORM, **unknown):
        """(old_source_config) -> dict"""
        return self._decorator(Operation.UPGRADE_SOURCE_CONFIG, "source_config", migration_id, migration_type, unknown)

    def linked_source(self, migration_id=None, migration_type=MigrationType.PLATFORM, **unknown):
        """(old_linked_source) -> dict"""
        return self._decorator(Operation.UPGRADE_LINKED_SOURCE, "linked_source", migration_id, migration_type, unknown)

    def virtual_source(self, migration_id=None, migration_type=MigrationType.PLATFORM, **unknown):
        """(old_virtual_source) -> dict"""
        return self._decorator(Operation.UPGRADE_VIRTUAL_SOURCE, "virtual_source", migration_id, migration_type, unknown)

    def snapshot(self, migration_id=None, migration_type=MigrationType.PLATFORM, **unknown):
        """(old_snapshot) -> dict"""
        return self._decorator(Operation.UPGRADE_SNAPSHOT, "snapshot", migration_id, migration_type, unknown)

    def _decorator(self, operation, kind, migration_id, migration_type, unknown):
        if unknown:
            raise PlatformError(_told(operation.value[: -len("()")], sorted(unknown)))
        if callable(migration_id):
            # Written without brackets, the decorator is handed the function in place of being asked for a decorator.
            raise PlatformError("A decorator is written without its brackets: @plugin.{}.".format(operation.value))

        def register(function):
            check_function(function, operation)
            if migration_type is MigrationType.PLATFORM:
                self.platform_migrations.add(kind, migration_id, function)
            elif migration_type is MigrationType.LUA:
                self.lua_migrations.add(kind, migration_id, function)
            else:
                raise UnknownMigrationTypeError(function.__name__)
            return function

        return register


def _told(name, unknown):
    """What to write instead: other languages have other names for it."""
    message = "@plugin.{0} does not know {1}. A migration from a Lua toolkit is written @plugin.{0}(\"1.0\", MigrationType.LUA): {2}, {3}."
    return message.format(name, ", ".join(unknown), "first the toolkit's major.minor that it upgrades from", "then its type")
