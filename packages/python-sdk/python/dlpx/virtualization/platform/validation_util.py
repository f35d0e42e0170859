"""Checks of what decorators are put on."""

import types

from dlpx.virtualization.platform.exceptions import DecoratorNotFunctionError

_FUNCTIONS = (types.FunctionType, types.MethodType, types.BuiltinFunctionType)


def check_function(impl, operation):
    """The function itself; raises DecoratorNotFunctionError for anything else, a class or a called function's result included."""
    if not isinstance(impl, _FUNCTIONS):
        raise DecoratorNotFunctionError(getattr(impl, "__name__", type(impl).__name__), getattr(operation, "value", operation))
    return impl
