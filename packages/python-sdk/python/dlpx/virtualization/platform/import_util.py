"""Looks at a plugin while it is imported: checks that register themselves, and what they look at."""

from dlpx.virtualization.platform.validation_util import check_function

_import_checks = {}
_post_import_checks = {}


class PluginModule(object):
    """A plugin that is being imported. What checks find out is kept here for those that come after them.

    `validate` asks for the checks that read every source file as well; a build wants those, a process that serves operations does not.
    """

    def __init__(self, src_dir, module, entry_point, plugin_type, validate=False):
        self.src_dir = src_dir
        self.module = module
        self.entry_point = entry_point
        self.plugin_type = plugin_type
        self.validate = validate
        #: Set by the import checks, in this order.
        self.module_content = None
        self.plugin_object = None
        #: Set by the checks after import: arguments by operation, functions with those of earlier versions, operations without a function.
        self.signatures = {}
        self.warnings = []
        self.missing_operations = []


def import_check(ordinal):
    """Registers a check of the import itself; `validate_import` runs them by their ordinals."""
    return _registering(_import_checks, ordinal, "import_check")


def post_import_check(ordinal):
    """Registers a check of what has been imported; `validate_post_import` runs them by their ordinals."""
    return _registering(_post_import_checks, ordinal, "post_import_check")


def validate_import(plugin_module):
    """Imports the plugin. Raises what its code raises, else IncorrectPluginCodeError; the first failing check ends it."""
    _run(_import_checks, plugin_module)


def validate_post_import(plugin_module):
    """Looks at the imported plugin. Raises IncorrectPluginCodeError; gives the warnings."""
    _run(_post_import_checks, plugin_module)
    missing = ["The plugin has no function for the required @plugin.{}.".format(each.value) for each in plugin_module.missing_operations]
    return plugin_module.warnings + missing


def _registering(checks, ordinal, name):
    def register(function):
        check_function(function, name)
        if ordinal in checks:
            raise ValueError("@{}({!r}) is taken by the check '{}'.".format(name, ordinal, checks[ordinal].__name__))
        checks[ordinal] = function
        return function

    return register


def _run(checks, plugin_module):
    for ordinal in sorted(checks):
        checks[ordinal](plugin_module)
