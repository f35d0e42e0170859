"""Where a function of a plugin is written."""

import os


def place_of(function, end=": "):
    """`plugin_runner.py:12`, with `end` behind it; empty where nobody knows. Functions begin at their first decorator."""
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    code = getattr(function, "__code__", None)
    if code is None:
        return ""
    parts = code.co_filename.replace(os.sep, "/").split("/")
    depth = (function.__module__ or "").count(".") + (2 if parts[-1].startswith("__init__.") else 1)
    return "{}:{}{}".format("/".join(parts[-depth:]), code.co_firstlineno, end)
