import { readFile } from "node:fs/promises";

/** Defaults as the field's public tool keeps them. */
export interface PublicConfig {
  readonly engine?: string;
  readonly user?: string;
  readonly password?: string;
}

/** The section `default` of an INI file; empty where there is none. */
export async function readPublicConfig(path: string): Promise<PublicConfig> {
  const text = await readFile(path, "utf8").catch(() => "");
  const found: Record<string, string> = {};
  let section = "";
  for (const line of text.split(/\r?\n/)) {
    section = /^\s*\[\s*(.*?)\s*\]\s*$/.exec(line)?.[1] ?? section;
    const [, name, value] = /^\s*([\w-]+)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (section === "default" && name !== undefined && value !== undefined) found[name] = value;
  }
  const { engine, user, password } = found;
  return {
    ...(engine === undefined ? {} : { engine }),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
  };
}
