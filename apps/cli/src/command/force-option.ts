import { withoutUndefined } from "./without-undefined.ts";

/** For what stops, disables or deletes. */
export interface ForceOptions {
  readonly force?: boolean;
}

export const FORCE_OPTION = ["--force", "go on over errors of the plugin and of hooks"] as const;

export function forceBody({ force }: ForceOptions): { readonly force?: boolean } {
  return withoutUndefined({ force });
}
