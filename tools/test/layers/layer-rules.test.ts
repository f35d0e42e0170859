import { createRequire } from "node:module";
import { relative } from "node:path";
import { cruise, type ICruiseResult, type IFlattenedRuleSet } from "dependency-cruiser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTree } from "../create-tree.ts";

interface Layer {
  readonly name: string;
  readonly path: string;
  readonly mayImport: readonly string[];
}

const require = createRequire(import.meta.url);
const config = require("../../../.dependency-cruiser.cjs") as IFlattenedRuleSet & { options: object };
const { LAYERS } = require("../../layers/layers.cjs") as { LAYERS: readonly Layer[] };

const folderOf = (name: string): string => {
  const layer = LAYERS.find((each) => each.name === name);
  if (layer === undefined) throw new Error(`There is no layer ${name}.`);
  return layer.path.replace("*", "directory");
};
const pathTo = (fromFile: string, toFile: string): string => relative(`${fromFile}/..`, toFile);

/** rule → the file that breaks it and the line that does so; `@layer` stands for the entry of that layer. */
const OFFENCES: Readonly<Record<string, readonly [file: string, line: string]>> = {
  "layer-model": ["packages/model/src/a.ts", "@core"],
  "layer-contract": ["packages/contract/src/a.ts", "@core"],
  "layer-client": ["packages/client/src/a.ts", "@core"],
  "layer-core": ["packages/core/src/a.ts", "@storage"],
  "layer-plugin-protocol": ["packages/plugin-protocol/src/a.ts", "@core"],
  "layer-python-sdk": ["packages/python-sdk/src/a.ts", "@model"],
  "layer-subprocess": ["packages/subprocess/src/a.ts", "@core"],
  "layer-catalog": ["packages/catalog/src/a.ts", "@subprocess"],
  "layer-secrets": ["packages/secrets/src/a.ts", "@subprocess"],
  "layer-storage": ["packages/storage/src/a.ts", "@plugin-protocol"],
  "layer-hosts": ["packages/hosts/src/a.ts", "@contract"],
  "layer-mounts": ["packages/mounts/src/a.ts", "@contract"],
  "layer-plugin-runtime": ["packages/plugin-runtime/src/a.ts", "@plugin-sdk"],
  "layer-plugin-sdk": ["packages/plugin-sdk/src/a.ts", "@core"],
  "layer-plugin-tools": ["packages/plugin-tools/src/a.ts", "@catalog"],
  "layer-testkit": ["packages/testkit/src/a.ts", "@storage"],
  "layer-engine": ["apps/engine/src/a.ts", "@client"],
  "layer-cli": ["apps/cli/src/a.ts", "@engine"],
  "layer-plugins": ["plugins/directory/src/a.ts", "@model"],
  "home-of-processes": ["packages/hosts/src/b.ts", 'import { spawn } from "node:child_process";'],
  "home-of-sql": ["apps/engine/src/b.ts", 'import Database from "better-sqlite3";'],
  "home-of-http-server": ["apps/cli/src/b.ts", 'import fastify from "fastify";'],
  "home-of-json-rpc": ["packages/hosts/src/c.ts", 'import * as rpc from "vscode-jsonrpc";'],
  "adapters-apart": ["packages/storage/src/b.ts", "@hosts"],
  "model-pure": ["packages/model/src/b.ts", 'import { readFileSync } from "node:fs";'],
  "browser-ready": ["packages/client/src/b.ts", 'import { request } from "node:http";'],
  "core-without-io-node": ["packages/core/src/b.ts", 'import { Readable } from "node:stream";'],
  "core-without-io-node-types": ["packages/core/src/c.ts", 'import type { Socket } from "node:net";'],
  "core-without-io-npm": ["packages/core/src/d.ts", 'import fastify from "fastify";'],
  "one-entry": ["packages/storage/src/c.ts", 'import "../../core/src/inner.ts";'],
  "testkit-in-tests": ["packages/hosts/src/d.ts", "@testkit"],
  "tests-apart": ["packages/hosts/src/e.ts", 'import "../test/e.test.ts";'],
  "no-cycles": ["packages/core/src/about.ts", 'import type { r } from "./round.ts";'],
  "no-orphans": ["packages/core/src/lonely.ts", ""],
  resolvable: ["packages/core/src/e.ts", 'import "./nowhere.ts";'],
  declared: ["packages/catalog/src/b.ts", 'import "undeclared";'],
};

