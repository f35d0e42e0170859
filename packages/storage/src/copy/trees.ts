import type { KeptAttributes } from "../plain-trees/kept-attributes.ts";
import { PlainTrees } from "../plain-trees/plain-trees.ts";
import { freedBytes, usageOf } from "./usage.ts";

/** Trees each of which is a full copy, on any file system and without root. */
export class CopyTrees extends PlainTrees {
  constructor(kept: KeptAttributes) {
    super({ technology: "copy", blocks: "copied", usageOf, freedBytes }, kept);
  }
}
