"""What the engine does for a plugin while an operation runs.

What the engine cannot do is raised as LibraryError, a wrong argument as IncorrectArgumentTypeError. Credentials, `variables`
and what they hold are secret: they appear in no process list, log or error of the engine.
"""

from dlpx.virtualization._engine.libs import EngineRefusal, call
from dlpx.virtualization.common import KeyPairCredentials, PasswordCredentials
from dlpx.virtualization.common.util import to_native
from dlpx.virtualization.libs._wire import Result, text_of, texts_of, variables_of, wire_connection
from dlpx.virtualization.libs.exceptions import IncorrectArgumentTypeError, LibraryError, PluginScriptError

__all__ = ["retrieve_credentials", "run_bash", "run_expect", "run_powershell", "run_sync", "upgrade_password"]

# An error of the engine's has a limit; all of the output is in the exception's attributes.
_SHOWN_CHARACTERS = 4096


def run_bash(remote_connection, command, variables=None, use_login_shell=False, check=False):
    """Runs a command in bash on a host, in the user's home directory.

    Returns a result with `exit_code`, `stdout` and `stderr`, whatever the exit code; with `check`, another one than 0 raises
    PluginScriptError. `variables` are environment variables of the command: a dict of text to text.
    """
    if not isinstance(use_login_shell, bool):
        raise IncorrectArgumentTypeError("use_login_shell", type(use_login_shell), bool, False)
    return _run("runBash", remote_connection, command, variables, check, {"useLoginShell": use_login_shell})


def run_expect(remote_connection, command, variables=None, check=False):
    """Runs an expect script on a Unix host; the same result as `run_bash`."""
    return _run("runExpect", remote_connection, command, variables, check, {})


def run_powershell(remote_connection, command, variables=None, check=False):
    """Runs a PowerShell script on a Windows host; the same result as `run_bash`."""
    return _run("runPowershell", remote_connection, command, variables, check, {})


def run_sync(remote_connection, source_directory, rsync_user=None, exclude_paths=None, sym_links_to_follow=None):
    """Copies a directory of the source host into the dSource; for direct plugins, in linked.pre_snapshot.

    `exclude_paths` are rsync patterns or paths, `sym_links_to_follow` links that are copied as what they point to.
    """
    params = {
        "remoteConnection": wire_connection(remote_connection),
        "sourceDirectory": text_of("source_directory", source_directory),
        "rsyncUser": text_of("rsync_user", rsync_user, required=False),
        "excludePaths": texts_of("exclude_paths", exclude_paths),
        "symLinksToFollow": texts_of("sym_links_to_follow", sym_links_to_follow),
    }
    _call("runSync", params)


def retrieve_credentials(credentials_supplier):
    """The credentials that a supplier stands for, fetched anew at each call.

    `credentials_supplier` is a dict exactly as the operation's parameters have it. Returns PasswordCredentials or KeyPairCredentials.
    """
    if not isinstance(credentials_supplier, dict):
        raise IncorrectArgumentTypeError("credentials_supplier", type(credentials_supplier), dict)
    answer = _call("retrieveCredentials", {"credentialsSupplier": credentials_supplier})
    if answer["type"] == "password":
        return PasswordCredentials(answer["username"], answer["password"])
    return KeyPairCredentials(answer["username"], answer["privateKey"], answer["publicKey"])


def upgrade_password(password, username=None):
    """A password as a dict that fits passwordCredentialsSupplier; in data migrations only."""
    params = {"password": text_of("password", password), "username": text_of("username", username, required=False)}
    return _call("upgradePassword", params)


def _run(library, remote_connection, command, variables, check, more):
    if not isinstance(check, bool):
        raise IncorrectArgumentTypeError("check", type(check), bool, False)
    params = {
        "remoteConnection": wire_connection(remote_connection),
        "command": text_of("command", command),
        "variables": variables_of(variables),
    }
    params.update(more)
    result = Result(_call(library, params))
    if check and result.exit_code != 0:
        message = u"The command ended with exit code {}.\nstdout: {}\nstderr: {}"
        shown = message.format(result.exit_code, _tail(result.stdout), _tail(result.stderr))
        raise PluginScriptError(to_native(shown), result.exit_code, result.stdout, result.stderr)
    return result


def _call(library, params):
    try:
        return call(library, params)
    except EngineRefusal as refusal:
        # Keeps the engine's number, so that an error that nobody handles ends the operation with the engine's own words.
        raise LibraryError(refusal.failure, to_native(refusal.message), refusal.code, refusal.action)


def _tail(text):
    return text if len(text) <= _SHOWN_CHARACTERS else u"[...] " + text[-_SHOWN_CHARACTERS:]
