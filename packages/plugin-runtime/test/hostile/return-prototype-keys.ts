import { hostile } from "../support/hostile-plugin.ts";

/** Members that would change every object, if somebody merged them in carelessly. */
export const plugin = hostile(() => JSON.parse('{"__proto__":{"isPolluted":true},"constructor":{"prototype":{"isPolluted":true}}}'));
