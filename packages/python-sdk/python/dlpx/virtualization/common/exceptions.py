"""Errors about values that are handed to the platform's classes."""

from dlpx.virtualization.common._describe_type import describe_expected, describe_type


class PlatformError(Exception):
    """A plugin uses the platform in a way that cannot work. `message` says how."""

    def __init__(self, message):
        super(PlatformError, self).__init__(message)
        self.message = message


class PluginRuntimeError(Exception):
    """A plugin gave the platform something wrong while an operation was running. `message` says what."""

    def __init__(self, message):
        super(PluginRuntimeError, self).__init__(message)
        self.message = message


class IncorrectTypeError(PluginRuntimeError):
    """A class of the platform was made with a value of the wrong type.

    Names the class, the parameter, the actual and the expected type, never the value: it may be a secret.
    """

    def __init__(self, object_type, parameter_name, actual_type, expected_type, required=True):
        optional = "" if required else " if it is given"
        super(IncorrectTypeError, self).__init__(
            "{}'s parameter '{}' was {} but must be {}{}.".format(
                describe_expected(object_type, article=False),
                parameter_name,
                describe_type(actual_type),
                describe_expected(expected_type),
                optional,
            )
        )
