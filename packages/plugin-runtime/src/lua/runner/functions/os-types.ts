import { isJsonObject, type JsonObject } from "@opendvp/model";
import type { Engine } from "../engine.ts";
import { bug } from "./host-call.ts";

/** What `uname -s` says, as toolkits know it. */
const NAMES: Readonly<Record<string, string>> = {
  Linux: "LINUX",
  SunOS: "SOLARIS",
  AIX: "AIX",
  "HP-UX": "HPUX",
  Darwin: "DARWIN",
};

/** Which system each host has. A host is asked once: what it is does not change while this process lives. */
export class OsTypes {
  readonly #engine: Engine;
  readonly #known = new Map<string, string>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** @throws WireError where the host cannot be asked */
  of(connection: JsonObject): string {
    const key = JSON.stringify(connection["environment"] ?? null);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = this.#ask(connection);
    this.#known.set(key, found);
    return found;
  }

  #ask(remoteConnection: JsonObject): string {
    const command = { remoteConnection, command: "uname -s", variables: {}, useLoginShell: false };
    const answer = this.#engine.call("library/runBash", command);
    const { exitCode, stdout } = isJsonObject(answer) ? answer : {};
    const name = exitCode === 0 && typeof stdout === "string" ? stdout.trim() : "";
    if (name === "") throw bug("source.osType: the host does not say which system it has: `uname -s` failed.");
    return NAMES[name] ?? name.toUpperCase();
  }
}
