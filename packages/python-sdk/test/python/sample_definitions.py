"""What `dvp build` generates, in small: each kind of property once."""

from dlpx.virtualization._definitions import Definition, Property, definition


@definition
class SampleDefinitionLimits(Definition):
    max_size = Property("maxSize", {"type": "integer"}, required=True)

    def __init__(self, max_size=None, validate=True):
        self._set(validate, max_size=max_size)


@definition
class SampleDefinition(Definition):
    name = Property("name", {"type": "string", "minLength": 1, "maxLength": 5, "pattern": "^[a-z]+$"}, required=True)
    d_source_type = Property("dSourceType", {"type": "string", "enum": ["full", "part"]})
    port = Property("port", {"type": "integer", "minimum": 1, "maximum": 65535})
    ratio = Property("ratio", {"type": "number", "exclusiveMinimum": 0})
    is_on = Property("isOn", {"type": "boolean"})
    tags = Property("tags", {"type": "array", "items": {"type": "string"}, "maxItems": 2})
    nodes = Property("nodes", {"type": "array", "items": {"type": "object"}})
    sizes = Property("sizes", {"type": "object", "additionalProperties": {"type": "integer"}})
    limits = Property("limits", {"type": "object"}, of=SampleDefinitionLimits)
    anything = Property("anything", {})

    def __init__(
        self,
        name=None,
        d_source_type=None,
        port=1234,
        ratio=None,
        is_on=None,
        tags=None,
        nodes=None,
        sizes=None,
        limits=None,
        anything=None,
        validate=True,
    ):
        self._set(
            validate,
            name=name,
            d_source_type=d_source_type,
            port=port,
            ratio=ratio,
            is_on=is_on,
            tags=tags,
            nodes=nodes,
            sizes=sizes,
            limits=limits,
            anything=anything,
        )
