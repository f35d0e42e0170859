"""The plugin of this process."""

import importlib
import sys

from dlpx.virtualization import _engine
from dlpx.virtualization._engine.libs import EngineRefusal
from dlpx.virtualization.platform import Plugin
from dlpx.virtualization.platform.exceptions import IncorrectPluginCodeError

from opendvp_runner.arguments import Arguments
from opendvp_runner.channel import Channel
from opendvp_runner.definitions import Definitions
from opendvp_runner.errors import INVALID_PARAMS, METHOD_NOT_FOUND, WireError
from opendvp_runner.json_text import check_size
from opendvp_runner.limits import OPERATION_BYTES
from opendvp_runner.migrations import Migrations
from opendvp_runner.operations import operations
from opendvp_runner.results import Results
from opendvp_runner.signatures import choose_signature
from opendvp_runner.wire_names import snake_case


class LoadedPlugin(object):
    """Raises whatever the plugin's modules raise when they are imported."""

    def __init__(self, connection, entry_point, plugin_type):
        _engine.connect(Channel(connection, EngineRefusal))
        self._plugin = _find(entry_point)
        self._operations = operations(plugin_type)
        self._migrations = Migrations(self._plugin.upgrade)
        self._signatures = {method: self._signature(operation) for method, operation in self._implemented().items()}
        definitions = Definitions()
        self._arguments = Arguments(definitions)
        self._results = Results(definitions)

    def describe(self, protocol_version):
        return {
            "protocolVersion": protocol_version,
            "operations": sorted(self._signatures),
            "migrationIds": self._migrations.ids(),
            "luaMigrations": self._migrations.lua_versions(),
            "warnings": self._warnings(),
        }

    def run(self, method, params):
        """The result of an operation or a migration, ready for the engine."""
        if not isinstance(params, dict):
            raise WireError(INVALID_PARAMS, "The arguments of {} are no object.".format(method))
        result = self._migrations.run(method, params) if self._migrations.has(method) else self._run_operation(method, params)
        check_size("The result of " + method, result, "operation result", OPERATION_BYTES)
        return result

    def _run_operation(self, method, params):
        if method not in self._signatures:
            raise WireError(METHOD_NOT_FOUND, "The plugin does not implement {}.".format(method))
        operation = self._operations[method]
        given = {snake_case(name): value for name, value in params.items()}
        given_as = {"snapshot_parameters": "optional_snapshot_parameters"}
        arguments = {}
        for name in self._signatures[method]:
            today = given_as.get(name, name)
            arguments[name] = self._arguments.make(today, given[today])
        returned = self._function(operation)(**arguments)
        return operation.read_result(self._results, operation.decorator, returned)

    def _implemented(self):
        return {method: each for method, each in self._operations.items() if self._function(each) is not None}

    def _function(self, operation):
        return getattr(self._plugin, operation.group).implementation(operation.name)

    def _signature(self, operation):
        return choose_signature(self._function(operation), operation.decorator, operation.signatures)

    def _warnings(self):
        old = [method for method, signature in self._signatures.items() if signature != self._operations[method].signatures[0]]
        return [
            "The function of @plugin.{} has the arguments of an earlier version; today they are {}.".format(
                self._operations[method].decorator, ", ".join(self._operations[method].signatures[0])
            )
            for method in sorted(old)
        ]


def _import(module_name):
    try:
        return importlib.import_module(module_name)
    except ImportError as error:
        if "bad magic number" not in str(error).lower():
            raise
        raise IncorrectPluginCodeError(
            "The plugin is compiled for another version of Python than {}.{}, which runs it here ({}). "
            "Install that version, or build the plugin with its sources.".format(sys.version_info[0], sys.version_info[1], error)
        )


def _find(entry_point):
    module_name, _, object_name = entry_point.partition(":")
    module = _import(module_name)
    found = getattr(module, object_name, None)
    if found is None:
        raise IncorrectPluginCodeError("The module '{}' has no '{}', which the entry point names.".format(module_name, object_name))
    if not isinstance(found, Plugin):
        message = "The entry point '{}' is of type '{}'; it must be a Plugin of dlpx.virtualization.platform."
        raise IncorrectPluginCodeError(message.format(entry_point, type(found).__name__))
    return found
