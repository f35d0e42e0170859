"""What a plugin raised, as the engine gets it: in its own words where it has some, else as its bug."""

import sys

from opendvp_runner.errors import LIBRARY_ERROR, PLUGIN_BUG, USER_ERROR, WireError
from opendvp_runner.json_text import check_size
from opendvp_runner.limits import ERROR_BYTES
from opendvp_runner.text import text


def to_wire_error(view, raised):
    """`raised` is what sys.exc_info() says; `view` an AuthorView."""
    try:
        error = _read(view, *raised)
        check_size("The error of the operation", {"message": error.message, "data": error.data}, "error", ERROR_BYTES)
        return error
    except WireError as too_large:
        return too_large
    except Exception:
        return WireError(PLUGIN_BUG, "What was raised cannot be told: looking at it raises as well.", {"stack": ""})


def _read(view, kind, value, trace):
    if isinstance(value, WireError):
        return value
    stack = view.stack(kind, value, trace)
    if _is_a(value, "dlpx.virtualization.platform.exceptions", "UserError"):
        # Where the plugin shows nothing, its author's users look at where it happened, as they are used to.
        data = {"action": text(value.action or ""), "output": text(value.output or "") or stack, "stack": stack}
        return WireError(USER_ERROR, text(value.message), data)
    if _is_a(value, "dlpx.virtualization.libs.exceptions", "LibraryError") and value.id is not None:
        data = {"code": value.code, "action": value.action, "failure": value.id, "stack": stack}
        return WireError(LIBRARY_ERROR, text(value.message), data)
    message, place = view.message(kind, value), view.place(value, trace)
    return WireError(PLUGIN_BUG, message if place is None else u"{}: {}".format(place, message), {"stack": stack})


def _is_a(value, module, name):
    """The platform's package is imported with the plugin: where that fails early, nobody has its classes."""
    found = getattr(sys.modules.get(module), name, None)
    return found is not None and isinstance(value, found)
