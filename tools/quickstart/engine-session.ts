import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createDvp, type Dvp } from "./dvp.ts";
import { field } from "./field.ts";

const CLI = "apps/cli/dist/main.js";

/** An engine of the tour's own, and the command line logged in to it. */
export interface EngineSession {
  readonly dvp: Dvp;
  readonly address: string;
  readonly user: string;
  readonly password: string;
  stop(): Promise<void>;
}

/** Starts an engine with an embedded pool in `directory` and logs in as the administrator that its first start makes. */
export async function startEngineSession(directory: string, onProgress: (line: string) => void): Promise<EngineSession> {
  const configuration = join(directory, "logins");
  const dataDirectory = join(directory, "engine");
  await mkdir(configuration, { recursive: true });
  const dvpWith = (environment: Readonly<Record<string, string>>): Dvp =>
    createDvp({ program: CLI, configuration, onProgress, environment });

  const started = await dvpWith({})("engine", "start", "--data-dir", dataDirectory, "--storage", "embedded", "--listen", "127.0.0.1:0");
  const address = field(started, "address");
  const user = field(started, "username");
  const password = field(started, "password");
  await dvpWith({ DVP_PASSWORD: password })("login", "--engine", address, "--user", user);
  const dvp = dvpWith({});
  return {
    dvp,
    address,
    user,
    password,
    stop: async () => {
      await dvp("engine", "stop", "--data-dir", dataDirectory);
    },
  };
}
