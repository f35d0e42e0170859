import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createDvp, type Dvp } from "./dvp.ts";
import { field } from "./field.ts";

const CLI = "apps/cli/bin/dvp.mjs";

/** An engine of the tour's own, and the command line logged in to it. */
export interface EngineSession {
  readonly dvp: Dvp;
  readonly address: string;
  readonly user: string;
  readonly password: string;
  /** Ends it, with nothing of it mounted any more. */
  stop(): Promise<void>;
}

export interface EngineSetting {
  /** Where all of it lives. */
  readonly directory: string;
  /** The operating system's user that commands run as. */
  readonly hostUser: string;
  readonly storage: string;
}

/** Starts an engine with a pool in `directory` and logs in as the administrator that its first start makes. */
export async function startEngineSession({ directory, hostUser, storage }: EngineSetting): Promise<EngineSession> {
  const configuration = join(directory, "logins");
  const dataDirectory = join(directory, "engine");
  await mkdir(configuration, { recursive: true });
  const dvpWith = (environment: Readonly<Record<string, string>>): Dvp =>
    createDvp({ program: CLI, configuration, onProgress: () => undefined, environment });

  const dvp = dvpWith({});
  const where = ["--data-dir", dataDirectory];
  const how = ["--storage", storage, "--listen", "127.0.0.1:0", "--environment-user", hostUser];
  const started = await dvp("engine", "start", ...where, ...how);
  const [address, user, password] = [field(started, "address"), field(started, "username"), field(started, "password")];
  await dvpWith({ DVP_PASSWORD: password })("login", "--engine", address, "--user", user);
  return {
    dvp,
    address,
    user,
    password,
    stop: async () => {
      await dvp("engine", "stop", "--unmount", ...where);
    },
  };
}
