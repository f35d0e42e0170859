import { seed } from "./seed-documents.ts";

/** The section below a heading of the document on plugin operations. */
export function operationSection(heading: string): string {
  return seed("# Plugin Operations").split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
}

/** The example of an operation, or the schema that it assumes, as it stands. */
export function operationExample(heading: string, language: "python" | "json"): string {
  return new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(operationSection(heading))?.[1] ?? "";
}

/** What makes a plugin of the examples: they come without a config file. */
export const EXAMPLES_CONFIG = `id: 16bef554-9470-11e9-b2e3-8c8590d4a42c
name: seed
buildNumber: "1.0"
hostTypes: [UNIX]
pluginType: DIRECT
language: PYTHON311
entryPoint: plugin_runner:plugin
srcDir: src
schemaFile: schema.json
`;
