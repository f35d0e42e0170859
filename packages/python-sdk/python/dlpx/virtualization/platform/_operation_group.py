"""What the groups of operations have in common."""

from dlpx.virtualization.platform.exceptions import OperationAlreadyDefinedError, PlatformError
from dlpx.virtualization.platform.validation_util import check_function


class OperationGroup(object):
    """Keeps the functions of a group of operations, each as `<operation>_impl`; None where the plugin has none."""

    #: Operation by the name of its decorator.
    OPERATIONS = {}

    def __init__(self):
        for name in self.OPERATIONS:
            setattr(self, name + "_impl", None)

    def implementation(self, name):
        return getattr(self, name + "_impl")

    def _decorator(self, name, misplaced):
        operation = self.OPERATIONS[name]
        if misplaced:
            # Written without brackets, the decorator is handed the function in place of being asked for a decorator.
            raise PlatformError("A decorator is written without its brackets: @plugin.{}.".format(operation.value))

        def register(function):
            if self.implementation(name) is not None:
                raise OperationAlreadyDefinedError(operation)
            setattr(self, name + "_impl", check_function(function, operation))
            return function

        return register
