"""One end of a JSON-RPC 2.0 connection.

A thread reads; requests of the engine are served by the thread that asks for them, one after the other. Library calls may be made by any
thread, also by several at once.
"""

import os
import threading
from collections import deque

from opendvp_runner.errors import PLUGIN_BUG, WireError
from opendvp_runner.frames import FrameReader, write_frame
from opendvp_runner.json_text import check_size, decode, encode
from opendvp_runner.limits import LIBRARY_CALL_BYTES


class Connection(object):
    def __init__(self, input_descriptor, output_descriptor):
        self._output = output_descriptor
        self._reader = FrameReader(input_descriptor)
        self._changed = threading.Condition()
        self._writing = threading.Lock()
        self._requests = deque()
        self._answers = {}
        self._last_id = 0

    def start(self):
        thread = threading.Thread(target=self._read, name="engine")
        thread.daemon = True
        thread.start()

    def next_request(self):
        with self._changed:
            while not self._requests:
                self._changed.wait()
            return self._requests.popleft()

    def answer(self, request_id, result):
        self._send({"jsonrpc": "2.0", "id": request_id, "result": result})

    def answer_with_error(self, request_id, error):
        self._send({"jsonrpc": "2.0", "id": request_id, "error": {"code": error.code, "message": error.message, "data": error.data}})

    def notify(self, method, params):
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def request(self, method, params):
        """The engine's answer; raises WireError."""
        check_size("The call of " + method, params, "library call", LIBRARY_CALL_BYTES)
        with self._changed:
            self._last_id += 1
            request_id = self._last_id
            self._answers[request_id] = None
        self._send({"jsonrpc": "2.0", "id": request_id, "method": method, "params": params})
        with self._changed:
            while self._answers[request_id] is None:
                self._changed.wait()
            message = self._answers.pop(request_id)
        if "error" not in message:
            return message.get("result")
        error = message["error"]
        # The protocol's own refusals mean something else as the answer to an operation: the call was the plugin's mistake.
        code = PLUGIN_BUG if error["code"] < 0 else error["code"]
        raise WireError(code, error["message"], error.get("data"))

    def _send(self, message):
        body = encode(message)
        with self._writing:
            write_frame(self._output, body)

    def _read(self):
        try:
            while True:
                body = self._reader.read()
                if body is None:
                    break
                self._take(decode(body))
        finally:
            # The engine is gone, or what it says cannot be read: nobody waits for this process any more.
            os._exit(0)

    def _take(self, message):
        with self._changed:
            if "method" not in message:
                self._answers[message["id"]] = message
            elif "id" in message:
                self._requests.append(message)
            self._changed.notify_all()
