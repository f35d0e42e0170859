"""Directory trees whose copies are made from masked snapshots; the live ones keep their names."""

from dlpx.virtualization import libs
from dlpx.virtualization.platform import Mount, MountSpecification, Plugin
from generated.definitions import RepositoryDefinition, SnapshotDefinition, SourceConfigDefinition

plugin = Plugin()


@plugin.discovery.repository()
def find_repositories(source_connection):
    return [RepositoryDefinition(name="trees")]


@plugin.discovery.source_config()
def find_source_configs(source_connection, repository):
    return []


@plugin.linked.mount_specification()
def where_to_stage(staged_source, repository):
    environment = staged_source.staged_connection.environment
    return MountSpecification([Mount(environment, staged_source.parameters.mount_path)])


@plugin.linked.pre_snapshot()
def copy_source(staged_source, repository, source_config, optional_snapshot_parameters):
    variables = {"FROM": source_config.path, "TO": staged_source.mount.mount_path}
    libs.run_bash(staged_source.staged_connection, 'cp -R -- "$FROM/." "$TO"', variables, check=True)


@plugin.linked.post_snapshot()
def describe_staging(staged_source, repository, source_config, optional_snapshot_parameters):
    return SnapshotDefinition(masked_at="nowhere")


@plugin.linked.prepare_snapshot()
def mask_sync(staged_source, repository, source_config, snapshot):
    return _mask(staged_source.staged_connection, staged_source.mount.mount_path, snapshot)


@plugin.virtual.mount_specification()
def where_to_mount(virtual_source, repository):
    return MountSpecification([Mount(virtual_source.connection.environment, virtual_source.parameters.mount_path)])


@plugin.virtual.configure()
def configure(virtual_source, repository, snapshot):
    return _described(virtual_source)


@plugin.virtual.reconfigure()
def reconfigure(virtual_source, repository, source_config, snapshot):
    return _described(virtual_source)


@plugin.virtual.post_snapshot()
def describe_copy(virtual_source, repository, source_config):
    return SnapshotDefinition(masked_at="nowhere")


@plugin.virtual.prepare_snapshot()
def mask_copy(virtual_source, repository, source_config, snapshot):
    return _mask(virtual_source.connection, virtual_source.mounts[0].mount_path, snapshot)


def _described(virtual_source):
    path = virtual_source.parameters.mount_path
    return SourceConfigDefinition(name=path, path=path)


def _mask(connection, path, snapshot):
    if snapshot.masked_at != "nowhere":
        raise AssertionError("{} was masked before.".format(snapshot.masked_at))
    libs.run_bash(connection, 'sed -i s/tiger/XXXXX/ "$DIRECTORY/file"', {"DIRECTORY": path}, check=True)
    return SnapshotDefinition(masked_at=path)
