"""Checks of a value against its property's schema. The engine checks everything once more, with the whole schema."""

import re

from dlpx.virtualization._definitions.exceptions import GeneratedClassesError
from dlpx.virtualization.common.util import is_integer, is_text, to_str


def is_number(value):
    return is_integer(value) or isinstance(value, float)


_TYPES = {
    "string": ("a string", is_text),
    "integer": ("an integer", is_integer),
    "number": ("a number", is_number),
    "boolean": ("a boolean", lambda value: isinstance(value, bool)),
    "array": ("a list", lambda value: isinstance(value, list)),
}
_PRIMITIVES = ("string", "integer", "number", "boolean")


def check_value(name, value, of_property):
    """Names the attribute and the rule, never the value: it may be a secret."""
    schema = of_property.schema
    kind = schema.get("type")
    if kind == "object":
        _check_object(name, value, of_property)
    elif kind in _TYPES:
        _check_type(name, value, kind)
        _check_rules(name, value, schema)
        if kind == "array":
            _check_elements(name, value, schema.get("items"))
    if "enum" in schema and _comparable(value) not in [_comparable(each) for each in schema["enum"]]:
        raise GeneratedClassesError("The attribute '{}' must be one of {}.".format(name, ", ".join(repr(each) for each in schema["enum"])))


def _check_type(name, value, kind):
    words, is_right = _TYPES[kind]
    if not is_right(value):
        raise GeneratedClassesError("The attribute '{}' must be {}, not of type '{}'.".format(name, words, type(value).__name__))


def _check_object(name, value, of_property):
    if of_property.of is not None:
        if not isinstance(value, (of_property.of, dict)):
            raise GeneratedClassesError(
                "The attribute '{}' must be of type '{}', not of type '{}'.".format(name, of_property.of.__name__, type(value).__name__)
            )
        return
    if not isinstance(value, dict):
        raise GeneratedClassesError("The attribute '{}' must be a dict, not of type '{}'.".format(name, type(value).__name__))
    of_values = of_property.schema.get("additionalProperties")
    if isinstance(of_values, dict) and of_values.get("type") in _TYPES:
        for key in value:
            _check_type("{}[{!r}]".format(name, key), value[key], of_values["type"])


def _check_elements(name, values, items):
    kind = items.get("type") if isinstance(items, dict) else None
    if kind not in _PRIMITIVES:
        return
    for index, value in enumerate(values):
        _check_type("{}[{}]".format(name, index), value, kind)


def _check_rules(name, value, schema):
    for keyword, is_kept, words in _RULES:
        if keyword in schema and not is_kept(value, schema[keyword]):
            raise GeneratedClassesError("The attribute '{}' must {}.".format(name, words.format(schema[keyword])))


def _comparable(value):
    """In Python 2, UTF-8 bytes are as good a text as unicode."""
    return to_str(value) if is_text(value) else value


def _length(value):
    return len(to_str(value))


def _matches(value, pattern):
    try:
        return re.search(pattern, to_str(value)) is not None
    except re.error:
        return True  # The engine reads patterns as JavaScript does, and checks once more.


# Draft 4 wrote the exclusive limits as flags beside the others; those the engine refuses with the schema.
_RULES = (
    ("minimum", lambda value, limit: not is_number(value) or value >= limit, "be at least {}"),
    ("maximum", lambda value, limit: not is_number(value) or value <= limit, "be at most {}"),
    ("exclusiveMinimum", lambda value, limit: not is_number(value) or value > limit, "be more than {}"),
    ("exclusiveMaximum", lambda value, limit: not is_number(value) or value < limit, "be less than {}"),
    ("minLength", lambda value, limit: not is_text(value) or _length(value) >= limit, "have at least {} characters"),
    ("maxLength", lambda value, limit: not is_text(value) or _length(value) <= limit, "have at most {} characters"),
    ("pattern", lambda value, pattern: not is_text(value) or _matches(value, pattern), "match the pattern '{}'"),
    ("minItems", lambda value, limit: not isinstance(value, list) or len(value) >= limit, "have at least {} elements"),
    ("maxItems", lambda value, limit: not isinstance(value, list) or len(value) <= limit, "have at most {} elements"),
)
