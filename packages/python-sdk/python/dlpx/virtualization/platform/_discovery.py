"""Decorators of the operations `plugin.discovery`."""

from dlpx.virtualization.platform._operation_group import OperationGroup
from dlpx.virtualization.platform.operation import Operation


class DiscoveryOperations(OperationGroup):
    """Finds what there is on a host."""

    OPERATIONS = {
        "repository": Operation.DISCOVERY_REPOSITORY,
        "source_config": Operation.DISCOVERY_SOURCE_CONFIG,
    }

    def repository(self, *misplaced):
        """(source_connection) -> list of RepositoryDefinition"""
        return self._decorator("repository", misplaced)

    def source_config(self, *misplaced):
        """(source_connection, repository) -> list of SourceConfigDefinition"""
        return self._decorator("source_config", misplaced)
