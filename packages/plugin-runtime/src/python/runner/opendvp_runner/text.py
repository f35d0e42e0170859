"""Text of what plugins put into errors."""


def text(value):
    """Text of whatever a plugin has put there; bytes are read as UTF-8."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value if isinstance(value, type(u"")) else text(str(value))
