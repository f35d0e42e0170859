"""What the platform tells about itself."""


def get_virtualization_api_version():
    """The version of the API between plugins and engine that this package implements."""
    return "1.11.16"
