import { runProcess } from "@opendvp/subprocess";
import { PROGRAM_ENVIRONMENT } from "../pool/run-program.ts";

const UNITS: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2 };

/** What this machine's ZFS can do beyond what every version can. */
export interface ZfsFeatures {
  readonly hasLz4: boolean;
  /** ACLs are switched on by a property; elsewhere the daemon has them or not. */
  readonly hasAclType: boolean;
  readonly hasXattrInInode: boolean;
  /** Knows how much a dataset holds that its latest snapshot does not. */
  readonly hasWritten: boolean;
  readonly canReceiveUnmounted: boolean;
  readonly largestRecordBytes: number;
}

/** Reads the features from what the program says of itself when it is called without arguments. */
export async function probeFeatures(): Promise<ZfsFeatures> {
  const [properties, receive] = await Promise.all([usageOf("get"), usageOf("receive")]);
  return featuresOf(properties, receive);
}

export function featuresOf(properties: string, receive: string): ZfsFeatures {
  const values = (property: string): string =>
    new RegExp(`^\\s*${property}\\s+(?:YES|NO)\\s+(?:YES|NO)\\s+(.*)$`, "m").exec(properties)?.[1] ?? "";
  const { number = "128", unit = "k" } = /512 to (?<number>\d+)(?<unit>[km])/i.exec(values("recordsize"))?.groups ?? {};
  return {
    hasLz4: values("compression").includes("lz4"),
    hasAclType: values("acltype").includes("posix"),
    hasXattrInInode: /\bsa\b/.test(values("xattr")),
    hasWritten: values("written") !== "",
    canReceiveUnmounted: /receive \[-\w*u/.test(receive),
    largestRecordBytes: Number(number) * (UNITS[unit.toLowerCase()] ?? 1024),
  };
}

async function usageOf(command: string): Promise<string> {
  const { stdout, stderr } = await runProcess({ file: "zfs", args: [command], env: PROGRAM_ENVIRONMENT });
  return stdout + stderr;
}
