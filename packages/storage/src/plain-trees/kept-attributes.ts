import { rm, writeFile } from "node:fs/promises";
import { isJsonObject } from "@opendvp/model";
import { readPoolFile, writePoolFile } from "../pool/pool-identity.ts";
import type { PoolLayout } from "../pool/pool-layout.ts";
import { runProgram } from "../pool/run-program.ts";
import { isFull } from "../pool/storage-error.ts";

export interface KeptAttributes {
  readonly hasAcls: boolean;
  readonly hasXattrs: boolean;
}

/** Undefined where there was no room to find out. */
type Found = { readonly [attribute in keyof KeptAttributes]: boolean | undefined };

/**
 * What the file system of an open pool can keep is tried out: mount options and kernels differ too much to be asked. A full
 * pool must open all the same, so what was found before stands in its identity file.
 */
export async function keptAttributes(layout: PoolLayout): Promise<KeptAttributes> {
  const found = await probe(layout.stagedTreeOf("probe"));
  const content = await readPoolFile(layout);
  const known = isJsonObject(content["attributes"]) ? content["attributes"] : {};
  const { hasAcls = known["hasAcls"] === true, hasXattrs = known["hasXattrs"] === true } = found;
  if (found.hasAcls === undefined || found.hasXattrs === undefined) return { hasAcls, hasXattrs };
  if (known["hasAcls"] !== hasAcls || known["hasXattrs"] !== hasXattrs) {
    await writePoolFile(layout, { ...content, attributes: { hasAcls, hasXattrs } }).catch((error: unknown) => {
      if (!isFull(error)) throw error;
    });
  }
  return { hasAcls, hasXattrs };
}

async function probe(file: string): Promise<Found> {
  try {
    await writeFile(file, "", { mode: 0o600 });
    const hasAcls = await succeeds("setfacl", ["-m", "u:0:r", "--", file]);
    return { hasAcls, hasXattrs: await succeeds("setfattr", ["-n", "user.opendvp", "-v", "1", "--", file]) };
  } catch (error) {
    if (!isFull(error)) throw error;
    return { hasAcls: undefined, hasXattrs: undefined };
  } finally {
    await rm(file, { force: true });
  }
}

async function succeeds(program: string, args: readonly string[]): Promise<boolean | undefined> {
  try {
    await runProgram(program, args);
    return true;
  } catch (error) {
    // Where the program is not installed, nobody can say; what cannot be shown is not promised.
    return isFull(error) ? undefined : false;
  }
}
