export { initPlugin, type InitialisedPlugin, type InitPluginRequest } from "./init/init-plugin.ts";
export { buildPlugin, type BuildPluginRequest, type BuiltPlugin } from "./build/build-plugin.ts";
export type { GeneratedFiles } from "./code-generation/write-generated.ts";
