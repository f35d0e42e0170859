import type { MountValue } from "@opendvp/model";
import { checkText } from "../arguments/check-argument.ts";
import { IncorrectArgumentTypeError } from "../errors/incorrect-argument-type-error.ts";
import { IncorrectReferenceFormatError } from "../errors/incorrect-reference-format-error.ts";
import { RemoteEnvironment } from "./remote-environment.ts";

const ENVIRONMENT_REFERENCE = /^(UNIX|WINDOWS)_HOST_ENVIRONMENT-\d+$/;

/** Where a dataset, or a part of it, is mounted. */
export class Mount {
  /** The environment, or its reference. */
  remoteEnvironment: RemoteEnvironment | string;
  /** Absolute. */
  mountPath: string;
  /** A sub-directory of the dataset that alone is mounted; null = all of it. */
  sharedPath: string | null;

  constructor(remoteEnvironment: RemoteEnvironment | string, mountPath: string, sharedPath: string | null = null) {
    checkEnvironment(remoteEnvironment);
    checkText("Mount", "mountPath", mountPath);
    if (sharedPath !== null) checkText("Mount", "sharedPath", sharedPath);
    this.remoteEnvironment = remoteEnvironment;
    this.mountPath = mountPath;
    this.sharedPath = sharedPath;
  }

  static fromWire(value: MountValue): Mount {
    const { remoteEnvironment } = value;
    const environment = typeof remoteEnvironment === "string" ? remoteEnvironment : RemoteEnvironment.fromWire(remoteEnvironment);
    return new Mount(environment, value.mountPath, value.sharedPath ?? null);
  }
}

function checkEnvironment(actual: unknown): void {
  if (typeof actual === "string") {
    if (!ENVIRONMENT_REFERENCE.test(actual)) throw new IncorrectReferenceFormatError(actual);
  } else if (!(actual instanceof RemoteEnvironment)) {
    throw new IncorrectArgumentTypeError("Mount", "remoteEnvironment", { actual, expected: "a RemoteEnvironment or its reference" });
  }
}
