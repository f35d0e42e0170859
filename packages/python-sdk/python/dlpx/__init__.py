"""The package that plugins import from; the engine brings it along."""

# What a plugin carries of the same name is looked into behind ours, for modules that we do not have.
__path__ = __import__("pkgutil").extend_path(__path__, __name__)
