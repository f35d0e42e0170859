export { startEngineUnderTest, type EngineUnderTest, type EngineUnderTestOptions } from "./engine-under-test.ts";
export { configFileOf, installPlugin, type InstalledPlugin } from "./install-plugin.ts";
export { ENVIRONMENT_USER, isRoot } from "./environment-user.ts";
