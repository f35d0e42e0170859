export { initPlugin, type InitialisedPlugin, type InitPluginRequest } from "./init/init-plugin.ts";
export { buildPlugin, type BuildPluginRequest, type BuiltPlugin } from "./build/build-plugin.ts";
export type { GeneratedFiles } from "./code-generation/generated-files.ts";
export { testPlugin, type LifeCycleReport, type TestPluginRequest } from "./life-cycle/test-plugin.ts";
export { readTestValues, type TestValues } from "./life-cycle/test-values.ts";
export type { PhaseReport } from "./life-cycle/phase.ts";
export type { TracedOperation } from "./life-cycle/operation-trace.ts";
export { buildToolkit, type BuildToolkitRequest, type BuiltToolkit } from "./toolkit/build-toolkit.ts";
export { checkToolkit, type CheckedToolkit } from "./toolkit/check-toolkit.ts";
