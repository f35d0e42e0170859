"""Arguments of the libraries as they travel to the engine, checked where they are passed."""

from dlpx.virtualization.common import RemoteConnection
from dlpx.virtualization.common.util import is_text, to_str
from dlpx.virtualization.libs.exceptions import IncorrectArgumentTypeError


class Result(object):
    """What a command came to."""

    def __init__(self, answer):
        self.exit_code = answer["exitCode"]
        self.stdout = answer["stdout"]
        self.stderr = answer["stderr"]


def wire_connection(connection):
    """What the classes declare, without attributes that a plugin has put on them."""
    if not isinstance(connection, RemoteConnection):
        raise IncorrectArgumentTypeError("remote_connection", type(connection), RemoteConnection)
    environment, user = connection.environment, connection.user
    host = environment.host
    return {
        "environment": {
            "name": to_str(environment.name),
            "reference": to_str(environment.reference),
            "host": {
                "name": to_str(host.name),
                "reference": to_str(host.reference),
                "binaryPath": to_str(host.binary_path),
                "scratchPath": to_str(host.scratch_path),
            },
        },
        "user": {"name": to_str(user.name), "reference": to_str(user.reference)},
    }


def text_of(parameter, value, required=True):
    """Text, or UTF-8 bytes as resources hand them over."""
    if value is None and not required:
        return None
    if not is_text(value) and not isinstance(value, bytes):
        raise IncorrectArgumentTypeError(parameter, type(value), str, required)
    return _decoded(parameter, value)


def texts_of(parameter, values):
    if values is None:
        return []
    if not isinstance(values, list):
        raise IncorrectArgumentTypeError(parameter, type(values), [str], False)
    if not all(is_text(value) or isinstance(value, bytes) for value in values):
        raise IncorrectArgumentTypeError(parameter, {type(value) for value in values}, [str], False)
    return [_decoded(parameter, value) for value in values]


def variables_of(variables):
    if variables is None:
        return {}
    if not isinstance(variables, dict):
        raise IncorrectArgumentTypeError("variables", type(variables), dict, False)
    return {text_of("variables", name): text_of("variables[{!r}]".format(name), value) for name, value in variables.items()}


def _decoded(parameter, value):
    try:
        return to_str(value)
    except UnicodeDecodeError:
        raise IncorrectArgumentTypeError(parameter, "bytes that are no UTF-8", str)
