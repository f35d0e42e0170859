"""A handler for Python's logging that writes to the plugin's log files on the engine."""

import logging
import sys

from dlpx.virtualization import _engine
from dlpx.virtualization.common.util import to_str


class PlatformHandler(logging.Handler):
    """DEBUG and INFO stay what they are; everything above INFO is an error. Outside of a plugin process it writes to stderr."""

    def emit(self, record):
        try:
            self._write(_level_of(record.levelno), to_str(self.format(record)))
        except Exception:
            self.handleError(record)

    @staticmethod
    def _write(level, message):
        channel = _engine.channel()
        if channel is None:
            sys.stderr.write("{} {}\n".format(level, message))
        else:
            channel.log(level, message)


def _level_of(number):
    if number <= logging.DEBUG:
        return "DEBUG"
    return "INFO" if number <= logging.INFO else "ERROR"
