"""The plugin that follows the toolkit delphixdb. It runs the scripts of the toolkit, in every version of Python."""

import migrations
from dlpx.virtualization.platform import Mount, MountSpecification, Plugin, Status
from generated.definitions import RepositoryDefinition, SnapshotDefinition, SourceConfigDefinition
from instance import Instance, run

plugin = Plugin()
migrations.add_to(plugin)


@plugin.discovery.repository()
def find_installations(source_connection):
    found = run(source_connection, "find-installations.sh")
    return [RepositoryDefinition(install_path=each["installPath"], version=each["version"], edition="found") for each in found]


@plugin.discovery.source_config()
def find_instances(source_connection, repository):
    found = run(source_connection, "find-instances.sh", INSTALL_PATH=repository.install_path)
    return [SourceConfigDefinition(data_path=each["dataPath"], port=each["port"], database_name=each["dbName"]) for each in found]


@plugin.linked.mount_specification()
def mount_staging(staged_source, repository):
    return mount(staged_source.staged_connection, staged_source)


@plugin.linked.start_staging()
def start_staging(staged_source, repository, source_config):
    staging = staged_source.parameters.staging
    staged(staged_source).start(staging.name, staging.port)


@plugin.linked.stop_staging()
def stop_staging(staged_source, repository, source_config):
    staged(staged_source).stop()


@plugin.linked.status()
def staged_status(staged_source, repository, source_config):
    return Status.ACTIVE if staged(staged_source).is_active() else Status.INACTIVE


@plugin.linked.pre_snapshot()
def pull(staged_source, repository, source_config, optional_snapshot_parameters):
    staged(staged_source).copy_from(source_config.data_path)


@plugin.linked.post_snapshot()
def describe_staged(staged_source, repository, source_config, optional_snapshot_parameters):
    return SnapshotDefinition(checksum=staged(staged_source).checksum(), taken_by="plugin")


@plugin.virtual.mount_specification()
def mount_copy(virtual_source, repository):
    return mount(virtual_source.connection, virtual_source)


@plugin.virtual.configure()
def configure(virtual_source, repository, snapshot):
    copy(virtual_source).checksum(snapshot.checksum)
    return started(virtual_source)


@plugin.virtual.reconfigure()
def reconfigure(virtual_source, repository, source_config, snapshot):
    if not snapshot.taken_by:
        raise RuntimeError("This snapshot has not been migrated.")
    return started(virtual_source)


@plugin.virtual.unconfigure()
def unconfigure(virtual_source, repository, source_config):
    copy(virtual_source).stop()


@plugin.virtual.start()
def start(virtual_source, repository, source_config):
    started(virtual_source)


@plugin.virtual.stop()
def stop(virtual_source, repository, source_config):
    copy(virtual_source).stop()


@plugin.virtual.status()
def status(virtual_source, repository, source_config):
    return Status.ACTIVE if copy(virtual_source).is_active() else Status.INACTIVE


@plugin.virtual.post_snapshot()
def describe_copy(virtual_source, repository, source_config):
    return SnapshotDefinition(checksum=copy(virtual_source).checksum(), taken_by="plugin")


def mount(connection, source):
    # Where the toolkit, which did not say, had its datasets.
    path = "{}/delphixdb/{}".format(connection.environment.host.scratch_path, source.guid)
    return MountSpecification([Mount(connection.environment, path)])


def staged(staged_source):
    return Instance(staged_source.staged_connection, staged_source.mount.mount_path)


def copy(virtual_source):
    return Instance(virtual_source.connection, virtual_source.mounts[0].mount_path)


def started(virtual_source):
    instance, parameters = copy(virtual_source), virtual_source.parameters
    instance.start(parameters.database, parameters.port)
    return SourceConfigDefinition(data_path=instance.path, port=parameters.port, database_name=parameters.database)
