"""Sources and mounts, as operations get and return them."""

import re

from dlpx.virtualization.common import RemoteConnection, RemoteEnvironment
from dlpx.virtualization.common._check_type import check_integer, check_list, check_text, check_type
from dlpx.virtualization.common.exceptions import IncorrectTypeError
from dlpx.virtualization.common.util import is_text
from dlpx.virtualization.platform._enum import Enum
from dlpx.virtualization.platform.exceptions import IncorrectReferenceFormatError

_ENVIRONMENT_REFERENCE = re.compile(r"(UNIX|WINDOWS)_HOST_ENVIRONMENT-\d+\Z")


class Status(Enum):
    ACTIVE = 0
    INACTIVE = 1


class Mount(object):
    """Where a dataset, or a part of it, is mounted.

    `remote_environment` is an environment or its reference, `mount_path` absolute, `shared_path` a sub-directory of the dataset that
    alone is mounted.
    """

    def __init__(self, remote_environment, mount_path, shared_path=None):
        if is_text(remote_environment):
            if _ENVIRONMENT_REFERENCE.match(remote_environment) is None:
                raise IncorrectReferenceFormatError(remote_environment)
        elif not isinstance(remote_environment, RemoteEnvironment):
            raise IncorrectTypeError(Mount, "remote_environment", type(remote_environment), (RemoteEnvironment, str))
        check_text(Mount, "mount_path", mount_path)
        check_text(Mount, "shared_path", shared_path, required=False)
        self.remote_environment = remote_environment
        self.mount_path = mount_path
        self.shared_path = shared_path


class OwnershipSpecification(object):
    """Whom the top directory of a mount belongs to, as numbers; Unix hosts only."""

    def __init__(self, uid, gid):
        check_integer(OwnershipSpecification, "uid", uid)
        check_integer(OwnershipSpecification, "gid", gid)
        self.uid = uid
        self.gid = gid


class MountSpecification(object):
    """Where the engine mounts a dataset: a list of mounts, also on several environments."""

    def __init__(self, mounts, ownership_specification=None):
        check_list(MountSpecification, "mounts", mounts, Mount)
        check_type(
            MountSpecification, "ownership_specification", ownership_specification, OwnershipSpecification, required=False
        )
        self.mounts = mounts
        self.ownership_specification = ownership_specification


class DirectSource(object):
    """A linked source of a direct plugin."""

    def __init__(self, guid, connection, parameters):
        check_text(DirectSource, "guid", guid)
        check_type(DirectSource, "connection", connection, RemoteConnection)
        self.guid = guid
        self.connection = connection
        self.parameters = parameters


class StagedSource(object):
    """A linked source of a staged plugin: its source host, and the host of its staging copy, which may be the same.

    `mount` is where the staging copy is mounted when its mount specification has one mount, else None; `mounts` are all of them.
    """

    def __init__(self, guid, source_connection, parameters, mount, staged_connection, mounts=None):
        check_text(StagedSource, "guid", guid)
        check_type(StagedSource, "source_connection", source_connection, RemoteConnection)
        check_type(StagedSource, "mount", mount, Mount, required=False)
        check_type(StagedSource, "staged_connection", staged_connection, RemoteConnection)
        if mounts is not None:
            check_list(StagedSource, "mounts", mounts, Mount)
        self.guid = guid
        self.source_connection = source_connection
        self.parameters = parameters
        self.mount = mount
        self.staged_connection = staged_connection
        self.mounts = mounts if mounts is not None else [] if mount is None else [mount]


class VirtualSource(object):
    """A virtual copy, and where it is mounted."""

    def __init__(self, guid, connection, parameters, mounts):
        check_text(VirtualSource, "guid", guid)
        check_type(VirtualSource, "connection", connection, RemoteConnection)
        check_list(VirtualSource, "mounts", mounts, Mount)
        self.guid = guid
        self.connection = connection
        self.parameters = parameters
        self.mounts = mounts
