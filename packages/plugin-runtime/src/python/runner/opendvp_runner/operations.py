"""The operations: their names on the wire, where a plugin keeps its functions, and the arguments that those have."""

from opendvp_runner.results import Results


class Operation(object):
    """`signatures` are the sets of arguments that a function may have, in any order; the first is the one to write today."""

    def __init__(self, group, name, signatures, read_result):
        self.group = group
        self.name = name
        self.signatures = signatures
        self.read_result = read_result

    @property
    def decorator(self):
        return "{}.{}()".format(self.group, self.name)


_VIRTUAL = ("virtual_source", "repository", "source_config")


def operations(plugin_type):
    """By their names on the wire. Those of staged sources are not called in direct plugins."""
    source = "direct_source" if plugin_type == "DIRECT" else "staged_source"
    linked = (source, "repository", "source_config")
    # Before version 3.0, staged plugins got the parameters under another name and direct ones not at all.
    before_3 = linked + ("snapshot_parameters",) if plugin_type == "STAGED" else linked
    snapshot = [linked + ("optional_snapshot_parameters",), before_3]
    found = {
        "discovery.repository": Operation("discovery", "repository", [("source_connection",)], Results.repositories),
        "discovery.sourceConfig": Operation(
            "discovery", "source_config", [("source_connection", "repository"), ("source_connection",)], Results.source_configs
        ),
        "linked.preSnapshot": Operation("linked", "pre_snapshot", snapshot, Results.ignored),
        "linked.postSnapshot": Operation("linked", "post_snapshot", snapshot, Results.snapshot),
        "linked.sourceSize": Operation("linked", "source_size", [linked], Results.size),
        "virtual.initialize": Operation("virtual", "initialize", [("virtual_source", "repository")], Results.source_config),
        "virtual.configure": Operation("virtual", "configure", [("virtual_source", "snapshot", "repository")], Results.source_config),
        "virtual.reconfigure": Operation("virtual", "reconfigure", [_VIRTUAL + ("snapshot",)], Results.source_config),
        "virtual.unconfigure": Operation("virtual", "unconfigure", [_VIRTUAL], Results.ignored),
        "virtual.cleanup": Operation("virtual", "cleanup", [_VIRTUAL], Results.ignored),
        "virtual.start": Operation("virtual", "start", [_VIRTUAL], Results.ignored),
        "virtual.stop": Operation("virtual", "stop", [_VIRTUAL], Results.ignored),
        "virtual.preSnapshot": Operation("virtual", "pre_snapshot", [_VIRTUAL], Results.ignored),
        "virtual.postSnapshot": Operation("virtual", "post_snapshot", [_VIRTUAL], Results.snapshot),
        "virtual.mountSpecification": Operation(
            "virtual", "mount_specification", [("virtual_source", "repository")], Results.mount_specification
        ),
        "virtual.status": Operation("virtual", "status", [_VIRTUAL], Results.status),
        "virtual.sourceSize": Operation("virtual", "source_size", [_VIRTUAL], Results.size),
        "virtual.prepareSnapshot": Operation("virtual", "prepare_snapshot", [_VIRTUAL + ("snapshot",)], Results.snapshot_or_nothing),
    }
    if plugin_type == "STAGED":
        found.update(_staged_operations(linked))
    return found


def _staged_operations(linked):
    return {
        "linked.startStaging": Operation("linked", "start_staging", [linked], Results.ignored),
        "linked.stopStaging": Operation("linked", "stop_staging", [linked], Results.ignored),
        "linked.status": Operation("linked", "status", [linked], Results.status),
        "linked.worker": Operation("linked", "worker", [linked], Results.ignored),
        "linked.mountSpecification": Operation(
            "linked", "mount_specification", [("staged_source", "repository")], Results.mount_specification
        ),
        "linked.prepareSnapshot": Operation("linked", "prepare_snapshot", [linked + ("snapshot",)], Results.snapshot_or_nothing),
    }
