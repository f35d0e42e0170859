"""The way from a plugin to the engine that runs it."""

_channel = None


def connect(channel):
    """Sets what carries calls and log records: an object with `request(method, params)` and `log(level, message)`."""
    global _channel
    _channel = channel


def channel():
    """None outside of a plugin process, such as in a plugin's own unit tests."""
    return _channel
