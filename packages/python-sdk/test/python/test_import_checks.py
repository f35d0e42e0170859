import os
import shutil
import sys
import tempfile
import unittest

from dlpx.virtualization.platform import import_util, import_validations
from dlpx.virtualization.platform.exceptions import DecoratorNotFunctionError, IncorrectPluginCodeError
from dlpx.virtualization.platform.import_util import PluginModule, validate_import, validate_post_import

HEAD = "from dlpx.virtualization.platform import *\nplugin = Plugin()\n"
STOP = "@plugin.virtual.stop()\ndef stop({}): pass\n"


class ImportChecks(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.mkdtemp()
        sys.path.insert(0, self.directory)

    def tearDown(self):
        sys.path.remove(self.directory)
        shutil.rmtree(self.directory)

    def module_name(self):
        return "checked_{}".format(self.id().rpartition(".")[2])

    def check(self, code, plugin_type="DIRECT", entry_point="plugin"):
        """Imports a module of this code; every test has one of its own name, because Python imports each once."""
        name = self.module_name()
        sys.modules.pop(name, None)
        with open(os.path.join(self.directory, name + ".py"), "w") as file:
            file.write(code)
        getattr(__import__("importlib"), "invalidate_caches", lambda: None)()
        module = PluginModule(self.directory, name, entry_point, plugin_type, validate=True)
        validate_import(module)
        return module, validate_post_import(module)

    def refusal(self, code, **more):
        with self.assertRaises(IncorrectPluginCodeError) as caught:
            self.check(code, **more)
        return caught.exception.message

    def test_come_in_the_order_of_their_ordinals(self):
        imports = [import_util._import_checks[key].__name__ for key in sorted(import_util._import_checks)]
        after = [import_util._post_import_checks[key].__name__ for key in sorted(import_util._post_import_checks)]
        self.assertEqual(imports, ["validate_module_import", "validate_entry_point", "validate_plugin_object"])
        self.assertEqual(after, ["validate_named_args", "validate_upgrade_args", "validate_names", "find_missing_operations"])
        self.assertTrue(all(callable(getattr(import_validations, name)) for name in imports + after))

    def test_let_a_module_that_cannot_be_imported_say_why(self):
        with self.assertRaises(ZeroDivisionError):
            self.check("1 / 0")

    def test_want_the_entry_points_object_to_be_there_and_a_plugin(self):
        missing = "entryPoint of plugin_config.yml is {}:other, but the module has no 'other'; it has the Plugin 'plugin'."
        self.assertEqual(missing.format(self.module_name()), self.refusal(HEAD, entry_point="other"))
        wrong = "entryPoint of plugin_config.yml is {}:plugin, but that is of type 'int'; it must be a Plugin of dlpx.virtualization.platform."
        self.assertEqual(wrong.format(self.module_name()), self.refusal("plugin = 7"))

    def test_count_arguments_before_they_read_their_names(self):
        self.assertIn("has 1 arguments; it must have virtual_source, repository, source_config", self.refusal(HEAD + STOP.format("source")))

    def test_read_the_names_of_arguments_in_any_order(self):
        self.assertIn("has the arguments source, repository, config", self.refusal(HEAD + STOP.format("source, repository, config")))

    def test_accept_arguments_in_any_order(self):
        module, _ = self.check(HEAD + STOP.format("source_config, virtual_source, repository"))
        self.assertEqual([operation.value for operation in module.signatures], ["virtual.stop()"])

    def test_accept_what_version_2_called_arguments_with_a_warning(self):
        code = HEAD + "@plugin.linked.pre_snapshot()\ndef pre({}): pass\n"
        direct, warnings = self.check(code.format("direct_source, repository, source_config"))
        self.assertEqual(len(direct.warnings), 1)
        self.assertIn("optional_snapshot_parameters", warnings[0])

    def test_accept_the_parameters_of_staged_plugins_under_their_old_name(self):
        code = HEAD + "@plugin.linked.pre_snapshot()\ndef pre(staged_source, repository, source_config, snapshot_parameters): pass\n"
        self.assertEqual(len(self.check(code, plugin_type="STAGED")[0].warnings), 1)

    def test_refuse_staged_arguments_in_a_direct_plugin(self):
        code = HEAD + "@plugin.linked.pre_snapshot()\ndef pre(staged_source, repository, source_config, optional_snapshot_parameters): pass\n"
        self.assertIn("it must have direct_source", self.refusal(code))

    def test_look_at_data_migrations_too(self):
        code = HEAD + '@plugin.upgrade.snapshot("1", MigrationType.LUA)\ndef up(snapshot): pass\n'
        self.assertIn("must be two integers", self.refused_at_import(code))
        self.assertIn("it must have old_snapshot", self.refusal(code.replace('"1"', '"1.0"')))

    def test_say_where_a_function_is_that_has_other_arguments(self):
        place = self.module_name() + ".py:"
        migration = '@plugin.upgrade.snapshot("1")\ndef up(snapshot): pass\n'
        self.assertIn(place + "3: The function 'up' of @plugin.upgrade.snapshot has", self.refusal(HEAD + migration))
        self.assertIn(place + "4: The function 'stop' of @plugin.virtual.stop() has", self.refusal(HEAD + "\n" + STOP.format("source")))

    def refused_at_import(self, code):
        with self.assertRaises(Exception) as caught:
            self.check(code)
        return caught.exception.message

    def test_find_names_that_nothing_defines_where_a_build_asks(self):
        code = HEAD.replace("*", "Plugin") + "def late(): return undefined_name\n"
        self.assertIn("py:3: uses the name undefined_name, which nothing defines", self.refusal(code))

    def test_pass_over_what_is_no_module_of_the_plugin(self):
        helpers = {"template.py": "{% if name %}\n", "for_python_2.py": "print 'x' if\n", "nul.py": "a = 1\0\n", ".hidden.py": "late()\n"}
        for name, code in helpers.items():
            with open(os.path.join(self.directory, name), "w") as file:
                file.write(code)
        os.symlink("nowhere", os.path.join(self.directory, "lock.py"))
        self.check(HEAD.replace("*", "Plugin"))

    def test_know_names_of_other_machines_and_those_that_a_function_imports_for_all(self):
        code = "def load():\n    global json\n    import json\n\ndef use():\n    try:\n        return json.dumps(1)\n    except WindowsError:\n        return None\n"
        self.check(HEAD.replace("*", "Plugin") + code)

    def test_read_the_names_that_are_given_beside_any_others(self):
        self.check(HEAD + STOP.format("virtual_source, **more"))
        self.check(HEAD + STOP.format("**more"))
        self.assertIn("it must have virtual_source, repository, source_config", self.refusal(HEAD + STOP.format("source, **more")))

    def test_do_not_count_the_object_of_a_method(self):
        code = "class Stopper(object):\n    def stop(self, virtual_source, repository, source_config): pass\n\nplugin.virtual.stop()(Stopper().stop)\n"
        self.check(HEAD + code)

    def test_warn_of_required_operations_that_are_missing(self):
        module, warnings = self.check(HEAD)
        self.assertIn("The plugin has no function for the required @plugin.virtual.configure().", warnings)
        self.assertEqual(len(module.missing_operations), 7)

    def test_warn_of_the_mount_specification_in_staged_plugins_only(self):
        self.assertEqual(len(self.check(HEAD, plugin_type="STAGED")[0].missing_operations), 8)


class Registering(unittest.TestCase):
    def test_takes_functions_only_and_each_ordinal_once(self):
        with self.assertRaises(DecoratorNotFunctionError):
            import_util.import_check(99)("no function")
        with self.assertRaises(ValueError):
            import_util.post_import_check(1)(lambda plugin_module: None)
        with self.assertRaises(ValueError):
            import_util.import_check(1)(lambda plugin_module: None)


if __name__ == "__main__":
    unittest.main()
