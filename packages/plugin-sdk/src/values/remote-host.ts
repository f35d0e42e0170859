import type { RemoteHostValue } from "@opendvp/model";
import { checkText } from "../arguments/check-argument.ts";

/** A host: its address, and where things lie on it. */
export class RemoteHost {
  /** The host's address. */
  name: string;
  reference: string;
  /** A directory with helper programs on Unix hosts; empty on Windows. */
  binaryPath: string;
  /** A directory for plugins' own files, owned by the primary user. Plugins clean up in it; the engine does not. */
  scratchPath: string;

  constructor(value: RemoteHostValue) {
    for (const parameter of ["name", "reference", "binaryPath", "scratchPath"] as const)
      checkText("RemoteHost", parameter, value[parameter]);
    this.name = value.name;
    this.reference = value.reference;
    this.binaryPath = value.binaryPath;
    this.scratchPath = value.scratchPath;
  }
}
