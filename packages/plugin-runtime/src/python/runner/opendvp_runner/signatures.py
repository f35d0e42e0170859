"""The names of a function's arguments, which are part of the contract: functions are called by keyword."""

import inspect

from dlpx.virtualization.platform.exceptions import IncorrectPluginCodeError


def choose_signature(function, decorator, signatures):
    """The set of arguments to call a function with. Raises IncorrectPluginCodeError for one that is none of them."""
    names, takes_any = argument_names(function)
    if takes_any:
        return signatures[0]
    for signature in signatures:
        if set(names) == set(signature):
            return signature
    expected = signatures[0]
    where = "The function '{}' of @plugin.{}".format(function.__name__, decorator)
    if len(names) not in {len(signature) for signature in signatures}:
        raise IncorrectPluginCodeError("{} has {} arguments; it must have {}.".format(where, len(names), _listed(expected)))
    raise IncorrectPluginCodeError("{} has the arguments {}; it must have {}.".format(where, _listed(names), _listed(expected)))


def argument_names(function):
    """Names in order, and whether it takes arguments of any name."""
    if hasattr(inspect, "signature"):
        parameters = inspect.signature(function).parameters.values()
        named = [each.name for each in parameters if each.kind in (each.POSITIONAL_OR_KEYWORD, each.KEYWORD_ONLY)]
        return named, any(each.kind == each.VAR_KEYWORD for each in parameters)
    found = inspect.getargspec(function)
    return found.args, found.keywords is not None


def _listed(names):
    return ", ".join(names) or "none"
