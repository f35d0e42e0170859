import { EngineError } from "@opendvp/model";

const PATTERN = /^[A-Za-z][A-Za-z0-9_.:-]*(\/[A-Za-z0-9_][A-Za-z0-9_.:-]*)*$/;
/** ZFS takes 255 characters, of which a dataset's and a snapshot's own names need 126. */
const LONGEST = 120;

/** @throws EngineError `PATH_INVALID` where a pool's location is no name of a ZFS dataset */
export function checkZfsLocation(location: string): void {
  if (location.length <= LONGEST && PATTERN.test(location)) return;
  throw new EngineError("PATH_INVALID", `${JSON.stringify(location.slice(0, 400))} cannot be the location of a ZFS pool.`, {
    action: `Give the name of a dataset such as tank/opendvp, at most ${LONGEST} characters, without a leading slash.`,
  });
}
