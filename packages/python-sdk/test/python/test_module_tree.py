"""Plugins and their own tests import by these paths, private ones included: each module, and each name that it exports."""

import importlib
import sys
import types
import unittest

EXPORTS = {
    "platform._plugin": ["Plugin"],
    "platform._discovery": ["DiscoveryOperations"],
    "platform._linked": ["LinkedOperations"],
    "platform._virtual": ["VirtualOperations"],
    "platform._upgrade": ["UpgradeOperations", "MigrationType"],
    "platform._plugin_classes": [
        "VirtualSource",
        "StagedSource",
        "DirectSource",
        "Mount",
        "OwnershipSpecification",
        "MountSpecification",
        "Status",
    ],
    "platform.migration_helper": ["UpgradeMigrations", "PlatformUpgradeMigrations", "LuaUpgradeMigrations"],
    "platform.validation_util": ["check_function"],
    "platform.operation": ["Operation"],
    "platform.import_util": ["PluginModule", "import_check", "post_import_check", "validate_import", "validate_post_import"],
    "platform.import_validations": ["validate_named_args", "validate_plugin_object"],
    "platform.util": ["get_virtualization_api_version"],
    "platform.exceptions": [
        "UserError",
        "PluginRuntimeError",
        "IncorrectTypeError",
        "IncorrectReturnTypeError",
        "IncorrectReferenceFormatError",
        "IncorrectArgumentTypeError",
        "IncorrectPluginCodeError",
        "IncorrectUpgradeObjectTypeError",
        "PlatformError",
        "DecoratorNotFunctionError",
        "OperationAlreadyDefinedError",
        "OperationNotDefinedError",
        "MigrationIdIncorrectTypeError",
        "MigrationIdIncorrectFormatError",
        "MigrationIdAlreadyUsedError",
        "UnknownMigrationTypeError",
    ],
    "libs.libs": ["run_bash", "run_powershell", "run_expect", "run_sync", "retrieve_credentials", "upgrade_password"],
    "libs._logging": ["PlatformHandler"],
    "libs.exceptions": ["LibraryError", "PluginScriptError", "IncorrectArgumentTypeError"],
    "common._common_classes": [
        "RemoteConnection",
        "RemoteEnvironment",
        "RemoteHost",
        "RemoteUser",
        "Credentials",
        "PasswordCredentials",
        "KeyPairCredentials",
    ],
    "common.exceptions": ["PlatformError", "PluginRuntimeError", "IncorrectTypeError"],
    "common.util": ["to_bytes", "to_str"],
}

#: What the checks are called belongs to their module.
NOT_PASSED_ON = ("platform.import_util", "platform.import_validations")


def module_of(path):
    return importlib.import_module("dlpx.virtualization." + path)


class ModuleTree(unittest.TestCase):
    def test_has_every_module_with_every_name(self):
        for path, names in EXPORTS.items():
            for name in names:
                self.assertTrue(hasattr(module_of(path), name), "{} has no {}".format(path, name))

    def test_passes_everything_on_from_its_package(self):
        for path, names in EXPORTS.items():
            if path in NOT_PASSED_ON:
                continue
            package = module_of(path.partition(".")[0])
            for name in names:
                self.assertIs(getattr(package, name), getattr(module_of(path), name))
                self.assertIn(name, package.__all__)

    def test_has_each_public_class_where_it_says_it_is(self):
        for path, names in EXPORTS.items():
            for name in names:
                value = getattr(module_of(path), name)
                if isinstance(value, type):
                    self.assertIs(getattr(sys.modules[value.__module__], name), value)

    def test_calls_operations_by_their_decorators(self):
        values = {operation.name: operation.value for operation in module_of("platform.operation").Operation}
        self.assertEqual(values["DISCOVERY_REPOSITORY"], "discovery.repository()")
        self.assertEqual(values["LINKED_MOUNT_SPEC"], "linked.mount_specification()")
        self.assertEqual(values["VIRTUAL_SOURCE_SIZE"], "virtual.source_size()")
        self.assertEqual(values["UPGRADE_LINKED_SOURCE"], "upgrade.linked_source()")

    def test_makes_plugins_in_the_callable_style(self):
        platform = module_of("platform")
        self.assertIsInstance(platform.plugin(), platform.Plugin)
        self.assertIsInstance(module_of("platform._plugin"), types.ModuleType)

    def test_reaches_the_log_handler_both_ways(self):
        from dlpx.virtualization import libs
        import dlpx.virtualization.libs

        self.assertIs(libs.PlatformHandler, dlpx.virtualization.libs.PlatformHandler)

    def test_has_both_types_of_migrations(self):
        self.assertEqual(sorted(each.name for each in module_of("platform").MigrationType), ["LUA", "PLATFORM"])

    def test_keeps_exceptions_in_their_families(self):
        exceptions, libs = module_of("platform.exceptions"), module_of("libs.exceptions")
        runtime = (
            "IncorrectTypeError",
            "IncorrectReturnTypeError",
            "IncorrectReferenceFormatError",
            "IncorrectArgumentTypeError",
            "IncorrectPluginCodeError",
            "IncorrectUpgradeObjectTypeError",
        )
        platform = (
            "OperationAlreadyDefinedError",
            "OperationNotDefinedError",
            "MigrationIdIncorrectTypeError",
            "MigrationIdIncorrectFormatError",
            "MigrationIdAlreadyUsedError",
            "UnknownMigrationTypeError",
            "DecoratorNotFunctionError",
        )
        for name in runtime:
            self.assertTrue(issubclass(getattr(exceptions, name), exceptions.PluginRuntimeError), name)
        for name in platform:
            self.assertTrue(issubclass(getattr(exceptions, name), exceptions.PlatformError), name)
        definitions = module_of("_definitions")
        for found in (exceptions.UserError, libs.LibraryError, libs.PluginScriptError, definitions.GeneratedClassesError):
            self.assertEqual(found.__bases__, (Exception,))

    def test_gives_every_exception_a_message(self):
        exceptions, libs = module_of("platform.exceptions"), module_of("libs.exceptions")
        operation = module_of("platform.operation").Operation.VIRTUAL_STOP
        made = [
            exceptions.UserError("m"),
            libs.LibraryError(1, "m"),
            libs.PluginScriptError("m", 1, "", ""),
            exceptions.PlatformError("m"),
            exceptions.IncorrectPluginCodeError("m"),
            module_of("_definitions").GeneratedClassesError("m"),
        ]
        self.assertEqual([each.message for each in made], ["m"] * len(made))
        self.assertIn("virtual.stop()", exceptions.OperationNotDefinedError(operation).message)
        self.assertEqual((made[0].action, made[0].output), ("", ""))


if __name__ == "__main__":
    unittest.main()
