import { artifactLabel, EngineError, formatApiVersion, readApiVersion, readArtifact, type ApiVersion } from "@opendvp/model";
import { Command } from "commander";
import { configureProgram } from "../command/configure-program.ts";
import { normalAddress } from "../configuration/engine-address.ts";
import { keptPassword } from "../configuration/kept-password.ts";
import { publicConfigPath } from "../configuration/locations.ts";
import { readPublicConfig } from "../configuration/public-config.ts";
import { readArtifactFile } from "../input/artifact-file.ts";
import { readPassword } from "../input/password.ts";
import { printableLines } from "../output/printable.ts";
import type { Terminal } from "../terminal.ts";
import { TypedSession } from "../typed-objects/typed-session.ts";
import { uploadArtifact } from "../typed-objects/upload-artifact.ts";
import { VERSION } from "../version.ts";
import { askUser } from "./ask-user.ts";

/** The program of old, with its own arguments, beside `dvp toolkit upload`. */
export function createUploadToolkit(terminal: Terminal): Command {
  return configureProgram(new Command("upload-toolkit"), terminal)
    .description("Install a toolkit in an engine, in a session of the version that it was built for.")
    .version(VERSION, "--version")
    .argument("<artifact>", "what build-toolkit wrote")
    .argument("<host>", "the engine: host, host:port or a URL")
    .argument("[user]", "who logs in; asked for where it is left out")
    .argument("[password]", "its password; others can see it: be asked instead, or use DVP_PASSWORD")
    .action(async (...[path, host, user, password]: readonly [string, string, string | undefined, string | undefined]) => {
      await upload(terminal, { path, host, user, password });
    });
}

interface Arguments {
  readonly path: string;
  readonly host: string;
  readonly user: string | undefined;
  readonly password: string | undefined;
}

async function upload(terminal: Terminal, { path, host, user: named, password: shown }: Arguments): Promise<void> {
  if (shown !== undefined) {
    terminal.err(
      "Warning: a password in an argument can be seen by others in the list of processes. Be asked for it, or set DVP_PASSWORD.\n",
    );
  }
  const bytes = await readArtifactFile(path, "Make it with `build-toolkit` or `dvp toolkit build`.");
  const built = builtFor(path, bytes);
  const address = normalAddress(host);
  const known = await readPublicConfig(publicConfigPath(terminal));
  const user = named ?? known.user ?? (await askUser(terminal, `User at ${address}`));
  const kept = user === known.user && terminal.env["DVP_PASSWORD"] === undefined ? keptPassword(known, address) : undefined;
  const password = shown ?? kept ?? (await readPassword(terminal, undefined, `Password of ${user} at ${address}`));
  const session = await openFor(built, address);
  await session.login(user, password);
  await uploadArtifact(session, bytes, { note: (text) => terminal.err(`${printableLines(text)}\n`) });
  terminal.out(`Uploaded ${path} to ${address}.`);
}

interface Built {
  readonly label: string;
  readonly version: ApiVersion;
}

/** A session of the toolkit's version. @throws EngineError `PLUGIN_REFUSED`, as an engine does that reads the artifact, where it knows none */
async function openFor({ label, version }: Built, address: string): Promise<TypedSession> {
  return TypedSession.open(address, version).catch((error: unknown) => {
    if (!(error instanceof EngineError) || error.code !== "UNSUPPORTED") throw error;
    const buildApi = formatApiVersion(version);
    throw new EngineError(
      "PLUGIN_REFUSED",
      `The ${label} was built for the API ${buildApi}, which the engine at ${address} does not know.`,
      {
        action: `Build the toolkit again with \`dvp toolkit build\`.${error.action === "" ? "" : ` The engine says: ${error.action}`}`,
        details: { buildApi, address },
        cause: error,
      },
    );
  });
}

/** @throws EngineError `PLUGIN_INVALID` for what is no toolkit, or does not say what it was built for */
function builtFor(path: string, bytes: Uint8Array): Built {
  const artifact = readArtifact(bytes);
  const version = artifact["type"] === "Toolkit" ? readApiVersion(artifact["buildApi"]) : undefined;
  if (version !== undefined) return { label: artifactLabel(artifact), version };
  const what = artifact["type"] === "Toolkit" ? "does not say which API it was built for" : "is no toolkit";
  throw new EngineError("PLUGIN_INVALID", `The artifact ${path} ${what}.`, {
    action: "Build it with `build-toolkit` or `dvp toolkit build`.",
  });
}
