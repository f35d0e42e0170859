import { checkText } from "../arguments/check-argument.ts";

/** A user of an environment. */
export class RemoteUser {
  name: string;
  /** Such as `HOST_USER-7`. */
  reference: string;

  constructor(name: string, reference: string) {
    checkText("RemoteUser", "name", name);
    checkText("RemoteUser", "reference", reference);
    this.name = name;
    this.reference = reference;
  }
}
