"""Which function returned what it must not return."""

from contextlib import contextmanager

from dlpx.virtualization.platform._place_of import place_of
from dlpx.virtualization.platform.exceptions import IncorrectReturnTypeError

from opendvp_runner.errors import PLUGIN_BUG, WireError


@contextmanager
def returned_by(function):
    """Names the function in what is found wrong about its result: nothing of it is on the stack any more."""
    try:
        yield
    except IncorrectReturnTypeError as error:
        raise WireError(PLUGIN_BUG, "{}in {}: {}".format(place_of(function, ", "), function.__name__, error.message))