/** What a layer may import beside the layers below it. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  core: [
    'import { createHash } from "node:crypto";',
    'import { Script } from "node:vm";',
    'import type { Readable } from "node:stream";',
    'import "ajv";',
  ],
  subprocess: ['import { spawn } from "node:child_process";'],
};

const LIBRARIES = ["better-sqlite3", "fastify", "vscode-jsonrpc", "undeclared", "ajv"];

function offendingTree(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const layer of LAYERS) files[`${folderOf(layer.name)}/src/index.ts`] = "export const entry = 1;\n";
  for (const library of LIBRARIES) {
    files[`node_modules/${library}/package.json`] = JSON.stringify({ name: library, version: "1.0.0", main: "index.js" });
    files[`node_modules/${library}/index.js`] = "";
  }
  for (const [file, line] of Object.values(OFFENCES)) {
    const target = /^@(.*)$/.exec(line)?.[1];
    files[file] = target === undefined ? `${line}\n` : `import { entry } from "${pathTo(file, `${folderOf(target)}/src/index.ts`)}";\n`;
  }
  files["packages/core/src/inner.ts"] = "export {};\n";
  files["packages/core/src/round.ts"] = 'import type { a } from "./about.ts";\n';
  files["packages/hosts/test/e.test.ts"] = "export {};\n";
  files["package.json"] = JSON.stringify({ name: "tree", dependencies: { fastify: "1", "better-sqlite3": "1", "vscode-jsonrpc": "1" } });
  return files;
}

function innocentTree(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const layer of LAYERS) {
    const entry = `${folderOf(layer.name)}/src/index.ts`;
    const below = layer.mayImport.map((name) => `import "${pathTo(entry, `${folderOf(name)}/src/index.ts`)}";`);
    files[entry] = [...below, ...(ALLOWED[layer.name] ?? [])].join("\n");
  }
  files["packages/hosts/test/a.test.ts"] = 'import "../../testkit/src/index.ts";\nimport "../src/index.ts";\n';
  files["node_modules/ajv/package.json"] = JSON.stringify({ name: "ajv", version: "1.0.0", main: "index.js" });
  files["node_modules/ajv/index.js"] = "";
  files["package.json"] = JSON.stringify({ name: "tree", dependencies: { ajv: "1" } });
  return files;
}

/** file → the rules that it breaks */
async function offences(files: Record<string, string>): Promise<Map<string, string[]>> {
  const tree = createTree(files);
  const workingDirectory = process.cwd();
  try {
    const { tsConfig: _tsConfig, cache: _cache, ...options } = config.options as { tsConfig: unknown; cache: unknown };
    const { output } = await cruise(["packages", "apps", "plugins"], {
      ...options,
      ruleSet: { forbidden: config.forbidden ?? [] },
      validate: true,
      baseDir: tree.directory,
    });
    const found = new Map<string, string[]>();
    for (const { from, rule } of (output as ICruiseResult).summary.violations) {
      found.set(from, [...(found.get(from) ?? []), rule.name]);
    }
    return found;
  } finally {
    process.chdir(workingDirectory);
    tree.remove();
  }
}

describe("the layer rules", () => {
  let found: Map<string, string[]>;
  beforeAll(async () => {
    found = await offences(offendingTree());
  });
  afterAll(() => {
    found.clear();
  });

  test("have an offence here each", () => {
    expect(Object.keys(OFFENCES).sort()).toEqual((config.forbidden ?? []).map((rule) => rule.name).sort());
  });

  test("say why", () => {
    for (const rule of config.forbidden ?? []) expect(rule.comment?.length, rule.name).toBeGreaterThan(20);
  });

  test.each(Object.entries(OFFENCES))("refuse a breach of %s", (rule, [file]) => {
    expect(found.get(file)).toContain(rule);
  });

  test("refuse nothing that the design allows", async () => {
    expect(await offences(innocentTree())).toEqual(new Map());
  });
});
