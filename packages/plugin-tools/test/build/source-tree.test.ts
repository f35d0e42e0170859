import { chmod, mkdir, symlink } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { buildPlugin } from "../../src/index.ts";
import { PluginSandbox } from "../plugin-sandbox.ts";

const text = (contents: Uint8Array | undefined): string => Buffer.from(contents ?? []).toString("utf8");

describe("the source tree in an artifact", () => {
  it("is the bundle with its source map, and what lies beside the code", async () => {
    await using sandbox = await PluginSandbox.withPlugin("DIRECT");
    await mkdir(sandbox.path("src/resources/.hidden"), { recursive: true });
    await mkdir(sandbox.path("src/node_modules/unused"), { recursive: true });
    await sandbox.write("src/resources/queries.sql", "SELECT 1;\n");
    await sandbox.write("src/resources/tool", "#!/bin/sh\n");
    await chmod(sandbox.path("src/resources/tool"), 0o755);
    await sandbox.write("src/resources/.hidden/secret", "x");
    await sandbox.write("src/node_modules/unused/index.js", "x");
    await sandbox.write("src/unused.ts", "export {};\n");
    await symlink("/etc/passwd", sandbox.path("src/resources/link"));
    const { warnings } = await buildPlugin({ configFile: sandbox.configFile, typeCheck: false });
    const files = await sandbox.artifactSource();
    expect(Object.keys(files)).toEqual(["plugin.mjs", "plugin.mjs.map", "resources/queries.sql", "resources/tool"]);
    expect(text(files["resources/queries.sql"])).toBe("SELECT 1;\n");
    expect(warnings).toMatchObject([{ where: "resources/link" }]);
  });

  it("has the SDK, other modules, packages and imported text in one bundle", async () => {
    await using sandbox = await PluginSandbox.withPlugin("DIRECT");
    await mkdir(sandbox.path("src/lib"));
    await mkdir(sandbox.path("node_modules/old-style"), { recursive: true });
    await sandbox.write("node_modules/old-style/package.json", JSON.stringify({ name: "old-style", version: "1.0.0", main: "main.js" }));
    await sandbox.write("node_modules/old-style/main.js", 'const os = require("node:os"); module.exports = { eol: os.EOL };');
    await sandbox.write("src/lib/size.sh", 'du -sb "$DIRECTORY" | cut -f1\n');
    await sandbox.write("src/lib/size.ts", 'import script from "./size.sh";\nexport const sizeScript: string = script.trim();\n');
    await sandbox.write("node_modules/old-style/index.d.ts", "export const eol: string;\n");
    await sandbox.write(
      "node_modules/old-style/package.json",
      JSON.stringify({ name: "old-style", version: "1.0.0", main: "main.js", types: "index.d.ts" }),
    );
    const size =
      "plugin.linked.sourceSize(async ({ directSource, sourceConfig }) => {\n  const { stdout } = await libs.runBash(directSource.connection, sizeScript + eol, { variables: { DIRECTORY: sourceConfig.path } });\n  return Number(stdout);\n});\n";
    const source = await sandbox.read("src/plugin.ts");
    await sandbox.write("src/plugin.ts", `import { eol } from "old-style";\nimport { sizeScript } from "./lib/size.ts";\n${source}${size}`);
    const { artifact } = await buildPlugin({ configFile: sandbox.configFile });
    expect(artifact?.operations).toContain("linked.sourceSize");
    const files = await sandbox.artifactSource();
    expect(Object.keys(files)).toEqual(["plugin.mjs", "plugin.mjs.map"]);
    expect(text(files["plugin.mjs"])).toContain('du -sb "$DIRECTORY"');
  });

  it("keeps the entry module's place in a sub-directory", async () => {
    await using sandbox = await PluginSandbox.withPlugin("DIRECT");
    await mkdir(sandbox.path("src/inner"));
    await sandbox.write("src/inner/main.ts", (await sandbox.read("src/plugin.ts")).replace("./generated", "../generated"));
    await sandbox.write("src/plugin.ts", "");
    await sandbox.replace("plugin_config.yml", "plugin:plugin", "inner.main:plugin");
    await buildPlugin({ configFile: sandbox.configFile });
    expect(Object.keys(await sandbox.artifactSource())).toEqual(["inner/main.mjs", "inner/main.mjs.map"]);
  });

  it("lets stack traces name the author's own lines", async () => {
    await using sandbox = await PluginSandbox.withPlugin("DIRECT");
    const lines = (await sandbox.read("src/plugin.ts")).split("\n").length;
    await sandbox.write("src/plugin.ts", `${await sandbox.read("src/plugin.ts")}\nthrow new Error("here");\n`);
    const failure = await buildPlugin({ configFile: sandbox.configFile, typeCheck: false }).catch((thrown: unknown) => thrown);
    expect(JSON.stringify([failure, (failure as Error).cause ?? ""])).toContain(`plugin.ts:${String(lines + 1)}`);
  });
});
