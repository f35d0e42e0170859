"""Messages with a Content-Length header on a pair of pipes."""

import os
import re

from opendvp_runner.limits import FRAME_BYTES, HEADER_BYTES

_READ_BYTES = 1 << 16
_CONTENT_LENGTH = re.compile(br"(?i)^content-length: *(\d+)$", re.MULTILINE)


class FrameReader(object):
    """Reads bodies from a descriptor."""

    def __init__(self, descriptor):
        self._descriptor = descriptor
        self._buffer = bytearray()

    def read(self):
        """The next body; None when the other side is gone. Raises ValueError for anything that is no frame."""
        end = self._fill_until_header_ends()
        if end is None:
            return None
        match = _CONTENT_LENGTH.search(bytes(self._buffer[:end]).replace(b"\r\n", b"\n"))
        length = int(match.group(1)) if match else -1
        if not 0 <= length <= FRAME_BYTES:
            raise ValueError("The header announces no length that is allowed.")
        start = end + 4
        while len(self._buffer) < start + length:
            if not self._fill():
                return None
        body = bytes(self._buffer[start : start + length])
        del self._buffer[: start + length]
        return body

    def _fill_until_header_ends(self):
        while True:
            end = self._buffer.find(b"\r\n\r\n", 0, HEADER_BYTES + 4)
            if end >= 0:
                return end
            if len(self._buffer) > HEADER_BYTES:
                raise ValueError("The header is too long.")
            if not self._fill():
                return None

    def _fill(self):
        chunk = os.read(self._descriptor, _READ_BYTES)
        self._buffer += chunk
        return len(chunk) > 0


def write_frame(descriptor, body):
    rest = memoryview(b"Content-Length: " + str(len(body)).encode("ascii") + b"\r\n\r\n" + body)
    while len(rest) > 0:
        rest = rest[os.write(descriptor, rest) :]
