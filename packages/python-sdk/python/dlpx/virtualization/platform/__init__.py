from dlpx.virtualization.common import (
    Credentials,
    KeyPairCredentials,
    PasswordCredentials,
    RemoteConnection,
    RemoteEnvironment,
    RemoteHost,
    RemoteUser,
    SourceConnection,
)
from dlpx.virtualization.platform._discovery import DiscoveryOperations
from dlpx.virtualization.platform._linked import LinkedOperations
from dlpx.virtualization.platform._plugin import Plugin, plugin
from dlpx.virtualization.platform._plugin_classes import (
    DirectSource,
    Mount,
    MountSpecification,
    OwnershipSpecification,
    StagedSource,
    Status,
    VirtualSource,
)
from dlpx.virtualization.platform._upgrade import MigrationType, UpgradeOperations
from dlpx.virtualization.platform._virtual import VirtualOperations
from dlpx.virtualization.platform.exceptions import *  # noqa: F403
from dlpx.virtualization.platform.exceptions import __all__ as _exceptions
from dlpx.virtualization.platform.migration_helper import (
    LuaUpgradeMigrations,
    PlatformUpgradeMigrations,
    UpgradeMigrations,
)
from dlpx.virtualization.platform.operation import Operation
from dlpx.virtualization.platform.util import get_virtualization_api_version
from dlpx.virtualization.platform.validation_util import check_function

__all__ = _exceptions + [
    "Credentials",
    "DirectSource",
    "DiscoveryOperations",
    "KeyPairCredentials",
    "LinkedOperations",
    "LuaUpgradeMigrations",
    "MigrationType",
    "Mount",
    "MountSpecification",
    "Operation",
    "OwnershipSpecification",
    "PasswordCredentials",
    "PlatformUpgradeMigrations",
    "Plugin",
    "RemoteConnection",
    "RemoteEnvironment",
    "RemoteHost",
    "RemoteUser",
    "SourceConnection",
    "StagedSource",
    "Status",
    "UpgradeMigrations",
    "UpgradeOperations",
    "VirtualOperations",
    "VirtualSource",
    "check_function",
    "get_virtualization_api_version",
    "plugin",
]
