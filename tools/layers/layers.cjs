/**
 * Who may import whom. `path` is where a layer lives (`*` stands for one folder), `mayImport` names the layers below it,
 * `because` is what a developer reads whose import was refused.
 */
const LAYERS = [
  {
    name: "model",
    path: "packages/model",
    mayImport: [],
    because: "it is what both sides of every boundary agree on, so it can depend on neither",
  },
  {
    name: "contract",
    path: "packages/contract",
    mayImport: ["model"],
    because: "the REST API is described without knowing who serves or calls it",
  },
  {
    name: "client",
    path: "packages/client",
    mayImport: ["model", "contract"],
    because: "a client knows the engine by its contract only",
  },
  {
    name: "core",
    path: "packages/core",
    mayImport: ["model"],
    because: "the product states what it needs as ports; whoever fulfils them is chosen in apps/engine",
  },
  {
    name: "plugin-protocol",
    path: "packages/plugin-protocol",
    mayImport: ["model"],
    because: "the messages are the same for every language and every host of plugins",
  },
  {
    name: "python-sdk",
    path: "packages/python-sdk",
    mayImport: [],
    because: "it is Python; all that TypeScript knows of it is where it lies",
  },
  {
    name: "subprocess",
    path: "packages/subprocess",
    mayImport: ["model"],
    because: "starting and ending processes knows nothing of data virtualization",
  },
  {
    name: "catalog",
    path: "packages/catalog",
    mayImport: ["model", "core"],
    because: "it fulfils core's ports and talks to no host",
  },
  {
    name: "secrets",
    path: "packages/secrets",
    mayImport: ["model", "core"],
    because: "it fulfils core's ports and starts no process",
  },
  {
    name: "storage",
    path: "packages/storage",
    mayImport: ["model", "core", "subprocess"],
    because: "it fulfils core's ports with the commands of a storage back end",
  },
  {
    name: "hosts",
    path: "packages/hosts",
    mayImport: ["model", "core", "subprocess"],
    because: "it fulfils core's ports with processes on a host",
  },
  {
    name: "mounts",
    path: "packages/mounts",
    mayImport: ["model", "core", "subprocess"],
    because: "it fulfils core's ports; what it runs on a host goes through core's HostConnection",
  },
  {
    name: "plugin-runtime",
    path: "packages/plugin-runtime",
    mayImport: ["model", "core", "subprocess", "plugin-protocol", "python-sdk"],
    because: "it fulfils core's port by speaking the protocol to processes that it guards",
  },
  {
    name: "plugin-sdk",
    path: "packages/plugin-sdk",
    mayImport: ["model", "plugin-protocol"],
    because: "it is bundled into plugins, which run without the engine's code",
  },
  {
    name: "plugin-tools",
    path: "packages/plugin-tools",
    mayImport: ["model", "plugin-sdk", "plugin-protocol", "plugin-runtime", "client", "contract", "subprocess"],
    because: "build starts a plugin as the engine does, and test speaks REST like any other client",
  },
  {
    name: "testkit",
    path: "packages/testkit",
    mayImport: ["model", "core", "subprocess"],
    because: "its suites know a driver by its port alone, so that they hold for the next one",
  },
  {
    name: "engine",
    path: "apps/engine",
    mayImport: [
      "model",
      "contract",
      "core",
      "catalog",
      "subprocess",
      "storage",
      "hosts",
      "secrets",
      "mounts",
      "plugin-protocol",
      "plugin-runtime",
      "plugin-sdk",
      "plugin-tools",
    ],
    because: "it is the composition root and a server; the programs that call it are not its parts",
  },
  {
    name: "cli",
    path: "apps/cli",
    mayImport: ["model", "client", "contract", "plugin-tools", "subprocess"],
    because: "it speaks REST like anybody else and starts the engine as a program",
  },
  {
    name: "plugins",
    path: "plugins/*",
    mayImport: ["plugin-sdk"],
    because: "the plugins that ship with the engine are plugins like any user's",
  },
];

/** Technologies with one home. `modules` matches resolved paths, and names of Node.js's own modules. */
const HOMES = [
  {
    name: "processes",
    modules: "^(node:)?child_process$|node_modules/execa/",
    homes: ["packages/subprocess"],
    because: "every child is limited, marked and ended with all its descendants, and no secret reaches a command line",
  },
  {
    name: "sql",
    modules: "node_modules/(better-sqlite3|kysely|pg)/",
    homes: ["packages/catalog"],
    because: "a second writer would break the one transaction of a step",
  },
  {
    name: "http-server",
    modules: "node_modules/(fastify|@fastify)/",
    homes: ["apps/engine"],
    because: "roles are checked at one front door",
  },
  {
    name: "json-rpc",
    modules: "node_modules/vscode-jsonrpc/",
    homes: ["packages/plugin-protocol", "packages/plugin-runtime", "packages/plugin-sdk"],
    because: "only the two ends of the plugin protocol speak it",
  },
];

module.exports = { LAYERS, HOMES };
