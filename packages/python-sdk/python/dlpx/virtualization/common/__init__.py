from dlpx.virtualization.common._common_classes import (
    Credentials,
    KeyPairCredentials,
    PasswordCredentials,
    RemoteConnection,
    RemoteEnvironment,
    RemoteHost,
    RemoteUser,
    SourceConnection,
)
from dlpx.virtualization.common.exceptions import IncorrectTypeError, PlatformError, PluginRuntimeError
from dlpx.virtualization.common.util import to_bytes, to_str

__all__ = [
    "Credentials",
    "IncorrectTypeError",
    "KeyPairCredentials",
    "PasswordCredentials",
    "PlatformError",
    "PluginRuntimeError",
    "RemoteConnection",
    "RemoteEnvironment",
    "RemoteHost",
    "RemoteUser",
    "SourceConnection",
    "to_bytes",
    "to_str",
]
