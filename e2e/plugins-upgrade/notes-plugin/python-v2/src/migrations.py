"""From the data of version 1.0 to that of 2.0. Each gets and returns a plain dict with the schema's own names."""

from dlpx.virtualization import libs
from dlpx.virtualization.platform import UserError


def register(plugin):
    plugin.upgrade.repository("2.0.1")(with_edition)
    plugin.upgrade.source_config("2.0.2")(with_title)
    plugin.upgrade.linked_source("2.0.3")(list_of_notes)
    plugin.upgrade.virtual_source("2.0.4")(list_of_own_notes)
    plugin.upgrade.virtual_source("2.0.5")(with_login)
    plugin.upgrade.snapshot("2.0.6")(with_version)


def with_edition(old_repository):
    return dict(old_repository, edition=2)


def with_title(old_source_config):
    return dict(old_source_config, title=old_source_config["path"])


def list_of_notes(old_linked_source):
    note = old_linked_source.pop("note", "")
    if note == "poison":
        raise UserError("This note cannot be read.", "Change it.")
    return dict(old_linked_source, notes=[note])


def list_of_own_notes(old_virtual_source):
    note = old_virtual_source.pop("note", "")
    return dict(old_virtual_source, notes=[note])


def with_login(old_virtual_source):
    token = old_virtual_source.pop("token")
    return dict(old_virtual_source, login=libs.upgrade_password(token, "scott"))


def with_version(old_snapshot):
    return dict(old_snapshot, version=1)
