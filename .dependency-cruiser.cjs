const { LAYERS, HOMES } = require("./tools/layers/layers.cjs");

const OURS = "^(packages|apps|plugins)/";
const escape = (path) => path.replaceAll("*", "[^/]+");

/** One rule a layer: whatever of ours is neither itself nor named in `mayImport` is out of bounds. */
const layerRules = LAYERS.map(({ name, path, mayImport, because }) => ({
  name: `layer-${name}`,
  comment: `${name} may import ${mayImport.length === 0 ? "nothing of ours" : mayImport.join(", ")}: ${because}`,
  severity: "error",
  from: { path: `^${escape(path)}/src/` },
  to: {
    path: OURS,
    pathNot: [path, ...mayImport.map((each) => LAYERS.find((layer) => layer.name === each).path)].map((each) => `^${escape(each)}/`),
  },
}));

/** One rule a technology: a library or a part of Node.js that has one home. */
const homeRules = HOMES.map(({ name, modules, homes, because }) => ({
  name: `home-of-${name}`,
  comment: `Only ${homes.join(", ")} may import ${name}: ${because}`,
  severity: "error",
  from: { path: "^(packages|apps)/[^/]+/src/", pathNot: homes.map((home) => `^${home}/`) },
  to: { path: modules },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...layerRules,
    ...homeRules,
    {
      name: "adapters-apart",
      comment:
        "Adapters never import each other: each can be replaced, tested and read alone. What two of them share belongs to core or subprocess.",
      severity: "error",
      from: { path: "^packages/(catalog|storage|hosts|secrets|mounts|plugin-runtime)/src/" },
      to: { path: "^packages/(catalog|storage|hosts|secrets|mounts|plugin-runtime)/", pathNot: "^packages/$1/" },
    },
    {
      name: "model-pure",
      comment:
        "model holds pure functions that run on both sides of every boundary, in a browser too: no Node.js, and of npm only what parses and validates.",
      severity: "error",
      from: { path: "^packages/model/src/" },
      to: {
        dependencyTypes: ["core", "npm", "npm-dev", "npm-optional", "npm-peer"],
        pathNot: "node_modules/(ajv|ajv-formats|yaml|jsonc-parser)/",
      },
    },
    {
      name: "browser-ready",
      comment: "contract and client run in the browser as well: no Node.js.",
      severity: "error",
      from: { path: "^packages/(contract|client)/src/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "core-without-io-node",
      comment:
        "core is the product without the world: of Node.js it may use node:crypto for digests and random numbers, and node:vm to bound what a plugin's schema makes it compute. Everything else comes through a port.",
      severity: "error",
      from: { path: "^packages/core/src/" },
      to: { dependencyTypes: ["core"], dependencyTypesNot: ["type-only"], pathNot: "^(node:)?(crypto|vm)$" },
    },
    {
      name: "core-without-io-node-types",
      comment: "core may name node:stream's types in its ports; other types of Node.js would tie the ports to one way of doing I/O.",
      severity: "error",
      from: { path: "^packages/core/src/" },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?(crypto|vm|stream)$" },
    },
    {
      name: "core-without-io-npm",
      comment: "core takes from npm only packages without I/O: ajv validates, croner computes times.",
      severity: "error",
      from: { path: "^packages/core/src/" },
      to: { dependencyTypes: ["npm", "npm-dev", "npm-optional", "npm-peer"], pathNot: "node_modules/(ajv|ajv-formats|croner)/" },
    },
    {
      name: "one-entry",
      comment:
        "A package has one entry, src/index.ts: what it does not export is its own business; testkit has another one for its suites. " +
        "The engine in memory is what the tests of everything that stands before an engine share.",
      severity: "error",
      from: { path: "^((?:packages|apps|plugins)/[^/]+|e2e|bench|tools)/" },
      to: {
        path: OURS,
        pathNot: [
          "^$1/",
          "^(packages|apps|plugins)/[^/]+/src/index\\.ts$",
          "^packages/testkit/src/conformance\\.ts$",
          "^apps/engine/test/memory-engine/",
        ],
      },
    },
    {
      name: "testkit-in-tests",
      comment: "testkit breaks things on purpose: only tests may import it.",
      severity: "error",
      from: { pathNot: "^packages/testkit/|/test/|^(e2e|bench|tools)/" },
      to: { path: "^packages/testkit/" },
    },
    {
      name: "tests-apart",
      comment: "What ships does not import tests, tools or benches.",
      severity: "error",
      from: { path: "^(packages|apps|plugins)/[^/]+/src/" },
      to: { path: "^(packages|apps|plugins)/[^/]+/test/|^(e2e|bench|tools)/" },
    },
    {
      name: "no-cycles",
      comment: "A cycle makes two files one: neither can be understood, tested or moved alone. Types count.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-orphans",
      comment:
        "A file that nothing imports is either dead or missing from its package's entry. Programs (main.ts) and tests start by themselves.",
      severity: "error",
      from: { orphan: true, path: "^(packages|apps)/[^/]+/src/", pathNot: "/src/index\\.ts$|/main\\.ts$|\\.d\\.ts$" },
      to: {},
    },
    {
      name: "resolvable",
      comment: "The import leads nowhere.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "declared",
      comment: "What a package imports stands in its own package.json; what ships never imports a development dependency.",
      severity: "error",
      from: { path: "^(packages|apps)/[^/]+/src/" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown", "npm-dev"], dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.tests.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|coverage|generated)/|/fixtures/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["source", "types", "import", "node", "default"],
      mainFields: ["types", "main"],
    },
    cache: { folder: "node_modules/.cache/dependency-cruiser", strategy: "content" },
  },
};
