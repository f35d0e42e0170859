"""Checks of constructors' arguments."""

from dlpx.virtualization.common.exceptions import IncorrectTypeError
from dlpx.virtualization.common.util import is_integer, is_text


def check_text(of_class, parameter, value, required=True):
    _check(is_text(value), of_class, parameter, value, str, required)


def check_integer(of_class, parameter, value):
    _check(is_integer(value), of_class, parameter, value, int, True)


def check_type(of_class, parameter, value, expected, required=True):
    _check(isinstance(value, expected), of_class, parameter, value, expected, required)


def check_list(of_class, parameter, value, of_type):
    """A list whose every element has the type."""
    if not isinstance(value, list):
        raise IncorrectTypeError(of_class, parameter, type(value), [of_type])
    if not all(isinstance(element, of_type) for element in value):
        raise IncorrectTypeError(of_class, parameter, {type(element) for element in value}, [of_type])


def _check(is_right, of_class, parameter, value, expected, required):
    if is_right or (value is None and not required):
        return
    raise IncorrectTypeError(of_class, parameter, type(value), expected, required)
