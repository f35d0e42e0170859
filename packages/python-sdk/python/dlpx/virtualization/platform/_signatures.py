"""The arguments of a plugin's functions: their names are part of the contract, because functions are called by keyword."""

import inspect

from dlpx.virtualization.platform._place_of import place_of
from dlpx.virtualization.platform.exceptions import IncorrectPluginCodeError
from dlpx.virtualization.platform.operation import Operation

_VIRTUAL = ("virtual_source", "repository", "source_config")


def signatures(plugin_type):
    """The sets of arguments that a function may have, by operation; the first is the one to write today.

    Only of the operations that are called in a plugin of that type, DIRECT or STAGED.
    """
    source = "direct_source" if plugin_type == "DIRECT" else "staged_source"
    linked = (source, "repository", "source_config")
    # Before version 3.0, staged plugins got the parameters under another name and direct ones not at all.
    before_3 = linked + ("snapshot_parameters",) if plugin_type == "STAGED" else linked
    snapshot = [linked + ("optional_snapshot_parameters",), before_3]
    found = {
        Operation.DISCOVERY_REPOSITORY: [("source_connection",)],
        # The oldest documents ask for source configs without saying of which repository.
        Operation.DISCOVERY_SOURCE_CONFIG: [("source_connection", "repository"), ("source_connection",)],
        Operation.LINKED_PRE_SNAPSHOT: snapshot,
        Operation.LINKED_POST_SNAPSHOT: snapshot,
        Operation.LINKED_SOURCE_SIZE: [linked],
        Operation.VIRTUAL_INITIALIZE: [("virtual_source", "repository")],
        Operation.VIRTUAL_CONFIGURE: [("virtual_source", "snapshot", "repository")],
        Operation.VIRTUAL_RECONFIGURE: [_VIRTUAL + ("snapshot",)],
        Operation.VIRTUAL_UNCONFIGURE: [_VIRTUAL],
        Operation.VIRTUAL_CLEANUP: [_VIRTUAL],
        Operation.VIRTUAL_START: [_VIRTUAL],
        Operation.VIRTUAL_STOP: [_VIRTUAL],
        Operation.VIRTUAL_PRE_SNAPSHOT: [_VIRTUAL],
        Operation.VIRTUAL_POST_SNAPSHOT: [_VIRTUAL],
        Operation.VIRTUAL_MOUNT_SPEC: [("virtual_source", "repository")],
        Operation.VIRTUAL_STATUS: [_VIRTUAL],
        Operation.VIRTUAL_SOURCE_SIZE: [_VIRTUAL],
        Operation.VIRTUAL_PREPARE_SNAPSHOT: [_VIRTUAL + ("snapshot",)],
    }
    if plugin_type == "STAGED":
        found.update(_staged(linked))
    return found


def _staged(linked):
    return {
        Operation.LINKED_START_STAGING: [linked],
        Operation.LINKED_STOP_STAGING: [linked],
        Operation.LINKED_STATUS: [linked],
        Operation.LINKED_WORKER: [linked],
        Operation.LINKED_MOUNT_SPEC: [("staged_source", "repository")],
        Operation.LINKED_PREPARE_SNAPSHOT: [linked + ("snapshot",)],
    }


def required_operations(plugin_type):
    """Without one of these some engine operations fail."""
    required = [
        Operation.DISCOVERY_REPOSITORY,
        Operation.DISCOVERY_SOURCE_CONFIG,
        Operation.LINKED_POST_SNAPSHOT,
        Operation.VIRTUAL_CONFIGURE,
        Operation.VIRTUAL_RECONFIGURE,
        Operation.VIRTUAL_POST_SNAPSHOT,
        Operation.VIRTUAL_MOUNT_SPEC,
    ]
    return required + [Operation.LINKED_MOUNT_SPEC] if plugin_type == "STAGED" else required


def implementation(plugin, operation):
    """The plugin's function for an operation; None where it has none."""
    group, _, name = operation.value[: -len("()")].partition(".")
    return getattr(plugin, group).implementation(name)


def choose_signature(function, decorator, allowed):
    """The set of arguments to call a function with. Raises IncorrectPluginCodeError for one that is none of them."""
    names, takes_any = argument_names(function)
    for signature in allowed:
        if set(names) == set(signature) or (takes_any and set(names) < set(signature)):
            return signature
    where = "{}The function '{}' of @plugin.{}".format(place_of(function), function.__name__, decorator)
    expected = _listed(allowed[0])
    if len(names) not in {len(signature) for signature in allowed}:
        raise IncorrectPluginCodeError("{} has {} arguments; it must have {}.".format(where, len(names), expected))
    raise IncorrectPluginCodeError("{} has the arguments {}; it must have {}.".format(where, _listed(names), expected))


def argument_names(function):
    """Names in order, and whether it takes arguments of any name."""
    if hasattr(inspect, "signature"):
        parameters = inspect.signature(function).parameters.values()
        named = [each.name for each in parameters if each.kind in (each.POSITIONAL_OR_KEYWORD, each.KEYWORD_ONLY)]
        return named, any(each.kind == each.VAR_KEYWORD for each in parameters)
    found = inspect.getargspec(function)
    # The object that a method belongs to is given with it.
    names = found.args[1:] if inspect.ismethod(function) else found.args
    return names, found.keywords is not None


def _listed(names):
    return ", ".join(names) or "none"
