"""The platform's interface for plugins: `platform`, `libs`, `common` and `generated`."""

__path__ = __import__("pkgutil").extend_path(__path__, __name__)
