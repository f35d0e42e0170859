export { startEngineUnderTest, type EngineUnderTest, type EngineUnderTestOptions } from "./engine-under-test.ts";
export { configFileOf, installPlugin, type InstalledPlugin } from "./install-plugin.ts";
export { nameInterpreter } from "./name-interpreter.ts";
export { BACK_ENDS, canSnapshotRunning, canUse, canUseForLong, type BackEnd } from "./test-storage.ts";
export { ENVIRONMENT_USER, ensureEnvironmentUser, isRoot } from "./environment-user.ts";
export { makeSource } from "./make-source.ts";
export { uploadArtifact } from "./upload-artifact.ts";
export { findRepository } from "./find-repository.ts";
