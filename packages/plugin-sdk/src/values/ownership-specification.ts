import { checkInteger } from "../arguments/check-argument.ts";

/** Who owns the top directory of a mount; without it the environment user does. Unix hosts only. */
export class OwnershipSpecification {
  uid: number;
  gid: number;

  constructor(uid: number, gid: number) {
    checkInteger("OwnershipSpecification", "uid", uid);
    checkInteger("OwnershipSpecification", "gid", gid);
    this.uid = uid;
    this.gid = gid;
  }
}
