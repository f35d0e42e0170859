"""The object that a plugin's entry point names."""

from dlpx.virtualization.platform._discovery import DiscoveryOperations
from dlpx.virtualization.platform._linked import LinkedOperations
from dlpx.virtualization.platform._upgrade import UpgradeOperations
from dlpx.virtualization.platform._virtual import VirtualOperations


class Plugin(object):
    """Keeps a plugin's operations:

    plugin = Plugin()

    @plugin.discovery.repository()
    def find_installations(source_connection):
        return [RepositoryDefinition(install_path="/usr/bin")]
    """

    def __init__(self):
        self._discovery = DiscoveryOperations()
        self._linked = LinkedOperations()
        self._virtual = VirtualOperations()
        self._upgrade = UpgradeOperations()

    @property
    def discovery(self):
        return self._discovery

    @property
    def linked(self):
        return self._linked

    @property
    def virtual(self):
        return self._virtual

    @property
    def upgrade(self):
        return self._upgrade


def plugin():
    """A Plugin, in the words of the oldest documents: `plugin = platform.plugin()`."""
    return Plugin()
