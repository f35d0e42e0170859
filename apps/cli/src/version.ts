import { readFileSync } from "node:fs";
import { PACKAGE_ROOT } from "./package-root.ts";

/** Of the product. */
export const VERSION = (JSON.parse(readFileSync(new URL("package.json", PACKAGE_ROOT), "utf8")) as { readonly version: string }).version;
