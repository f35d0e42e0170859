"""The program of a Python plugin's process: it loads a plugin and answers the engine's requests.

One argument: the directory of the platform's package.
"""

import sys

from opendvp_runner.serve import serve

if __name__ == "__main__":
    # What the runner is made of has been imported; nothing of it is in a plugin's way.
    sys.path.pop(0)
    serve(sdk_directory=sys.argv[1])
