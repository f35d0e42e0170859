from dlpx.virtualization.libs._logging import PlatformHandler
from dlpx.virtualization.libs.exceptions import IncorrectArgumentTypeError, LibraryError, PluginScriptError
from dlpx.virtualization.libs.libs import (
    retrieve_credentials,
    run_bash,
    run_expect,
    run_powershell,
    run_sync,
    upgrade_password,
)

__all__ = [
    "IncorrectArgumentTypeError",
    "LibraryError",
    "PlatformHandler",
    "PluginScriptError",
    "retrieve_credentials",
    "run_bash",
    "run_expect",
    "run_powershell",
    "run_sync",
    "upgrade_password",
]
