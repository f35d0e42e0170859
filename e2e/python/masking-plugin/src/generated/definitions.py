# Written by `dvp build` from the plugin's schema file. Changes here are lost: change the schemas.

from dlpx.virtualization._definitions import Definition, GeneratedClassesError, Property, definition

__all__ = [
    "GeneratedClassesError",
    "LinkedSourceDefinition",
    "RepositoryDefinition",
    "SnapshotDefinition",
    "SnapshotParametersDefinition",
    "SourceConfigDefinition",
    "VirtualSourceDefinition",
]


@definition
class RepositoryDefinition(Definition):
    name = Property("name", {"type": "string"})

    def __init__(self, name=None, validate=True):
        self._set(validate, name=name)


@definition
class SourceConfigDefinition(Definition):
    name = Property("name", {"type": "string"})
    path = Property("path", {"type": "string"})

    def __init__(self, name=None, path=None, validate=True):
        self._set(validate, name=name, path=path)


@definition
class LinkedSourceDefinition(Definition):
    mount_path = Property("mountPath", {"type": "string"})

    def __init__(self, mount_path=None, validate=True):
        self._set(validate, mount_path=mount_path)


@definition
class VirtualSourceDefinition(Definition):
    mount_path = Property("mountPath", {"type": "string"})

    def __init__(self, mount_path=None, validate=True):
        self._set(validate, mount_path=mount_path)


@definition
class SnapshotDefinition(Definition):
    masked_at = Property("maskedAt", {"type": "string"})

    def __init__(self, masked_at=None, validate=True):
        self._set(validate, masked_at=masked_at)


@definition
class SnapshotParametersDefinition(Definition):
    resync = Property("resync", {"type": "boolean"})

    def __init__(self, resync=None, validate=True):
        self._set(validate, resync=resync)
