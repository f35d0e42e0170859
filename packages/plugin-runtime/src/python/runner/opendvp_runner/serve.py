"""The loop of a plugin's process."""

import fcntl
import sys

from opendvp_runner.author_view import AuthorView
from opendvp_runner.connection import Connection
from opendvp_runner.errors import INTERNAL, INVALID_PARAMS, PLUGIN_INVALID, WireError
from opendvp_runner.to_wire_error import to_wire_error

PROTOCOL_VERSION = 1
_FROM_ENGINE, _TO_ENGINE = 3, 4


def serve(sdk_directory):
    """Answers the engine's requests until it says so, or is gone."""
    for descriptor in (_FROM_ENGINE, _TO_ENGINE):
        fcntl.fcntl(descriptor, fcntl.F_SETFD, fcntl.FD_CLOEXEC)
    connection = Connection(_FROM_ENGINE, _TO_ENGINE)
    connection.start()
    view = AuthorView(sdk_directory)
    plugin = None
    while True:
        request = connection.next_request()
        method, params = request["method"], request.get("params")
        try:
            if method == "initialize":
                view.source_directory = params["sourceDirectory"]
                plugin = _load(connection, sdk_directory, params)
                result = plugin.describe(PROTOCOL_VERSION)
            elif method == "shutdown":
                connection.answer(request["id"], None)
                return
            elif plugin is None:
                raise WireError(INTERNAL, "No plugin has been loaded: `initialize` comes first.")
            else:
                result = plugin.run(method, params)
            _flush()
            connection.answer(request["id"], result)
        except BaseException:  # also what a plugin exits with: an operation is answered whatever happens
            error = to_wire_error(view, sys.exc_info())
            _flush()
            connection.answer_with_error(request["id"], _as_invalid(error) if method == "initialize" else error)


def _load(connection, sdk_directory, params):
    if params["protocolVersion"] != PROTOCOL_VERSION:
        message = "This process speaks version {} of the protocol, the engine {}.".format(PROTOCOL_VERSION, params["protocolVersion"])
        raise WireError(INVALID_PARAMS, message)
    # Only now is there a platform's package to import from: its place is the engine's to say, and the plugin's goes before it.
    from opendvp_runner.module_search import search_modules

    search_modules(sdk_directory, params["sourceDirectory"])
    from opendvp_runner.loaded_plugin import LoadedPlugin

    return LoadedPlugin(connection, params["entryPoint"], params["pluginType"])


def _as_invalid(error):
    return error if error.code == INVALID_PARAMS else WireError(PLUGIN_INVALID, error.message, error.data)


def _flush():
    """The engine counts output by operation: it leaves before the answer does."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, IOError, ValueError):
            pass
