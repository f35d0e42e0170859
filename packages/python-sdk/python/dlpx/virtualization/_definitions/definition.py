"""The class that generated classes inherit from."""

import pprint

from dlpx.virtualization._definitions.coerce import coerce
from dlpx.virtualization._definitions.property import Property


def definition(cls):
    """Makes a class with `Property` attributes a definition; they come in the order in which they are written."""
    properties = {name: value for name, value in vars(cls).items() if isinstance(value, Property)}
    for name, each in properties.items():
        each.name = name
    cls._properties = tuple(sorted(properties.values(), key=lambda each: each.order))
    return cls


class Definition(object):
    """An object of one of the plugin's schemas.

    Attributes are the schema's properties in snake_case, and are checked when they are set. Others may be set as well; they stay with
    the object and are not part of its data.
    """

    _properties = ()

    def _set(self, validate, **values):
        for each in self._properties:
            value = values[each.name]
            if validate:
                each.check(value)
            each.keep(self, value)

    @classmethod
    def from_dict(cls, dikt):
        """An object of a dict with the schema's own names. Defaults fill in, unknown names are dropped, nothing is required."""
        if dikt is None:
            return None
        values = {each.name: coerce(dikt[each.json_name], each) for each in cls._properties if dikt.get(each.json_name) is not None}
        return cls(validate=False, **values)

    def to_dict(self):
        """A dict with the schema's own names, without what is None."""
        # By name: a class that was assigned to has a plain value there.
        values = ((each.json_name, getattr(self, each.name)) for each in self._properties)
        return {json_name: _plain(value) for json_name, value in values if value is not None}

    def __eq__(self, other):
        return isinstance(other, Definition) and self.to_dict() == other.to_dict()

    def __ne__(self, other):
        return not self == other

    def __repr__(self):
        return pprint.pformat(self.to_dict())

    __str__ = __repr__


def _plain(value):
    if isinstance(value, Definition):
        return value.to_dict()
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return value
