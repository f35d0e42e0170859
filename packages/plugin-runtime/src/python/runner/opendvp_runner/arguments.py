"""Arguments of operations: what they are on the wire, and what a plugin's function gets."""

from dlpx.virtualization.common import RemoteConnection, RemoteEnvironment, RemoteHost, RemoteUser
from dlpx.virtualization.platform import DirectSource, Mount, StagedSource, VirtualSource


class Arguments(object):
    """Makes Python's values of an operation's arguments; `definitions` makes objects of the plugin's schemas."""

    def __init__(self, definitions):
        self._makers = {
            "source_connection": _connection,
            "repository": definitions.maker("RepositoryDefinition"),
            "source_config": definitions.maker("SourceConfigDefinition"),
            "snapshot": definitions.maker("SnapshotDefinition"),
            "optional_snapshot_parameters": definitions.maker("SnapshotParametersDefinition"),
            "direct_source": lambda value: _direct_source(value, definitions.maker("LinkedSourceDefinition")),
            "staged_source": lambda value: _staged_source(value, definitions.maker("LinkedSourceDefinition")),
            "virtual_source": lambda value: _virtual_source(value, definitions.maker("VirtualSourceDefinition")),
        }

    def make(self, name, value):
        return None if value is None else self._makers[name](value)


def _connection(value):
    return RemoteConnection(_environment(value["environment"]), RemoteUser(value["user"]["name"], value["user"]["reference"]))


def _environment(value):
    host = value["host"]
    remote_host = RemoteHost(host["name"], host["reference"], host["binaryPath"], host["scratchPath"])
    return RemoteEnvironment(value["name"], value["reference"], remote_host)


def _mount(value):
    environment = value["remoteEnvironment"]
    return Mount(_environment(environment) if isinstance(environment, dict) else environment, value["mountPath"], value.get("sharedPath"))


def _direct_source(value, parameters):
    return DirectSource(value["guid"], _connection(value["connection"]), parameters(value["parameters"]))


def _staged_source(value, parameters):
    mounts = [_mount(mount) for mount in value["mounts"]]
    return StagedSource(
        guid=value["guid"],
        source_connection=_connection(value["sourceConnection"]),
        parameters=parameters(value["parameters"]),
        mount=mounts[0] if len(mounts) == 1 else None,
        staged_connection=_connection(value["stagedConnection"]),
        mounts=mounts,
    )


def _virtual_source(value, parameters):
    mounts = [_mount(mount) for mount in value["mounts"]]
    return VirtualSource(value["guid"], _connection(value["connection"]), parameters(value["parameters"]), mounts)
