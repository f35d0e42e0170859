import { DEFAULT_ENGINE_ADDRESS, DEFAULT_LISTEN_PORT } from "@opendvp/contract";
import { EngineError } from "@opendvp/model";
import { readEngineFile } from "../engine-process/engine-file.ts";
import type { Terminal } from "../terminal.ts";
import { readCredentials } from "./credentials.ts";
import { credentialsPath, defaultDataDirectory, publicConfigPath } from "./locations.ts";
import { readPublicConfig } from "./public-config.ts";

/**
 * The engine to speak to: the named one, DVP_ENGINE, the one that was last logged in to, the one of ~/.dvp/config,
 * one that runs on this machine, or the default address.
 */
export async function engineAddress(terminal: Terminal, named: string | undefined): Promise<string> {
  const given =
    named ??
    terminal.env["DVP_ENGINE"] ??
    (await readCredentials(credentialsPath(terminal))).current ??
    (await readPublicConfig(publicConfigPath(terminal))).engine ??
    (await readEngineFile(defaultDataDirectory(terminal)))?.address;
  return given === undefined ? DEFAULT_ENGINE_ADDRESS : normalAddress(given);
}

/** `host`, `host:port` or a URL as a URL without a path. @throws EngineError `INPUT_INVALID` */
export function normalAddress(given: string): string {
  const hasScheme = /^https?:\/\//i.test(given);
  try {
    const url = new URL(hasScheme ? given : `http://${given}`);
    const hasPort = url.port !== "" || hasScheme;
    return `${url.protocol}//${url.hostname}${hasPort ? (url.port === "" ? "" : `:${url.port}`) : `:${DEFAULT_LISTEN_PORT}`}`;
  } catch (cause) {
    throw new EngineError("INPUT_INVALID", `${JSON.stringify(given)} is no address of an engine.`, {
      action: "Write it like http://127.0.0.1:8420.",
      cause,
    });
  }
}
