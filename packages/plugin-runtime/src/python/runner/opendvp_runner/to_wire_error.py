"""What a plugin raised, as the engine gets it: in its own words where it has some, else as its bug."""

import traceback

from opendvp_runner.errors import LIBRARY_ERROR, PLUGIN_BUG, USER_ERROR, WireError
from opendvp_runner.json_text import check_size
from opendvp_runner.limits import ERROR_BYTES


def to_wire_error(kind, value, trace):
    try:
        error = _read(kind, value, trace)
        check_size("The error of the operation", {"message": error.message, "data": error.data}, "error", ERROR_BYTES)
        return error
    except WireError as too_large:
        return too_large
    except Exception:
        return WireError(PLUGIN_BUG, "What was raised cannot be told: looking at it raises as well.", {"stack": ""})


def _read(kind, value, trace):
    if isinstance(value, WireError):
        return value
    stack = text("".join(traceback.format_exception(kind, value, trace)))
    # By name: these classes come with the platform's package, which is not there when a plugin cannot be loaded.
    name = kind.__name__
    if name == "UserError" and hasattr(value, "action"):
        data = {"action": text(value.action), "output": text(value.output), "stack": stack}
        return WireError(USER_ERROR, text(value.message), data)
    if name == "LibraryError" and getattr(value, "id", None) is not None:
        data = {"code": value.code, "action": value.action, "failure": value.id, "stack": stack}
        return WireError(LIBRARY_ERROR, text(value.message), data)
    message = text("".join(traceback.format_exception_only(kind, value)).strip())
    return WireError(PLUGIN_BUG, message, {"stack": stack})


def text(value):
    """Text of whatever a plugin has put there; bytes are read as UTF-8."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value if isinstance(value, type(u"")) else text(str(value))
