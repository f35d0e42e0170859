import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { HostCommand, HostProgram, LanguageHost, View } from "../language-host.ts";
import { ranOutOfHeap } from "../node-program/ran-out-of-heap.ts";

const MIB = 1024 * 1024;
const RUNNER = "dist/node/runner/main.js";
/** The rest is left to buffers and node itself, so that running out of heap is told by node before the machine kills it. */
const HEAP_SHARE = 0.75;

/** The engine's own node. The runner is always the built one: node cannot load TypeScript. */
const NODE_PROGRAM: HostProgram = {
  command(view: View, { memoryLimitBytes }): HostCommand {
    // Neighbours under one node_modules, so that the runner finds the protocol wherever they are shown.
    const runtime = view.show(packageDirectory(), "node_modules/@opendvp/plugin-runtime");
    view.show(protocolDirectory(), "node_modules/@opendvp/plugin-protocol");
    return {
      file: view.show(process.execPath, "node"),
      args: [`--max-old-space-size=${Math.floor((memoryLimitBytes * HEAP_SHARE) / MIB)}`, `${runtime}/${RUNNER}`],
    };
  },
  ranOutOfMemory: ranOutOfHeap,
};

/** Runs TypeScript plugins. */
export const nodeHost: LanguageHost = {
  languages: ["TYPESCRIPT"],
  locate: () => Promise.resolve(NODE_PROGRAM),
};

/** The same from src/node and from dist/node. */
function packageDirectory(): string {
  return dirname(dirname(dirname(fileURLToPath(import.meta.url))));
}

function protocolDirectory(): string {
  return dirname(createRequire(import.meta.url).resolve("@opendvp/plugin-protocol/package.json"));
}
