"""Results of operations: what a plugin's function must return, and what the engine gets."""

from dlpx.virtualization.common import RemoteEnvironment
from dlpx.virtualization.common.util import is_integer
from dlpx.virtualization.platform import MountSpecification, Status
from dlpx.virtualization.platform.exceptions import IncorrectReturnTypeError


class Results(object):
    """Checks and translates what came back; `definitions` knows the classes of the plugin's schemas."""

    def __init__(self, definitions):
        self._definitions = definitions

    def ignored(self, operation, value):
        return None

    def source_config(self, operation, value):
        return self._definition(operation, value, "SourceConfigDefinition")

    def snapshot(self, operation, value):
        return self._definition(operation, value, "SnapshotDefinition")

    def snapshot_or_nothing(self, operation, value):
        return None if value is None else self.snapshot(operation, value)

    def repositories(self, operation, value):
        return self._list(operation, value, "RepositoryDefinition")

    def source_configs(self, operation, value):
        return self._list(operation, value, "SourceConfigDefinition")

    def status(self, operation, value):
        if not isinstance(value, Status):
            raise IncorrectReturnTypeError(operation, type(value), Status)
        return value.name

    def size(self, operation, value):
        if not is_integer(value) and not isinstance(value, float):
            raise IncorrectReturnTypeError(operation, type(value), (int, float))
        return value

    def mount_specification(self, operation, value):
        if not isinstance(value, MountSpecification):
            raise IncorrectReturnTypeError(operation, type(value), MountSpecification)
        ownership = value.ownership_specification
        return {
            "mounts": [_mount(mount) for mount in value.mounts],
            "ownershipSpecification": None if ownership is None else {"uid": ownership.uid, "gid": ownership.gid},
        }

    def _definition(self, operation, value, name):
        expected = self._definitions.find(name)
        if not isinstance(value, expected):
            raise IncorrectReturnTypeError(operation, type(value), expected)
        return value.to_dict()

    def _list(self, operation, values, name):
        expected = self._definitions.find(name)
        if not isinstance(values, list):
            raise IncorrectReturnTypeError(operation, type(values), [expected])
        if not all(isinstance(value, expected) for value in values):
            raise IncorrectReturnTypeError(operation, {type(value) for value in values}, [expected])
        return [value.to_dict() for value in values]


def _mount(mount):
    environment = mount.remote_environment
    return {
        "remoteEnvironment": _environment(environment) if isinstance(environment, RemoteEnvironment) else environment,
        "mountPath": mount.mount_path,
        "sharedPath": mount.shared_path,
    }


def _environment(environment):
    host = environment.host
    return {
        "name": environment.name,
        "reference": environment.reference,
        "host": {
            "name": host.name,
            "reference": host.reference,
            "binaryPath": host.binary_path,
            "scratchPath": host.scratch_path,
        },
    }
