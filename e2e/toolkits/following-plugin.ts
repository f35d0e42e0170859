import { findPythons, followingPluginConfig } from "@opendvp/testkit";

const pythons = await findPythons();

/** What the document says. */
export const DOCUMENTED = { language: "PYTHON27", interpreter: pythons.get("2.7") } as const;

/** The language of the plugin that follows the toolkit: the documented one, else that of whatever Python there is; sources run in any. */
export const FOLLOWER =
  DOCUMENTED.interpreter === undefined
    ? ({ language: "PYTHON311", interpreter: [...pythons].find(([version]) => version.startsWith("3"))?.[1] } as const)
    : DOCUMENTED;

/** The documented config, with the language that this machine has. */
export function followingConfig(): string {
  return followingPluginConfig().replace(`language: ${DOCUMENTED.language}`, `language: ${FOLLOWER.language}`);
}
