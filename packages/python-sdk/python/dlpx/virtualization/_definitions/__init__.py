"""What the classes that are generated from a plugin's schemas are made of."""

from dlpx.virtualization._definitions.definition import Definition, definition
from dlpx.virtualization._definitions.exceptions import GeneratedClassesError
from dlpx.virtualization._definitions.property import Property

__all__ = ["Definition", "GeneratedClassesError", "Property", "definition"]
