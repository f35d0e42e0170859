import type { Dataset, ObservedStatus, WantedState } from "../entities/dataset.ts";
import type { FaultText } from "../faults/faults-of.ts";

/** The fault of a dataset that is not what it is wanted to be. */
export const NOT_AS_WANTED = "NOT_AS_WANTED";

/** How a dataset stands on its host. */
export interface Sighting {
  readonly status: ObservedStatus;
  /** How much of what the catalog says is mounted; SOME also where it is mounted without the catalog's knowing. */
  readonly mounts: "NONE" | "SOME" | "ALL";
  /** The plugin could not tell the status, so that what is wanted counts. */
  readonly isAssumed?: true;
}

/** Running: active. Stopped: mounted, and not active. Disabled: not mounted. */
export function isAsWanted(wanted: WantedState, { status, mounts }: Sighting): boolean {
  switch (wanted) {
    case "RUNNING":
      return status === "ACTIVE";
    case "STOPPED":
      return mounts === "ALL" && status !== "ACTIVE";
    case "DISABLED":
      return mounts === "NONE";
  }
}

/** Says how a dataset differs from what it is wanted to be, and what brings it there. */
export function notAsWanted({ name, wantedState }: Pick<Dataset, "name" | "wantedState">, { status, mounts }: Sighting): FaultText {
  const fault = (is: string, action: string): FaultText => {
    return { code: NOT_AS_WANTED, message: `${name} is ${is}, but is wanted to be ${wantedState}.`, action };
  };
  if (wantedState === "RUNNING") return fault(status, `Enable ${name}, or stop or disable it.`);
  if (wantedState === "DISABLED") return fault("mounted", `Disable ${name} again.`);
  return mounts === "ALL" ? fault(status, `Stop ${name} again, or start it.`) : fault("not mounted", `Start ${name}, or disable it.`);
}
