"""What can be done with a mounted directory on any host."""

from dlpx.virtualization import libs
from dlpx.virtualization.platform import Status, UserError

#: Is there while a copy must not be used.
OFFLINE = ".offline"


def put_online(connection, path):
    _run(connection, 'rm -f -- "$DIRECTORY/$OFFLINE"', path)


def put_offline(connection, path):
    _run(connection, 'touch -- "$DIRECTORY/$OFFLINE"', path)


def status(connection, path):
    command = '[ -d "$DIRECTORY" ] && [ ! -e "$DIRECTORY/$OFFLINE" ]'
    found = libs.run_bash(connection, command, _variables(path))
    return Status.ACTIVE if found.exit_code == 0 else Status.INACTIVE


def flush(connection, path):
    """Brings to the disk what is still in memory."""
    _run(connection, 'sync --file-system -- "$DIRECTORY"', path)


def count_files(connection, path):
    return int(_run(connection, 'find "$DIRECTORY" -type f ! -path "$DIRECTORY/$OFFLINE" -printf . | wc --bytes', path))


def size(connection, path):
    """The room that a tree takes on its disk; some file systems give none to an empty directory, but a size is above 0."""
    return max(1, int(_run(connection, 'du --summarize --block-size=1 -- "$DIRECTORY/"', path).split()[0]))


def now(connection):
    return libs.run_bash(connection, "date --utc +%Y-%m-%dT%H:%M:%SZ", check=True).stdout.strip()


def _run(connection, command, path):
    done = libs.run_bash(connection, "set -o pipefail; " + command, _variables(path))
    if done.exit_code != 0:
        action = "Let {} read and write it, then try again.".format(connection.user.name)
        raise UserError("{} cannot be used.".format(path), action, done.stderr)
    return done.stdout


def _variables(path):
    return {"DIRECTORY": path, "OFFLINE": OFFLINE}
