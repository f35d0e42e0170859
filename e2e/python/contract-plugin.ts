import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Writes a plugin whose discovery tries what plugins rely on, and reports it as the value of its one repository; gives its config file. */
export async function writeContractPlugin(directory: string, language: string, port: number): Promise<string> {
  const none = { type: "object", properties: {} };
  const named = { type: "object", properties: { name: { type: "string" } }, identityFields: ["name"], nameField: "name" };
  const report = { ...named, properties: { ...named.properties, report: { type: "object", additionalProperties: true } } };
  const files = {
    "plugin_config.yml": configOf(language),
    "schema.json": JSON.stringify({
      repositoryDefinition: report,
      sourceConfigDefinition: named,
      linkedSourceDefinition: none,
      virtualSourceDefinition: none,
      snapshotDefinition: none,
      snapshotParametersDefinition: none,
    }),
    "src/resources/__init__.py": "",
    "src/resources/port.txt": String(port),
    "src/resources/hello.sh": '#!/bin/sh\n[[ $WORD == h* ]] && echo "$WORD from ${BASH_VERSION:+bash}"\n',
    "src/probes.py": PROBES,
    "src/plugin_runner.py": RUNNER,
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
  return join(directory, "plugin_config.yml");
}

const RUNNER = `
import logging

from dlpx.virtualization import libs
from dlpx.virtualization.platform import Plugin
from generated.definitions import RepositoryDefinition
import probes

plugin = Plugin()
logging.getLogger().addHandler(libs.PlatformHandler())


@plugin.discovery.repository()
def find(source_connection):
    return [RepositoryDefinition(name="contract", report=probes.run_all(source_connection))]


@plugin.discovery.source_config()
def find_source_configs(source_connection, repository):
    return []
`;

const PROBES = `
# -*- coding: utf-8 -*-
import os
import pkgutil
import socket
import sys
import time

from dlpx.virtualization import libs
from dlpx.virtualization.common import RemoteConnection, RemoteEnvironment, RemoteHost, RemoteUser

TEXT = type(u"")


def out(connection, command, variables=None, **more):
    return libs.run_bash(connection, command, variables, check=True, **more).stdout.strip()


def works_at_home(connection):
    # Set-up gives its user a home that is not there: its commands work at the root.
    return out(connection, '[ -d "$HOME" ] && cd "$HOME" || cd /; [ "$OLDPWD" = "$PWD" ] && echo yes')


def runs_resources_in_bash(connection):
    return out(connection, pkgutil.get_data("resources", "hello.sh"), {"WORD": "hello"})


def passes_long_variables(connection):
    return out(connection, 'echo "\${#BIG}"', {"BIG": "x" * 16384})


def passes_every_kind_of_text(connection):
    return out(connection, 'echo "$A$B$C"', {"A": "k\\u00f6" if TEXT is str else "k\\xc3\\xb6", "B": u"n\\u00ef", "C": b"g"})


def gives_text(connection):
    done = libs.run_bash(connection, "echo out; echo err >&2; exit 3")
    return [isinstance(done.stdout, TEXT), isinstance(done.stderr, TEXT), done.exit_code]


def has_jq(connection):
    return out(connection, 'echo \\'{"a": [1, 2]}\\' | "$DLPX_BIN_JQ" --compact-output .a')


def has_helpers(connection):
    binaries = connection.environment.host.binary_path
    command = 'cd "$BINARIES/../../.." && touch probe && rm probe && [ -x "$BINARIES/jq" ] && echo yes'
    return [binaries.split("/")[-2:], out(connection, command, {"BINARIES": binaries})]


def has_scratch(connection):
    return out(connection, 'cd "$SCRATCH" && touch probe && rm probe && echo yes', {"SCRATCH": connection.environment.host.scratch_path})


def leaves_daemons_behind(connection):
    began = time.time()
    pid = out(connection, "sleep 300 >/dev/null 2>&1 </dev/null & echo $!; disown")
    took = time.time() - began
    alive = libs.run_bash(connection, 'kill -0 "$PID" && kill "$PID"', {"PID": pid})
    return [took < 10, alive.exit_code]


def uses_login_shell(connection):
    return out(connection, "shopt -q login_shell && echo yes", use_login_shell=True)


def runs_expect(connection):
    done = libs.run_expect(connection, 'puts "[expr 6 * 7] $env(WORD)"', {"WORD": "w"})
    return done.stdout.strip()


def finds_hosts_by_reference_alone(connection):
    host = RemoteHost("", connection.environment.host.reference, "", "")
    environment = RemoteEnvironment("made up", connection.environment.reference, host)
    return out(RemoteConnection(environment, RemoteUser("made up", connection.user.reference)), "echo reached")


def refuses_other_values(connection):
    said = []
    for variables in ({"A": None}, {"A": 1}, {"A": ["x"]}):
        try:
            libs.run_bash(connection, "true", variables)
        except libs.IncorrectArgumentTypeError as error:
            said.append("variables['A']" in error.message)
    return said


def refuses_foreign_credentials(connection):
    try:
        libs.retrieve_credentials({"type": "NamedPasswordCredential", "username": "u", "password": "made up"})
    except libs.LibraryError as error:
        return [error.message == str(error), isinstance(error.id, int)]


def refuses_upgrade_passwords(connection):
    try:
        libs.upgrade_password("secret")
    except libs.LibraryError as error:
        return len(error.message) > 0


def tells_of_failed_scripts(connection):
    try:
        libs.run_bash(connection, "echo o; echo e >&2; exit 5", check=True)
    except libs.PluginScriptError as error:
        return [error.exit_code, error.stdout, error.stderr]


def reaches_the_network(connection):
    port = int(pkgutil.get_data("resources", "port.txt"))
    client = socket.create_connection(("127.0.0.1", port), 5)
    client.sendall(b"plugin")
    return client.recv(100).decode("ascii")


def comes_first_on_the_path(connection):
    strangers = [path for path in sys.path if "-packages" in path]
    return [sys.path[0] == os.getcwd(), strangers]


def outcome(probe, connection):
    try:
        return probe(connection)
    except Exception as error:
        return repr(error)


def run_all(connection):
    return {
        name: outcome(probe, connection)
        for name, probe in sorted(globals().items())
        if callable(probe) and getattr(probe, "__module__", None) == __name__ and name not in ("out", "outcome", "run_all")
    }
`;

function configOf(language: string): string {
  return `id: 3b9e7f0c-55a1-4c7e-9a51-1d1f6f6f0e11
name: contract
buildNumber: "1"
hostTypes: [UNIX]
pluginType: DIRECT
language: ${language}
entryPoint: plugin_runner:plugin
srcDir: src
schemaFile: schema.json
`;
}
