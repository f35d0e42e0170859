import { readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { EngineError, isJsonObject, type Json, type JsonObject } from "@opendvp/model";
import { makeDirectory } from "@opendvp/subprocess";

/** A login that is kept. */
export interface Login {
  readonly user: string;
  readonly key: string;
  readonly expires: string;
}

/** Logins by the address of their engine, and the engine that commands speak to unless told otherwise. */
export interface Credentials {
  readonly current: string | undefined;
  readonly engines: ReadonlyMap<string, Login>;
}

/** No file is no login. @throws EngineError `INPUT_INVALID` for a file that is not ours */
export async function readCredentials(path: string): Promise<Credentials> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return "{}";
    throw unreadable(path, cause);
  });
  try {
    return parse(JSON.parse(text) as Json);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** Adds a login and makes its engine the current one. The file is readable by its owner only, and is replaced as a whole. */
export async function keepLogin(path: string, address: string, login: Login): Promise<void> {
  const engines = new Map((await readCredentials(path)).engines).set(address, login);
  await makeDirectory(dirname(path), 0o700);
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, JSON.stringify({ current: address, engines: Object.fromEntries(engines) }, undefined, 2), { mode: 0o600 });
  await rename(draft, path);
}

function parse(value: Json): Credentials {
  if (!isJsonObject(value)) throw new TypeError("no object");
  const { current, engines = {} } = value;
  if (!isJsonObject(engines)) throw new TypeError("engines is no object");
  return { current: typeof current === "string" ? current : undefined, engines: new Map(Object.entries(engines).flatMap(loginOf)) };
}

function loginOf([address, value]: readonly [string, Json | undefined]): [string, Login][] {
  const login: JsonObject = isJsonObject(value) ? value : {};
  const { user, key, expires } = login;
  const isComplete = typeof user === "string" && typeof key === "string" && typeof expires === "string";
  return isComplete ? [[address, { user, key, expires }]] : [];
}

function unreadable(path: string, cause: unknown): EngineError {
  return new EngineError("INPUT_INVALID", `The file of logins ${path} cannot be read.`, {
    action: "Remove it and log in again with `dvp login`.",
    details: { path },
    cause,
  });
}
