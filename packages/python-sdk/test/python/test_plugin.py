import unittest

from dlpx.virtualization import platform
from dlpx.virtualization.platform import MigrationType, Plugin
from dlpx.virtualization.platform import exceptions
from dlpx.virtualization.platform._discovery import DiscoveryOperations
from dlpx.virtualization.platform.operation import Operation


class Registering(unittest.TestCase):
    def test_returns_the_function_unchanged_and_keeps_it(self):
        plugin = platform.plugin()

        def configure(virtual_source, snapshot, repository):
            return None

        self.assertIs(plugin.virtual.configure()(configure), configure)
        self.assertIs(plugin.virtual.configure_impl, configure)

    def test_refuses_a_second_function(self):
        plugin = Plugin()
        plugin.discovery.repository()(lambda source_connection: [])
        with self.assertRaises(exceptions.OperationAlreadyDefinedError) as caught:
            plugin.discovery.repository()(lambda source_connection: [])
        self.assertIn("discovery.repository()", caught.exception.message)

    def test_refuses_what_is_no_function(self):
        for wrong in (None, 7, "text", type("AClass", (object,), {})):
            with self.assertRaises(exceptions.DecoratorNotFunctionError):
                Plugin().linked.status()(wrong)

    def test_refuses_a_decorator_without_brackets(self):
        plugin = Plugin()
        with self.assertRaises(exceptions.PlatformError) as caught:

            @plugin.virtual.stop
            def stop(virtual_source, repository, source_config):
                pass

        self.assertIn("@plugin.virtual.stop()", caught.exception.message)

    def test_refuses_a_migration_without_brackets_that_would_never_run(self):
        plugin = Plugin()
        with self.assertRaises(exceptions.PlatformError) as caught:

            @plugin.upgrade.repository
            def upgrade_repository(old_repository):
                pass

        self.assertIn("@plugin.upgrade.repository()", caught.exception.message)

    def test_says_how_a_migration_from_a_lua_toolkit_is_written(self):
        upgrade = Plugin().upgrade
        for kind in ("repository", "source_config", "linked_source", "virtual_source", "snapshot"):
            with self.assertRaises(exceptions.PlatformError) as caught:
                getattr(upgrade, kind)(lua_version="1.0")
            self.assertIn('@plugin.upgrade.{}("1.0", MigrationType.LUA)'.format(kind), caught.exception.message)
            self.assertIn("does not know lua_version", caught.exception.message)

    def test_has_a_decorator_for_each_operation(self):
        plugin = Plugin()
        for number, operation in enumerate(Operation):
            group, name = operation.value[:-2].split(".")
            decorator = getattr(getattr(plugin, group), name)
            arguments = (str(number + 1),) if group == "upgrade" else ()
            decorator(*arguments)(lambda: None)
        self.assertEqual(DiscoveryOperations.OPERATIONS["source_config"].value, "discovery.source_config()")


class Migrating(unittest.TestCase):
    def add(self, plugin, migration_id, kind="repository", migration_type=MigrationType.PLATFORM):
        def migrate(old):
            return old

        getattr(plugin.upgrade, kind)(migration_id, migration_type)(migrate)
        return migrate

    def test_sorts_ids_by_their_numbers(self):
        plugin = Plugin()
        for migration_id in ("1.10", "1.9", "01.2.0", "2"):
            self.add(plugin, migration_id)
        self.assertEqual(plugin.upgrade.platform_migrations.get_sorted_ids(), ["1.2", "1.9", "1.10", "2"])

    def test_refuses_an_id_that_means_the_same_over_all_kinds(self):
        plugin = Plugin()
        self.add(plugin, "1.2.0")
        with self.assertRaises(exceptions.MigrationIdAlreadyUsedError):
            self.add(plugin, "01.02", "snapshot")

    def test_refuses_ids_of_another_form(self):
        for wrong in ("", "1.", ".1", "1..2", "a", "-1", "1.2b", "0", "0.0", " 1"):
            with self.assertRaises(exceptions.MigrationIdIncorrectFormatError):
                self.add(Plugin(), wrong)
        for wrong in (1, 1.2, None):
            with self.assertRaises(exceptions.MigrationIdIncorrectTypeError):
                self.add(Plugin(), wrong)

    def test_keeps_lua_versions_by_kind(self):
        plugin = Plugin()
        first = self.add(plugin, "1.9", migration_type=MigrationType.LUA)
        second = self.add(plugin, "1.10", migration_type=MigrationType.LUA)
        self.add(plugin, "1.9", "snapshot", MigrationType.LUA)
        with self.assertRaises(exceptions.MigrationIdAlreadyUsedError):
            self.add(plugin, "01.09", migration_type=MigrationType.LUA)
        with self.assertRaises(exceptions.MigrationIdIncorrectFormatError):
            self.add(plugin, "1.2.3", migration_type=MigrationType.LUA)
        lua = plugin.upgrade.lua_migrations
        self.assertEqual(lua.get_repository_impls_to_exec("1.9"), [first, second])
        self.assertEqual(lua.get_repository_impls_to_exec("1.10"), [second])

    def test_finds_the_functions_of_new_ids_in_their_order(self):
        plugin = Plugin()
        second, first = self.add(plugin, "1.10"), self.add(plugin, "1.9")
        self.add(plugin, "1.11", "snapshot")
        migrations = plugin.upgrade.platform_migrations
        self.assertEqual(migrations.get_repository_impls_to_exec(["1.10", "1.9", "1.11"]), [first, second])
        self.assertEqual(sorted(migrations.get_snapshot_dict()), ["1.11"])

    def test_refuses_a_type_that_is_none(self):
        with self.assertRaises(exceptions.UnknownMigrationTypeError):
            self.add(Plugin(), "1", migration_type="lua")


if __name__ == "__main__":
    unittest.main()
