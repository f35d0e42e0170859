"""What there is on a host."""

from dlpx.virtualization import libs


def rsync_version(connection):
    """The version of a host's rsync; None where it has none."""
    found = libs.run_bash(connection, "rsync --version")
    words = found.stdout.split()
    return words[2] if found.exit_code == 0 and words[:2] == ["rsync", "version"] else None
