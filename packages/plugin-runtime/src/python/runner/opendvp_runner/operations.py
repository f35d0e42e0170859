"""The operations: their names on the wire, and what is made of what their functions return."""

from dlpx.virtualization.platform import Operation

from opendvp_runner.results import Results
from opendvp_runner.wire_names import camel_case

_READ_RESULT = {
    Operation.DISCOVERY_REPOSITORY: Results.repositories,
    Operation.DISCOVERY_SOURCE_CONFIG: Results.source_configs,
    Operation.LINKED_POST_SNAPSHOT: Results.snapshot,
    Operation.LINKED_STATUS: Results.status,
    Operation.LINKED_MOUNT_SPEC: Results.mount_specification,
    Operation.LINKED_SOURCE_SIZE: Results.size,
    Operation.LINKED_PREPARE_SNAPSHOT: Results.snapshot_or_nothing,
    Operation.VIRTUAL_INITIALIZE: Results.source_config,
    Operation.VIRTUAL_CONFIGURE: Results.source_config,
    Operation.VIRTUAL_RECONFIGURE: Results.source_config,
    Operation.VIRTUAL_POST_SNAPSHOT: Results.snapshot,
    Operation.VIRTUAL_MOUNT_SPEC: Results.mount_specification,
    Operation.VIRTUAL_STATUS: Results.status,
    Operation.VIRTUAL_SOURCE_SIZE: Results.size,
    Operation.VIRTUAL_PREPARE_SNAPSHOT: Results.snapshot_or_nothing,
}


def method_of(operation):
    """An operation's name on the wire: `virtual.mountSpecification` of `virtual.mount_specification()`."""
    return camel_case(operation.value[: -len("()")])


def read_result(results, operation, returned):
    """What the engine gets; what is not wanted is passed over. Raises IncorrectReturnTypeError."""
    return _READ_RESULT.get(operation, Results.ignored)(results, operation.value, returned)
