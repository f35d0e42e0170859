"""Text and bytes in Python 2 and 3."""

import sys

if sys.version_info[0] == 2:
    TEXT_TYPES = (str, unicode)  # noqa: F821
    INTEGER_TYPES = (int, long)  # noqa: F821
else:
    TEXT_TYPES = (str,)
    INTEGER_TYPES = (int,)


def to_bytes(string):
    """UTF-8 of a text; bytes stay what they are."""
    if isinstance(string, bytes):
        return string
    return string.encode("utf-8")


def to_str(string):
    """Text of UTF-8 bytes; text stays what it is. In Python 2, `str` is bytes, and the result is `unicode`."""
    if isinstance(string, bytes):
        return string.decode("utf-8")
    return string


def to_native(text):
    """What `str()` of an exception can give back: in Python 2 UTF-8 bytes, in Python 3 text."""
    return to_bytes(text) if str is bytes else to_str(text)


def is_text(value):
    """Whether a value can go to the engine as text: in Python 2, `str` (as UTF-8) and `unicode`."""
    return isinstance(value, TEXT_TYPES)


def is_integer(value):
    return isinstance(value, INTEGER_TYPES) and not isinstance(value, bool)
