import { join } from "node:path";
import { pluginInvalid } from "@opendvp/model";
import { findUndefinedNames } from "@opendvp/plugin-runtime";
import { generatePythonDefinitions } from "../code-generation/python/generate-python-definitions.ts";
import { collectResources } from "../source-zip/collect-resources.ts";
import { writeIfChanged } from "../write-if-changed.ts";
import type { PluginSource } from "./plugin-source.ts";

const COMPILED = /\.py[co]$|\/__pycache__\//;

/** The source tree as it is: the engine runs sources. */
export const pythonSource: PluginSource = {
  async generate({ sourceDirectory, schemas }) {
    const definitionsFile = join(sourceDirectory, "generated", "definitions.py");
    await writeIfChanged(join(sourceDirectory, "generated", "__init__.py"), "");
    await writeIfChanged(definitionsFile, generatePythonDefinitions(schemas.schemas));
    return { definitionsFile };
  },
  collect: ({ sourceDirectory }) => collectResources(sourceDirectory, (path) => COMPILED.test(path)),
  async checkLoaded({ config, sourceDirectory }) {
    const problems = await findUndefinedNames(config.language, sourceDirectory);
    if (problems.length > 0) throw pluginInvalid(problems);
  },
};
