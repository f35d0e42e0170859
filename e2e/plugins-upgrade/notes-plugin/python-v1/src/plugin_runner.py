import time

from dlpx.virtualization import libs
from dlpx.virtualization.platform import Mount, MountSpecification, Plugin
from generated.definitions import RepositoryDefinition, SnapshotDefinition, SourceConfigDefinition

plugin = Plugin()


@plugin.discovery.repository()
def find_repositories(source_connection):
    return [RepositoryDefinition(name="Notes")]


@plugin.discovery.source_config()
def find_source_configs(source_connection, repository):
    return []


@plugin.linked.pre_snapshot()
def pull(direct_source, repository, source_config, optional_snapshot_parameters):
    libs.run_sync(direct_source.connection, source_config.path)


@plugin.linked.post_snapshot()
def describe_source(direct_source, repository, source_config, optional_snapshot_parameters):
    return snapshot_now()


@plugin.virtual.mount_specification()
def where_to_mount(virtual_source, repository):
    return MountSpecification([Mount(virtual_source.connection.environment, virtual_source.parameters.mount_path)])


@plugin.virtual.configure()
def configure(virtual_source, snapshot, repository):
    return SourceConfigDefinition(path=virtual_source.parameters.mount_path)


@plugin.virtual.reconfigure()
def reconfigure(virtual_source, repository, source_config, snapshot):
    return SourceConfigDefinition(path=virtual_source.parameters.mount_path)


@plugin.virtual.unconfigure()
def unconfigure(virtual_source, repository, source_config):
    pass


@plugin.virtual.post_snapshot()
def describe_copy(virtual_source, repository, source_config):
    return snapshot_now()


def snapshot_now():
    return SnapshotDefinition(taken_at=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))
