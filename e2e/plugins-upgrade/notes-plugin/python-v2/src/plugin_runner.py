import time

import migrations
from dlpx.virtualization import libs
from dlpx.virtualization.platform import Mount, MountSpecification, Plugin, UserError
from generated.definitions import RepositoryDefinition, SnapshotDefinition, SourceConfigDefinition

plugin = Plugin()
migrations.register(plugin)


@plugin.discovery.repository()
def find_repositories(source_connection):
    return [RepositoryDefinition(name="Notes", edition=2)]


@plugin.discovery.source_config()
def find_source_configs(source_connection, repository):
    return []


@plugin.linked.pre_snapshot()
def pull(direct_source, repository, source_config, optional_snapshot_parameters):
    must_be_new(repository.edition, direct_source.parameters.notes, source_config.title)
    libs.run_sync(direct_source.connection, source_config.path)


@plugin.linked.post_snapshot()
def describe_source(direct_source, repository, source_config, optional_snapshot_parameters):
    return snapshot_now()


@plugin.virtual.mount_specification()
def where_to_mount(virtual_source, repository):
    return MountSpecification([Mount(virtual_source.connection.environment, virtual_source.parameters.mount_path)])


@plugin.virtual.configure()
def configure(virtual_source, snapshot, repository):
    return configured(virtual_source, snapshot, repository)


@plugin.virtual.reconfigure()
def reconfigure(virtual_source, repository, source_config, snapshot):
    must_be_new(source_config.title)
    return configured(virtual_source, snapshot, repository)


@plugin.virtual.unconfigure()
def unconfigure(virtual_source, repository, source_config):
    must_be_new(source_config.title)


@plugin.virtual.post_snapshot()
def describe_copy(virtual_source, repository, source_config):
    return snapshot_now()


def configured(virtual_source, snapshot, repository):
    """What version 1.0 has made is in the form of 2.0 by now, or it has no business here."""
    parameters = virtual_source.parameters
    must_be_new(repository.edition, parameters.notes, snapshot.version, parameters.login)
    if libs.retrieve_credentials(parameters.login).password not in ("tiger", "lion"):
        raise UserError("This is not the password that was given.")
    return SourceConfigDefinition(path=parameters.mount_path, title=parameters.mount_path)


def must_be_new(*values):
    if None in values:
        raise UserError("This is in the form of version 1.0.", "Migrate it.")


def snapshot_now():
    return SnapshotDefinition(taken_at=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), version=2)
