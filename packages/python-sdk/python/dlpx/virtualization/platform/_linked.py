"""Decorators of the operations `plugin.linked`."""

from dlpx.virtualization.platform._operation_group import OperationGroup
from dlpx.virtualization.platform.operation import Operation


class LinkedOperations(OperationGroup):
    """Brings data into dSources. `source` stands for `direct_source` or `staged_source`, by the type of the plugin."""

    OPERATIONS = {
        "pre_snapshot": Operation.LINKED_PRE_SNAPSHOT,
        "post_snapshot": Operation.LINKED_POST_SNAPSHOT,
        "start_staging": Operation.LINKED_START_STAGING,
        "stop_staging": Operation.LINKED_STOP_STAGING,
        "status": Operation.LINKED_STATUS,
        "worker": Operation.LINKED_WORKER,
        "mount_specification": Operation.LINKED_MOUNT_SPEC,
        "source_size": Operation.LINKED_SOURCE_SIZE,
        "prepare_snapshot": Operation.LINKED_PREPARE_SNAPSHOT,
    }

    def pre_snapshot(self, *misplaced):
        """(source, repository, source_config, optional_snapshot_parameters)"""
        return self._decorator("pre_snapshot", misplaced)

    def post_snapshot(self, *misplaced):
        """(source, repository, source_config, optional_snapshot_parameters) -> SnapshotDefinition"""
        return self._decorator("post_snapshot", misplaced)

    def start_staging(self, *misplaced):
        """(staged_source, repository, source_config)"""
        return self._decorator("start_staging", misplaced)

    def stop_staging(self, *misplaced):
        """(staged_source, repository, source_config)"""
        return self._decorator("stop_staging", misplaced)

    def status(self, *misplaced):
        """(staged_source, repository, source_config) -> Status"""
        return self._decorator("status", misplaced)

    def worker(self, *misplaced):
        """(staged_source, repository, source_config)"""
        return self._decorator("worker", misplaced)

    def mount_specification(self, *misplaced):
        """(staged_source, repository) -> MountSpecification"""
        return self._decorator("mount_specification", misplaced)

    def source_size(self, *misplaced):
        """(source, repository, source_config) -> bytes, more than 0"""
        return self._decorator("source_size", misplaced)

    def prepare_snapshot(self, *misplaced):
        """(staged_source, repository, source_config, snapshot) -> SnapshotDefinition or None"""
        return self._decorator("prepare_snapshot", misplaced)
