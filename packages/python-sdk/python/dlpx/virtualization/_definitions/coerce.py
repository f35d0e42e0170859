"""Values of a dict in the types that the schema gives them."""

from dlpx.virtualization.common.util import INTEGER_TYPES, is_text


def coerce(value, of_property):
    """The value in its property's type where it can be read as one, else as it is."""
    if value is None:
        return None
    kind = of_property.schema.get("type")
    if kind == "object" and of_property.of is not None and isinstance(value, dict):
        return of_property.of.from_dict(value)
    if kind == "object" and isinstance(value, dict):
        return {key: _primitive(each, _type_of(of_property.schema.get("additionalProperties"))) for key, each in value.items()}
    if kind == "array" and isinstance(value, list):
        return [_primitive(each, _type_of(of_property.schema.get("items"))) for each in value]
    return _primitive(value, kind)


def _type_of(schema):
    return schema.get("type") if isinstance(schema, dict) else None


def _primitive(value, kind):
    try:
        if kind == "string" and isinstance(value, (float,) + INTEGER_TYPES) and not isinstance(value, bool):
            return str(value)
        if kind == "integer" and is_text(value):
            return int(value)
        if kind == "integer" and isinstance(value, float) and value == int(value):
            return int(value)
        if kind == "number" and is_text(value):
            return float(value)
    except (ValueError, OverflowError):
        pass
    return value
