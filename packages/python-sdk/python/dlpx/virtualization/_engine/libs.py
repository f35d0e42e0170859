"""Calls of the platform's libraries."""

from dlpx.virtualization import _engine


class EngineRefusal(Exception):
    """The engine could not do what a library call asked for. `code` is the engine's own, `failure` its number in the operation under way."""

    def __init__(self, message, code="", action="", failure=None):
        super(EngineRefusal, self).__init__(message)
        self.message = message
        self.code = code
        self.action = action
        self.failure = failure


def call(method, params):
    """The engine's answer; raises EngineRefusal."""
    channel = _engine.channel()
    if channel is None:
        raise EngineRefusal("library/{} is done by the engine; this code does not run in a plugin process.".format(method))
    return channel.request("library/" + method, params)
