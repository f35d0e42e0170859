/**
 * A plugin as people wrote them for the public SDK before its version 3.0: modules with everybody's names, resources in a package, generated classes
 * and a `dlpx` of its own, which its tool put into the artifact. The latter must never be used: its modules fail when they are imported.
 */
export function publicSources(isPython2: boolean): Readonly<Record<string, string>> {
  const definitions = Object.entries(ATTRIBUTES).map(
    ([name, attributes]) => [`generated/definitions/${moduleOf(name)}.py`, modelClass(name, attributes)] as const,
  );
  const index = Object.keys(ATTRIBUTES).map((name) => `from generated.definitions.${moduleOf(name)} import ${name}`);
  return {
    "plugin_runner.py": RUNNER,
    "common/__init__.py": "",
    "common/constants.py": "NAME = 'Notes'\n",
    "helpers/__init__.py": "",
    "utils.py": UTILS,
    "operations/__init__.py": "",
    // Python 2 looks beside a module first, without being told.
    "operations/discovery.py": `${isPython2 ? "import sibling" : "from operations import sibling"}\n${DISCOVERY}`,
    "operations/sibling.py": "SUFFIX = u' of \\u00e4lteren Datums'\n",
    "resources/__init__.py": "",
    "resources/find.sh": "echo ' found '\n",
    "generated/__init__.py": "",
    "generated/definitions/__init__.py": `${index.join("\n")}\n`,
    "generated/definitions/base_model_.py": BASE_MODEL,
    ...Object.fromEntries(definitions),
    "dlpx/__init__.py": EXTEND_PATH,
    "dlpx/virtualization/__init__.py": EXTEND_PATH,
    "dlpx/virtualization/platform/__init__.py": NEVER_USED,
    "dlpx/virtualization/libs/__init__.py": NEVER_USED,
    "dlpx/virtualization/common/__init__.py": NEVER_USED,
    "dlpx/virtualization/_engine/libs.py": NEVER_USED,
    "dlpx/virtualization/api/__init__.py": "",
    "dlpx/virtualization/api/libs_pb2.py": "class RunBashRequest(object):\n    pass\n",
  };
}

const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  RepositoryDefinition: ["name"],
  SourceConfigDefinition: ["name", "dataPath"],
  LinkedSourceDefinition: [],
  VirtualSourceDefinition: ["mPath"],
  SnapshotDefinition: ["takenAt"],
};

function moduleOf(className: string): string {
  return className.replaceAll(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}

function modelClass(name: string, attributes: readonly string[]): string {
  const pairs = attributes.map((each) => `'${each.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}': '${each}'`);
  return `from generated.definitions.base_model_ import Model\n\nclass ${name}(Model):\n    attribute_map = {${pairs.join(", ")}}\n`;
}

const EXTEND_PATH = "__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n";
const NEVER_USED = "raise RuntimeError('the dlpx that the plugin brings is used')\n";

const BASE_MODEL = `
class Model(object):
    attribute_map = {}

    def __init__(self, validate=True, **values):
        for attribute in self.attribute_map:
            setattr(self, attribute, values.get(attribute))

    @classmethod
    def from_dict(cls, dikt):
        return None if dikt is None else cls(validate=False, **{name: dikt.get(own) for name, own in cls.attribute_map.items()})

    def to_dict(self):
        values = {own: getattr(self, name) for name, own in self.attribute_map.items()}
        return {own: value for own, value in values.items() if value is not None}
`;

const UTILS = `
import logging

from dlpx.virtualization.libs import PlatformHandler

def setup_logger():
    handler = PlatformHandler()
    handler.setFormatter(logging.Formatter('[%(levelname)s] %(message)s'))
    logger = logging.getLogger()
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
`;

const DISCOVERY = `
import pkgutil

from dlpx.virtualization import libs
from generated.definitions import RepositoryDefinition, SourceConfigDefinition

def repositories(source_connection):
    found = libs.run_bash(source_connection, pkgutil.get_data('resources', 'find.sh'))
    assert found.exit_code == 0, found.stderr
    return [RepositoryDefinition(name=found.stdout.strip() + sibling.SUFFIX)]

def source_configs(source_connection, repository):
    scratch = source_connection.environment.host.scratch_path
    # What is written without more is bytes in Python 2, and text in Python 3.
    return [SourceConfigDefinition(name='k\\xc3\\xb6nig' if str is bytes else u'k\\xf6nig', data_path=scratch + '/notes')]
`;

const RUNNER = `
import logging

import helpers
from common import constants
from dlpx.virtualization import libs
from dlpx.virtualization.platform import Mount, MountSpecification, Plugin, Status
from generated.definitions import SnapshotDefinition, SourceConfigDefinition
from operations import discovery
from utils import setup_logger

setup_logger()
plugin = Plugin()
logging.info('%s is here', constants.NAME)

@plugin.discovery.repository()
def repository_discovery(source_connection):
    return discovery.repositories(source_connection)

@plugin.discovery.source_config()
def source_config_discovery(source_connection, repository):
    return discovery.source_configs(source_connection, repository)

@plugin.linked.pre_snapshot()
def linked_pre_snapshot(direct_source, repository, source_config):
    libs.run_sync(direct_source.connection, source_config.data_path, None, ['*.tmp'], None)

@plugin.linked.post_snapshot()
def linked_post_snapshot(direct_source, repository, source_config):
    return SnapshotDefinition(taken_at='now')

@plugin.virtual.mount_specification()
def vdb_mount_spec(virtual_source, repository):
    return MountSpecification([Mount(virtual_source.connection.environment, virtual_source.parameters.m_path)])

@plugin.virtual.configure()
def configure(virtual_source, snapshot, repository):
    virtual_source.of_the_plugins_own = 1
    path = virtual_source.mounts[0].mount_path
    # A daemon that is left behind: the command returns at once, and the daemon lives on.
    libs.run_bash(virtual_source.connection, DAEMON, {'DIRECTORY': path}, check=True)
    return SourceConfigDefinition(name='copy', data_path=path)

DAEMON = 'cd "$DIRECTORY" && { sleep 300 & } >/dev/null 2>&1 && echo $! >daemon.pid && disown'

@plugin.virtual.reconfigure()
def reconfigure(virtual_source, repository, source_config, snapshot):
    return configure(virtual_source, snapshot, repository)

@plugin.virtual.unconfigure()
def unconfigure(virtual_source, repository, source_config):
    libs.run_bash(virtual_source.connection, 'kill "$(cat "$DIRECTORY/daemon.pid")"', {'DIRECTORY': source_config.data_path}, check=True)

@plugin.virtual.status()
def vdb_status(virtual_source, repository, source_config):
    alive = libs.run_bash(virtual_source.connection, 'kill -0 "$(cat "$DIRECTORY/daemon.pid")"', {'DIRECTORY': source_config.data_path})
    return Status.ACTIVE if alive.exit_code == 0 else Status.INACTIVE

@plugin.virtual.post_snapshot()
def vdb_post_snapshot(virtual_source, repository, source_config):
    return SnapshotDefinition(taken_at='now')
`;
