/** Where this package lies: sources, what is compiled from them and the programs bundled from that are all one folder below it. */
export const PACKAGE_ROOT = new URL("../", import.meta.url);
