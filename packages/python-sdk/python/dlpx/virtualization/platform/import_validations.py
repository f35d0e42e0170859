"""The checks of a plugin's code, in their order. Importing this module registers them."""

import importlib
import sys

from dlpx.virtualization.platform._plugin import Plugin
from dlpx.virtualization.platform._signatures import choose_signature, implementation, required_operations, signatures
from dlpx.virtualization.platform.exceptions import IncorrectPluginCodeError
from dlpx.virtualization.platform.import_util import import_check, post_import_check
from dlpx.virtualization.platform.migration_helper import KINDS


@import_check(1)
def validate_module_import(plugin_module):
    """The entry point's module can be imported."""
    try:
        plugin_module.module_content = importlib.import_module(plugin_module.module)
    except ImportError as error:
        if "bad magic number" not in str(error).lower():
            raise
        raise IncorrectPluginCodeError(
            "The plugin is compiled for another version of Python than {}.{}, which runs it here ({}). "
            "Install that version, or name it in the engine's configuration.json (interpreters) if it is there; "
            "or build the plugin with its sources.".format(sys.version_info[0], sys.version_info[1], error)
        )


@import_check(2)
def validate_entry_point(plugin_module):
    """The module has the object that the entry point names."""
    content = plugin_module.module_content
    plugin_module.plugin_object = getattr(content, plugin_module.entry_point, None)
    if plugin_module.plugin_object is None:
        found = sorted(name for name, value in vars(content).items() if isinstance(value, Plugin))
        hint = "; it has the Plugin '{}'".format("', '".join(found)) if found else ""
        message = "{}, but the module has no '{}'{}."
        raise IncorrectPluginCodeError(message.format(_entry_point(plugin_module), plugin_module.entry_point, hint))


@import_check(3)
def validate_plugin_object(plugin_module):
    """That object is a Plugin."""
    found = plugin_module.plugin_object
    if not isinstance(found, Plugin):
        message = "{}, but that is of type '{}'; it must be a Plugin of dlpx.virtualization.platform."
        raise IncorrectPluginCodeError(message.format(_entry_point(plugin_module), type(found).__name__))


def _entry_point(plugin_module):
    return "entryPoint of plugin_config.yml is {}:{}".format(plugin_module.module, plugin_module.entry_point)


@post_import_check(1)
def validate_named_args(plugin_module):
    """Every function has the arguments of its operation: their number first, then their names."""
    plugin = plugin_module.plugin_object
    allowed = signatures(plugin_module.plugin_type)
    for operation in sorted(allowed, key=lambda each: each.value):
        function = implementation(plugin, operation)
        if function is None:
            continue
        chosen = choose_signature(function, operation.value, allowed[operation])
        plugin_module.signatures[operation] = chosen
        today = allowed[operation][0]
        if chosen != today:
            message = "The function of @plugin.{} has the arguments of an earlier version; today they are {}."
            plugin_module.warnings.append(message.format(operation.value, ", ".join(today)))


@post_import_check(2)
def validate_upgrade_args(plugin_module):
    """Every data migration has the argument of its kind of object."""
    upgrade = plugin_module.plugin_object.upgrade
    for migrations in (upgrade.platform_migrations, upgrade.lua_migrations):
        for kind in KINDS:
            for function in migrations.functions(kind).values():
                choose_signature(function, "upgrade.{}".format(kind), [("old_" + kind,)])


@post_import_check(3)
def validate_names(plugin_module):
    """Nothing in the sources uses a name that is not defined."""
    if not plugin_module.validate:
        return
    # Processes that serve operations do without what this needs.
    from dlpx.virtualization.platform._undefined_names import undefined_names

    found = ["{file}:{line}: uses the name {name}, which nothing defines".format(**each) for each in undefined_names(plugin_module.src_dir)]
    if found:
        raise IncorrectPluginCodeError("\n".join(found))


@post_import_check(4)
def find_missing_operations(plugin_module):
    """Which required operations have no function: a warning, because only what needs them fails."""
    plugin = plugin_module.plugin_object
    missing = [each for each in required_operations(plugin_module.plugin_type) if implementation(plugin, each) is None]
    plugin_module.missing_operations = missing
