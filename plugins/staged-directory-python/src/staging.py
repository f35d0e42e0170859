"""How the staging copy comes into step with its source."""

import pkgutil

from dlpx.virtualization import libs
from dlpx.virtualization.platform import UserError

# Scripts are files of their own: they can be read, checked and run without the plugin.
_PULL_CHANGES = pkgutil.get_data("resources", "pull-changes.sh")


def pull_changes(staged_source, source_path, starts_over):
    """Copies what has changed. The staging host is taken to be the source host as well."""
    connection = staged_source.staged_connection
    # Values go into variables, never into the command's text: quotes in them do no harm, and nobody sees them in `ps`.
    variables = {
        "SOURCE": source_path,
        "STAGING": staged_source.mount.mount_path,
        "EXCLUDE": "\n".join(staged_source.parameters.exclude or []),
        "START_OVER": "yes" if starts_over else "no",
    }
    copied = libs.run_bash(connection, _PULL_CHANGES, variables)
    if copied.exit_code != 0:
        raise UserError(
            "{} could not be copied.".format(source_path),
            "Let {} read everything in it, or leave out what it must not read.".format(connection.user.name),
            copied.stderr,
        )
