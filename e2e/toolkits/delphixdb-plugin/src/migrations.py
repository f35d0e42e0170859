"""From the toolkit's data to the plugin's."""

from dlpx.virtualization.platform import MigrationType


def add_to(plugin):
    @plugin.upgrade.repository("1.0", MigrationType.LUA)
    def add_edition(old_repository):
        return dict(old_repository, edition="migrated")

    @plugin.upgrade.source_config("1.0", MigrationType.LUA)
    def rename_database(old_source_config):
        new = dict(old_source_config)
        new["databaseName"] = new.pop("dbName")
        return new

    @plugin.upgrade.linked_source("1.0", MigrationType.LUA)
    def gather_staging(old_linked_source):
        old = old_linked_source
        return {"primaryDatabase": old["primaryDbName"], "staging": {"name": old["stagingDbName"], "port": old["stagingPort"]}}

    @plugin.upgrade.virtual_source("1.0", MigrationType.LUA)
    def rename_copy(old_virtual_source):
        return {"database": old_virtual_source["dbName"], "port": old_virtual_source["port"]}

    @plugin.upgrade.snapshot("1.0", MigrationType.LUA)
    def rename_checksum(old_snapshot):
        return {"checksum": old_snapshot["snapshotID"], "takenBy": "toolkit"}

    # Ordinary ones come after those of the toolkit, whose outcome this one needs.
    @plugin.upgrade.virtual_source("2026.11.22")
    def let_write(old_virtual_source):
        old_virtual_source["database"] += ""
        return dict(old_virtual_source, isReadOnly=False)
