"""Where a plugin's imports are looked for."""

import os
import sys


def search_modules(sdk_directory, source_directory):
    """The plugin's source root, the platform's package, the standard library, then the source root's own sub-directories.

    The platform's package is imported first: a plugin may bring one of the same name, for modules that ours does not have.
    """
    runner_directory = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    standard = [path for path in sys.path if path and os.path.abspath(path) != runner_directory]
    sys.path[:] = [sdk_directory, source_directory] + standard
    import dlpx.virtualization.libs
    import dlpx.virtualization.platform  # noqa: F401

    sys.path[:] = [source_directory, sdk_directory] + standard + _directories_below(source_directory)
    os.chdir(source_directory)


def _directories_below(source_directory):
    """Later public tools put every directory on the path; last, they hide no module of Python's."""
    found = []
    for path, directories, _files in os.walk(source_directory):
        directories[:] = sorted(name for name in directories if not name.startswith((".", "__")))
        found.extend(os.path.join(path, name) for name in directories)
    return found
