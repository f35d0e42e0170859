"""The plugin of this process."""

import os

from dlpx.virtualization import _engine
from dlpx.virtualization._engine.libs import EngineRefusal
from dlpx.virtualization.platform import import_validations  # noqa: F401
from dlpx.virtualization.platform._signatures import implementation
from dlpx.virtualization.platform.import_util import PluginModule, validate_import, validate_post_import

from opendvp_runner.arguments import Arguments
from opendvp_runner.channel import Channel
from opendvp_runner.definitions import Definitions
from opendvp_runner.errors import INVALID_PARAMS, METHOD_NOT_FOUND, WireError
from opendvp_runner.json_text import check_size
from opendvp_runner.limits import OPERATION_BYTES
from opendvp_runner.migrations import Migrations
from opendvp_runner.operations import method_of, read_result
from opendvp_runner.results import Results
from opendvp_runner.returned_by import returned_by
from opendvp_runner.wire_names import snake_case


class LoadedPlugin(object):
    """Raises whatever the plugin's modules raise when they are imported, and what the platform's checks find."""

    def __init__(self, connection, entry_point, plugin_type):
        _engine.connect(Channel(connection, EngineRefusal))
        module_name, _, object_name = entry_point.partition(":")
        self._module = PluginModule(os.getcwd(), module_name, object_name, plugin_type)
        validate_import(self._module)
        validate_post_import(self._module)
        self._plugin = self._module.plugin_object
        self._operations = {method_of(operation): operation for operation in self._module.signatures}
        self._migrations = Migrations(self._plugin.upgrade)
        definitions = Definitions()
        self._arguments = Arguments(definitions)
        self._results = Results(definitions)

    def describe(self, protocol_version):
        return {
            "protocolVersion": protocol_version,
            "operations": sorted(self._operations),
            "migrationIds": self._migrations.ids(),
            "luaMigrations": self._migrations.lua_versions(),
            # What is missing the engine says itself, of plugins in every language.
            "warnings": self._module.warnings,
        }

    def run(self, method, params):
        """The result of an operation or a migration, ready for the engine."""
        if not isinstance(params, dict):
            raise WireError(INVALID_PARAMS, "The arguments of {} are no object.".format(method))
        result = self._migrations.run(method, params) if self._migrations.has(method) else self._run_operation(method, params)
        check_size("The result of " + method, result, "operation result", OPERATION_BYTES)
        return result

    def _run_operation(self, method, params):
        if method not in self._operations:
            raise WireError(METHOD_NOT_FOUND, "The plugin does not implement {}.".format(method))
        operation = self._operations[method]
        given = {snake_case(name): value for name, value in params.items()}
        given_as = {"snapshot_parameters": "optional_snapshot_parameters"}
        arguments = {}
        for name in self._module.signatures[operation]:
            today = given_as.get(name, name)
            arguments[name] = self._arguments.make(today, given[today])
        function = implementation(self._plugin, operation)
        returned = function(**arguments)
        with returned_by(function):
            return read_result(self._results, operation, returned)
