import { fileURLToPath } from "node:url";
import type { HostCommand, HostProgram, LanguageHost, View } from "../language-host.ts";
import { ranOutOfHeap } from "../node-program/ran-out-of-heap.ts";
import { showPackages } from "./show-packages.ts";

const MIB = 1024 * 1024;
const RUNNER = "dist/lua/runner/main.js";
/** What toolkits' values may take; the runner tells of it when a script comes to that limit. */
const LUA_SHARE = 0.5;
/** For the values while they are JSON. The rest is node's own. */
const HEAP_SHARE = 0.25;
/** The same from src/lua and from dist/lua. */
const RUNTIME = fileURLToPath(new URL("../..", import.meta.url));

/** Lua in WebAssembly, in the engine's own node. The runner is always the built one. */
const LUA_PROGRAM: HostProgram = {
  command(view: View, { memoryLimitBytes }): HostCommand {
    const runtime = view.show(RUNTIME, "node_modules/@opendvp/plugin-runtime");
    showPackages(view, ["@opendvp/plugin-protocol", "@opendvp/model", "wasmoon"], RUNTIME);
    return {
      file: view.show(process.execPath, "node"),
      args: [
        `--max-old-space-size=${Math.floor((memoryLimitBytes * HEAP_SHARE) / MIB)}`,
        `${runtime}/${RUNNER}`,
        String(Math.floor(memoryLimitBytes * LUA_SHARE)),
      ],
    };
  },
  ranOutOfMemory: ranOutOfHeap,
};

/** Runs legacy toolkits. */
export const luaHost: LanguageHost = {
  languages: ["LUA"],
  locate: () => Promise.resolve(LUA_PROGRAM),
};
