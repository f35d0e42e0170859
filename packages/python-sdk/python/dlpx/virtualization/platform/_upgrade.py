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

    def repository(self, migration_id, migration_type=MigrationType.PLATFORM):
        """(old_repository) -> dict"""
        return self._decorator(Operation.UPGRADE_REPOSITORY, "repository", migration_id, migration_type)

    def source_config(self, migration_id, migration_type=MigrationType.PLATFORM):
        """(old_source_config) -> dict"""
        return self._decorator(Operation.UPGRADE_SOURCE_CONFIG, "source_config", migration_id, migration_type)

    def linked_source(self, migration_id, migration_type=MigrationType.PLATFORM):
        """(old_linked_source) -> dict"""
        return self._decorator(Operation.UPGRADE_LINKED_SOURCE, "linked_source", migration_id, migration_type)

    def virtual_source(self, migration_id, migration_type=MigrationType.PLATFORM):
        """(old_virtual_source) -> dict"""
        return self._decorator(Operation.UPGRADE_VIRTUAL_SOURCE, "virtual_source", migration_id, migration_type)

    def snapshot(self, migration_id, migration_type=MigrationType.PLATFORM):
        """(old_snapshot) -> dict"""
        return self._decorator(Operation.UPGRADE_SNAPSHOT, "snapshot", migration_id, migration_type)

    def _decorator(self, operation, kind, migration_id, migration_type):
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
