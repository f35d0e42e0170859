"""What the platform's libraries raise."""

from dlpx.virtualization.common._describe_type import describe_expected, describe_type
from dlpx.virtualization.common.exceptions import PluginRuntimeError


class LibraryError(Exception):
    """The engine could not do what was asked. `message` says what happened, `action` what to do; `id` is a number of the failure."""

    def __init__(self, id, message, code="", action=""):
        super(LibraryError, self).__init__(message)
        self.id = id
        self.message = message
        self.code = code
        self.action = action


class PluginScriptError(Exception):
    """A command that was run with `check=True` ended with another exit code than 0. The message shows the end of its output."""

    def __init__(self, message, exit_code=None, stdout="", stderr=""):
        super(PluginScriptError, self).__init__(message)
        self.message = message
        self.exit_code = exit_code
        self.stdout = stdout
        self.stderr = stderr


class IncorrectArgumentTypeError(PluginRuntimeError):
    """A library was called with an argument of the wrong type. Names the argument and the types, never the value."""

    def __init__(self, parameter_name, actual_type, expected_type, required=True):
        optional = "" if required else " if it is given"
        super(IncorrectArgumentTypeError, self).__init__(
            "The argument '{}' was {} but must be {}{}.".format(
                parameter_name, describe_type(actual_type), describe_expected(expected_type), optional
            )
        )
