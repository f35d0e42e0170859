"""Directory trees with a staging copy that rsync keeps in step, and copies of it.

The operations stand in the order of a dataset's life. Each is called by keyword: the names of its arguments are part of
the contract.
"""

import directory
from discovery import rsync_version
from dlpx.virtualization.platform import Mount, MountSpecification, Plugin
from generated.definitions import RepositoryDefinition, SnapshotDefinition, SourceConfigDefinition
from plugin_log import logger
from staging import pull_changes

plugin = Plugin()


# ---- Discovery ----


@plugin.discovery.repository()
def find_repositories(source_connection):
    version = rsync_version(source_connection)
    return [] if version is None else [RepositoryDefinition(name="Directories", rsync_version=version)]


# Which directories matter, only their owners know.
@plugin.discovery.source_config()
def find_source_configs(source_connection, repository):
    return []


# ---- The staging copy ----


@plugin.linked.mount_specification()
def where_to_stage(staged_source, repository):
    environment = staged_source.staged_connection.environment
    return MountSpecification([Mount(environment, staged_source.parameters.mount_path)])


# Nothing runs between syncs. A database would start a standby here, and end it in stop_staging.
@plugin.linked.start_staging()
def start_staging(staged_source, repository, source_config):
    logger.info("Staging of %s begins at %s", source_config.path, staged_source.mount.mount_path)


@plugin.linked.stop_staging()
def stop_staging(staged_source, repository, source_config):
    logger.info("Staging of %s ends", source_config.path)


@plugin.linked.status()
def staging_status(staged_source, repository, source_config):
    return directory.status(staged_source.staged_connection, staged_source.mount.mount_path)


# A sync by a policy has no parameters, and never starts over.
@plugin.linked.pre_snapshot()
def bring_into_step(staged_source, repository, source_config, optional_snapshot_parameters):
    starts_over = optional_snapshot_parameters is not None and optional_snapshot_parameters.resync
    pull_changes(staged_source, source_config.path, starts_over)


@plugin.linked.post_snapshot()
def describe_staging(staged_source, repository, source_config, optional_snapshot_parameters):
    return _describe(staged_source.staged_connection, staged_source.mount.mount_path)


@plugin.linked.source_size()
def size_of_source(staged_source, repository, source_config):
    return directory.size(staged_source.source_connection, source_config.path)


# ---- The copies ----


@plugin.virtual.mount_specification()
def where_to_mount(virtual_source, repository):
    return MountSpecification([Mount(virtual_source.connection.environment, virtual_source.parameters.mount_path)])


@plugin.virtual.configure()
def configure(virtual_source, snapshot, repository):
    logger.info("%s begins with %d files of %s", virtual_source.parameters.mount_path, snapshot.files, snapshot.taken_at)
    return _put_online(virtual_source)


@plugin.virtual.reconfigure()
def reconfigure(virtual_source, repository, source_config, snapshot):
    return _put_online(virtual_source)


@plugin.virtual.initialize()
def initialize(virtual_source, repository):
    return _put_online(virtual_source)


# Nothing of a directory runs: whoever uses it is told by a file that it is about to go.
@plugin.virtual.unconfigure()
def unconfigure(virtual_source, repository, source_config):
    directory.put_offline(virtual_source.connection, source_config.path)


@plugin.virtual.start()
def start(virtual_source, repository, source_config):
    directory.put_online(virtual_source.connection, source_config.path)


@plugin.virtual.stop()
def stop(virtual_source, repository, source_config):
    directory.put_offline(virtual_source.connection, source_config.path)


@plugin.virtual.status()
def status(virtual_source, repository, source_config):
    return directory.status(virtual_source.connection, source_config.path)


@plugin.virtual.pre_snapshot()
def bring_to_rest(virtual_source, repository, source_config):
    directory.flush(virtual_source.connection, source_config.path)


@plugin.virtual.post_snapshot()
def describe_copy(virtual_source, repository, source_config):
    return _describe(virtual_source.connection, source_config.path)


@plugin.virtual.source_size()
def size_of_copy(virtual_source, repository, source_config):
    return directory.size(virtual_source.connection, source_config.path)


def _put_online(virtual_source):
    path = virtual_source.parameters.mount_path
    directory.put_online(virtual_source.connection, path)
    return SourceConfigDefinition(name=path, path=path)


def _describe(connection, path):
    return SnapshotDefinition(taken_at=directory.now(connection), files=directory.count_files(connection, path))
