import { normalAddress } from "./engine-address.ts";
import type { PublicConfig } from "./public-config.ts";

/** The password of ~/.dvp/config, for the engine that it names; where it names none, for any. Nobody else is shown it. */
export function keptPassword({ engine, password }: PublicConfig, address: string): string | undefined {
  return engine === undefined || isSameEngine(engine, address) ? password : undefined;
}

function isSameEngine(engine: string, address: string): boolean {
  try {
    return normalAddress(engine) === address;
  } catch {
    return false;
  }
}
