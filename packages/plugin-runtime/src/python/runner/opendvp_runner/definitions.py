"""The classes of the plugin's schemas."""

import sys

from dlpx.virtualization.platform.exceptions import IncorrectPluginCodeError


class Definitions(object):
    """Finds `generated.definitions`, which the build puts into the plugin; a plugin that uses the oldest style gets lenient objects."""

    def find(self, name):
        """A class by its name; the lenient one of the same name inherits from it. Raises IncorrectPluginCodeError."""
        return _class_of(_generated(), name)

    def maker(self, name):
        """A function from the engine's dict to an object of the class."""
        return lambda value: _class_of(sys.modules.get("dlpx.virtualization.generated") or _generated(), name).from_dict(value)


def _class_of(module, name):
    found = getattr(module, name, None)
    if found is None:
        raise IncorrectPluginCodeError("generated.definitions has no class {}: build the plugin again.".format(name))
    return found


def _generated():
    try:
        from generated import definitions
    except ImportError as error:
        raise IncorrectPluginCodeError("The plugin's generated.definitions cannot be imported: {}. Build the plugin again.".format(error))
    return definitions
