"""What a plugin's author sees of an error: what was raised, where in the plugin, and the plugin's own part of the stack."""

import os
import re
import traceback

from opendvp_runner.text import text

_RUNNER_DIRECTORY = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_STANDARD_LIBRARY = os.path.dirname(os.path.abspath(os.__file__))
_IMPORTS = re.compile(r"<frozen importlib\b|.*/importlib/__init__\.py")
_GENERATED = re.compile(r"(.*/)?generated/definitions\.py")
#: Where the platform's classes are is of no use to anybody who reads of them.
_PATH_OF_CLASS = re.compile(r"^dlpx\.virtualization\.(?:\w+\.)*(?=[A-Z])", re.MULTILINE)


class AuthorView(object):
    """Tells the plugin's code from what runs it: this program, the platform's package, and Python's machinery of imports."""

    def __init__(self, sdk_directory):
        self._directories_of_ours = (_RUNNER_DIRECTORY + os.sep, os.path.abspath(sdk_directory) + os.sep)
        #: Known once a plugin is to be loaded.
        self.source_directory = None

    def message(self, kind, value):
        """What was raised. The platform's own complaints about a plugin speak for themselves; anything else has its class before it."""
        if isinstance(value, SyntaxError):
            return u"{}: {}".format(text(kind.__name__), text(value.msg))
        if kind.__module__.startswith("dlpx.virtualization.") and _is_complaint(kind):
            return text(value.message)
        return _PATH_OF_CLASS.sub("", text("".join(traceback.format_exception_only(kind, value)).strip()))

    def place(self, value, trace):
        """The last line of the plugin's that it happened at, as `plugin_runner.py:12`; None where it happened in none."""
        if isinstance(value, SyntaxError) and value.lineno and self._is_of_source(value.filename):
            return u"{}:{}".format(self._shown(value.filename), value.lineno)
        found = [frame for frame in traceback.extract_tb(trace) if self._is_authors(frame[0])]
        return u"{}:{}".format(self._shown(found[-1][0]), found[-1][1]) if found else None

    def stack(self, kind, value, trace):
        """As Python writes it, without what runs the plugin; empty where nothing of the plugin would be left."""
        lines = self._lines(kind, value, trace)
        if not lines and isinstance(value, SyntaxError):
            lines = traceback.format_exception_only(kind, value)
        told = _PATH_OF_CLASS.sub("", text("".join(lines)).rstrip())
        return told if self.source_directory is None else told.replace(u'File "{}/'.format(text(self.source_directory)), u'File "')

    def _lines(self, kind, value, trace):
        if hasattr(traceback, "TracebackException"):
            try:
                told = traceback.TracebackException(kind, value, trace)
                return list(told.format()) if self._cut(told) > 0 else []
            except RuntimeError:  # what was handled before it can be a longer chain than Python follows
                pass
        frames = [frame for frame in traceback.extract_tb(trace) if not self._is_ours(frame[0])]
        head = ["Traceback (most recent call last):\n"]
        return head + traceback.format_list(frames) + traceback.format_exception_only(kind, value) if frames else []

    def _cut(self, told):
        """Takes our frames away, and gives how many are left. What was only handled in them goes altogether."""
        frames = [frame for frame in told.stack if not self._is_ours(frame.filename)]
        told.stack = traceback.StackSummary.from_list(frames)
        in_context = 0 if told.__context__ is None else self._cut(told.__context__)
        if in_context == 0:
            told.__context__ = None
        in_cause = 0 if told.__cause__ is None else self._cut(told.__cause__)
        return len(frames) + in_context + in_cause

    def _is_ours(self, path):
        return path.startswith(self._directories_of_ours) or _IMPORTS.match(path) is not None

    def _is_authors(self, path):
        is_other = path.startswith((_STANDARD_LIBRARY + os.sep, "<")) or _GENERATED.match(path) is not None
        return not is_other and not self._is_ours(path)

    def _is_of_source(self, path):
        return bool(path) and self.source_directory is not None and path.startswith(self.source_directory + os.sep)

    def _shown(self, path):
        """Of compiled modules only the name is known here: they say where they were compiled."""
        return text(os.path.relpath(path, self.source_directory) if self._is_of_source(path) else os.path.basename(path))


def _is_complaint(kind):
    return any(base.__name__ in ("PlatformError", "PluginRuntimeError") for base in kind.__mro__)
