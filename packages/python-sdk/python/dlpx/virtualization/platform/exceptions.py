"""What the platform raises about plugins, and what plugins raise for their users."""

from dlpx.virtualization.common._describe_type import describe_expected, describe_type
from dlpx.virtualization.common.exceptions import IncorrectTypeError, PlatformError, PluginRuntimeError
from dlpx.virtualization.common.util import is_text, to_native
from dlpx.virtualization.libs.exceptions import IncorrectArgumentTypeError

__all__ = [
    "DecoratorNotFunctionError",
    "IncorrectArgumentTypeError",
    "IncorrectPluginCodeError",
    "IncorrectReferenceFormatError",
    "IncorrectReturnTypeError",
    "IncorrectTypeError",
    "IncorrectUpgradeObjectTypeError",
    "MigrationIdAlreadyUsedError",
    "MigrationIdIncorrectFormatError",
    "MigrationIdIncorrectTypeError",
    "OperationAlreadyDefinedError",
    "OperationNotDefinedError",
    "PlatformError",
    "PluginRuntimeError",
    "UnknownMigrationTypeError",
    "UserError",
]


class UserError(Exception):
    """Fails an operation with words for the user: what happened, what to do, and output that helps to understand it.

    `args` holds the three of them. Subclasses may have a `message` of their own.
    """

    def __init__(self, message, action="", output=""):
        super(UserError, self).__init__(message, action, output)

    message = property(lambda self: self.args[0])
    action = property(lambda self: self.args[1])
    output = property(lambda self: self.args[2])

    def __str__(self):
        return to_native(self.message) if is_text(self.message) else str(self.message)


class IncorrectReturnTypeError(PluginRuntimeError):
    """An operation returned something that it must not return."""

    def __init__(self, operation, actual_type, expected_type):
        actual = describe_type(actual_type)
        super(IncorrectReturnTypeError, self).__init__(
            "The operation {} returned {}; it must return {}.".format(
                _operation_name(operation), _value(actual), _value(describe_expected(expected_type))
            )
        )


class IncorrectUpgradeObjectTypeError(PluginRuntimeError):
    """A data migration was asked for a kind of object that there is not."""

    def __init__(self, actual_type, expected_type):
        super(IncorrectUpgradeObjectTypeError, self).__init__(
            "A data migration was asked for an object of kind '{}'; it must be one of {}.".format(actual_type, expected_type)
        )


class IncorrectReferenceFormatError(PluginRuntimeError):
    """A text stands for an environment, but is no reference of one."""

    def __init__(self, reference):
        super(IncorrectReferenceFormatError, self).__init__(
            "'{}' is no reference of an environment, such as UNIX_HOST_ENVIRONMENT-1 or WINDOWS_HOST_ENVIRONMENT-1.".format(reference)
        )


class IncorrectPluginCodeError(PluginRuntimeError):
    """The plugin's code cannot be used as it is."""


class OperationAlreadyDefinedError(PlatformError):
    def __init__(self, operation):
        super(OperationAlreadyDefinedError, self).__init__(
            "The operation {} has a function already; each may have one.".format(_operation_name(operation))
        )


class OperationNotDefinedError(PlatformError):
    def __init__(self, operation):
        super(OperationNotDefinedError, self).__init__("The plugin has no function for the operation {}.".format(_operation_name(operation)))


class DecoratorNotFunctionError(PlatformError):
    """What a decorator was put on is no function. Also: the decorator's own brackets are missing."""

    def __init__(self, object_name, decorator_name):
        super(DecoratorNotFunctionError, self).__init__(
            "The decorator '{}' was put on '{}', which is no function.".format(decorator_name, object_name)
        )


class MigrationIdIncorrectTypeError(PlatformError):
    def __init__(self, migration_id, function_name):
        super(MigrationIdIncorrectTypeError, self).__init__(
            "The migration id {!r} of the function '{}' must be a string.".format(migration_id, function_name)
        )


class MigrationIdIncorrectFormatError(PlatformError):
    def __init__(self, migration_id, function_name, expected_format):
        super(MigrationIdIncorrectFormatError, self).__init__(
            "The migration id '{}' of the function '{}' must be {}.".format(migration_id, function_name, expected_format)
        )


class MigrationIdAlreadyUsedError(PlatformError):
    def __init__(self, migration_id, used_id, function_name):
        super(MigrationIdAlreadyUsedError, self).__init__(
            "The migration id '{}' of the function '{}' means the same as '{}', which is used already.".format(migration_id, function_name, used_id)
        )


class UnknownMigrationTypeError(PlatformError):
    def __init__(self, function_name):
        super(UnknownMigrationTypeError, self).__init__(
            "The migration type of the function '{}' must be a member of MigrationType.".format(function_name)
        )


def _value(description):
    """`of type 'str'` is a value of that type; `a list of` something says by itself what it is."""
    return "a value " + description if description.startswith("of ") else description


def _operation_name(operation):
    return getattr(operation, "value", operation)
