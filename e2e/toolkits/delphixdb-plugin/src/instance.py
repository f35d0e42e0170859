"""An instance of the database, by the scripts that the toolkit has for it."""

import json
import pkgutil

from dlpx.virtualization import libs

# The scripts answer as those of toolkits do.
COMMAND = """DLPX_OUTPUT_FILE=$(mktemp)
(
%s
)
status=$?
cat "$DLPX_OUTPUT_FILE"
rm -f "$DLPX_OUTPUT_FILE"
exit $status
"""


def run(connection, script, **variables):
    text = pkgutil.get_data("resources", script).decode("utf-8")
    output = libs.run_bash(connection, COMMAND % text, variables=variables, check=True).stdout
    return json.loads(output) if output else None


class Instance(object):
    def __init__(self, connection, path):
        self.connection = connection
        self.path = path

    def start(self, name, port):
        self._server("start", NAME=name, PORT=str(port))

    def stop(self):
        self._server("stop")

    def is_active(self):
        return self._server("ask") == "ACTIVE"

    def copy_from(self, source_path):
        self._run("copy.sh", SOURCE_PATH=source_path)

    def checksum(self, expected=""):
        return self._run("checksum.sh", EXPECTED=expected)

    def _server(self, action, **variables):
        return self._run("server.sh", ACTION=action, **variables)

    def _run(self, script, **variables):
        return run(self.connection, script, DATA_PATH=self.path, **variables)
