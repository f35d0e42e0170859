"""Errors as answers to the engine."""

USER_ERROR = 1
PLUGIN_BUG = 2
LIMIT = 3
PLUGIN_INVALID = 4
LIBRARY_ERROR = 5
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL = -32603


class WireError(Exception):
    """An error of the protocol: code, message, data."""

    def __init__(self, code, message, data=None):
        super(WireError, self).__init__(message)
        self.code = code
        self.message = message
        self.data = data or {}
