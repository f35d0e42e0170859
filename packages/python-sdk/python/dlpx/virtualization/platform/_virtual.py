"""Decorators of the operations `plugin.virtual`."""

from dlpx.virtualization.platform._operation_group import OperationGroup
from dlpx.virtualization.platform.operation import Operation


class VirtualOperations(OperationGroup):
    """Makes a virtual copy usable, and runs it."""

    OPERATIONS = {
        "initialize": Operation.VIRTUAL_INITIALIZE,
        "configure": Operation.VIRTUAL_CONFIGURE,
        "unconfigure": Operation.VIRTUAL_UNCONFIGURE,
        "reconfigure": Operation.VIRTUAL_RECONFIGURE,
        "cleanup": Operation.VIRTUAL_CLEANUP,
        "start": Operation.VIRTUAL_START,
        "stop": Operation.VIRTUAL_STOP,
        "pre_snapshot": Operation.VIRTUAL_PRE_SNAPSHOT,
        "post_snapshot": Operation.VIRTUAL_POST_SNAPSHOT,
        "mount_specification": Operation.VIRTUAL_MOUNT_SPEC,
        "status": Operation.VIRTUAL_STATUS,
        "source_size": Operation.VIRTUAL_SOURCE_SIZE,
        "prepare_snapshot": Operation.VIRTUAL_PREPARE_SNAPSHOT,
    }

    def initialize(self, *misplaced):
        """(virtual_source, repository) -> SourceConfigDefinition"""
        return self._decorator("initialize", misplaced)

    def configure(self, *misplaced):
        """(virtual_source, snapshot, repository) -> SourceConfigDefinition"""
        return self._decorator("configure", misplaced)

    def unconfigure(self, *misplaced):
        """(virtual_source, repository, source_config)"""
        return self._decorator("unconfigure", misplaced)

    def reconfigure(self, *misplaced):
        """(virtual_source, repository, source_config, snapshot) -> SourceConfigDefinition"""
        return self._decorator("reconfigure", misplaced)

    def cleanup(self, *misplaced):
        """(virtual_source, repository, source_config)"""
        return self._decorator("cleanup", misplaced)

    def start(self, *misplaced):
        """(virtual_source, repository, source_config)"""
        return self._decorator("start", misplaced)

    def stop(self, *misplaced):
        """(virtual_source, repository, source_config)"""
        return self._decorator("stop", misplaced)

    def pre_snapshot(self, *misplaced):
        """(virtual_source, repository, source_config)"""
        return self._decorator("pre_snapshot", misplaced)

    def post_snapshot(self, *misplaced):
        """(virtual_source, repository, source_config) -> SnapshotDefinition"""
        return self._decorator("post_snapshot", misplaced)

    def mount_specification(self, *misplaced):
        """(virtual_source, repository) -> MountSpecification"""
        return self._decorator("mount_specification", misplaced)

    def status(self, *misplaced):
        """(virtual_source, repository, source_config) -> Status"""
        return self._decorator("status", misplaced)

    def source_size(self, *misplaced):
        """(virtual_source, repository, source_config) -> bytes, more than 0"""
        return self._decorator("source_size", misplaced)

    def prepare_snapshot(self, *misplaced):
        """(virtual_source, repository, source_config, snapshot) -> SnapshotDefinition or None"""
        return self._decorator("prepare_snapshot", misplaced)
