"""One property of a definition."""

import itertools

from dlpx.virtualization._definitions.check_value import check_value
from dlpx.virtualization._definitions.exceptions import GeneratedClassesError

# Python 2 forgets the order in which a class was written; arguments go by it.
_order = itertools.count()


class Property(object):
    """An attribute that checks what it is set to.

    `json_name` is the schema's own name, `schema` the property's, and `of` the class of a nested object.
    """

    def __init__(self, json_name, schema, required=False, of=None):
        self.json_name = json_name
        self.schema = schema
        self.required = required
        self.of = of
        self.order = next(_order)
        self.name = None

    def __get__(self, instance, owner=None):
        return self if instance is None else vars(instance).get("_" + self.name)

    def __set__(self, instance, value):
        self.check(value)
        self.keep(instance, value)

    def keep(self, instance, value):
        """Sets the value unchecked. Not under the attribute's own name: what is assigned to the class instead is to be seen."""
        vars(instance)["_" + self.name] = value

    def check(self, value):
        """Raises GeneratedClassesError."""
        if value is not None:
            check_value(self.name, value, self)
        elif self.required:
            raise GeneratedClassesError("The required parameter '{}' must not be 'None'.".format(self.name))
