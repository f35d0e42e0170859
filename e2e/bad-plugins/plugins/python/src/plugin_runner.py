from dlpx.virtualization import libs
from dlpx.virtualization.platform import Mount, MountSpecification, Plugin

from generated.definitions import RepositoryDefinition, SnapshotDefinition, SourceConfigDefinition

plugin = Plugin()


@plugin.discovery.repository()
def find_repositories(source_connection):
    return [RepositoryDefinition(name="odd")]


@plugin.discovery.source_config()
def find_source_configs(source_connection, repository):
    return []


@plugin.linked.pre_snapshot()
def copy_source(direct_source, repository, source_config, optional_snapshot_parameters):
    libs.run_sync(direct_source.connection, source_config.path)


@plugin.linked.post_snapshot()
def describe_source(direct_source, repository, source_config, optional_snapshot_parameters):
    return SnapshotDefinition()


@plugin.virtual.mount_specification()
def mount(virtual_source, repository):
    return MountSpecification([Mount(virtual_source.connection.environment, virtual_source.parameters.mount_path)])


@plugin.virtual.configure()
def configure(virtual_source, repository, snapshot):
    how = virtual_source.parameters.how
    while how == "hang":
        pass
    if how == "raise":
        raise RuntimeError("This is odd.")
    if how == "slow":
        libs.run_bash(virtual_source.connection, "sleep 3")
    if how == "wrong class":
        return "text"
    if how == "wrong field":
        return SourceConfigDefinition(name="copy", path=7)
    return SourceConfigDefinition(name="copy", path=virtual_source.parameters.mount_path)


@plugin.virtual.reconfigure()
def reconfigure(virtual_source, repository, source_config, snapshot):
    return SourceConfigDefinition(name="copy", path=virtual_source.parameters.mount_path)


@plugin.virtual.unconfigure()
def unconfigure(virtual_source, repository, source_config):
    pass


@plugin.virtual.post_snapshot()
def describe_copy(virtual_source, repository, source_config):
    return SnapshotDefinition()
