import { createRequire } from "node:module";

/** Of the product. */
export const VERSION = (createRequire(import.meta.url)("../package.json") as { readonly version: string }).version;
