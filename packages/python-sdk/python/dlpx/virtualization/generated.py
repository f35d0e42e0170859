"""The plugin's definitions in the oldest style.

The same classes as in the plugin's own `generated.definitions`, but lenient: an empty constructor checks nothing, and the schema's
own names (`repository.installPath`) are attributes beside those in snake_case. The engine checks what an operation returns.
"""

from __future__ import absolute_import

from generated import definitions as _strict

from dlpx.virtualization._definitions import Definition, Property


_made = {}


class _LenientProperty(Property):
    """The same property, whose nested object is lenient as well."""

    def __init__(self, strict):
        super(_LenientProperty, self).__init__(strict.json_name, strict.schema, strict.required, strict.of and _lenient(strict.of))
        self.name = strict.name
        self._strict = strict

    def check(self, value):
        self._strict.check(value)


def _lenient(strict):
    if strict not in _made:
        _made[strict] = _make(strict)
    return _made[strict]


def _make(strict):
    names = {each.json_name: each.name for each in strict._properties}

    class Lenient(strict):
        _properties = tuple(_LenientProperty(each) for each in strict._properties)

        def __init__(self, *values, **named):
            validate = named.pop("validate", bool(values or named))
            snake = {names.get(name, name): value for name, value in named.items()}
            strict.__init__(self, *values, validate=validate, **snake)

        def __setattr__(self, name, value):
            # Not through the property's check: half-made objects are welcome here.
            declared = getattr(strict, names.get(name, name), None)
            if isinstance(declared, Property):
                declared.keep(self, value)
            else:
                object.__setattr__(self, name, value)

        def __getattr__(self, name):
            if name in names and names[name] != name:
                return getattr(self, names[name])
            raise AttributeError("'{}' has no attribute '{}'".format(strict.__name__, name))

    Lenient.__name__ = strict.__name__
    return Lenient


def _definitions_of(module):
    for name, value in vars(module).items():
        if isinstance(value, type) and issubclass(value, Definition) and value is not Definition:
            yield name, _lenient(value)


globals().update(_definitions_of(_strict))
__all__ = [name for name in list(globals()) if not name.startswith("_") and name not in ("Definition", "Property")]
