import type { KeptAttributes } from "../plain-trees/kept-attributes.ts";
import { PlainTrees } from "../plain-trees/plain-trees.ts";
import { freedBytes, usageOf } from "./usage.ts";

/** Trees whose files share their blocks: a copy takes as long as there are files, and no space but for their names. */
export class ReflinkTrees extends PlainTrees {
  constructor(kept: KeptAttributes) {
    super({ technology: "reflink", blocks: "shared", usageOf, freedBytes }, kept);
  }
}
