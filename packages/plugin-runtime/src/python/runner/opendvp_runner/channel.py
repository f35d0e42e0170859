"""What the platform's package reaches the engine by."""

from opendvp_runner.errors import LIBRARY_ERROR, WireError


class Channel(object):
    def __init__(self, connection, refusal):
        self._connection = connection
        self._refusal = refusal

    def request(self, method, params):
        try:
            return self._connection.request(method, params)
        except WireError as error:
            if error.code != LIBRARY_ERROR:
                raise
            data = error.data
            raise self._refusal(error.message, data.get("code", "INTERNAL"), data.get("action", ""), data.get("failure"))

    def log(self, level, message):
        self._connection.notify("log", {"level": level, "message": message})
