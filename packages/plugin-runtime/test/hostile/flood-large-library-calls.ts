import { libs } from "@opendvp/plugin-sdk";
import { hostile, MIB } from "../support/hostile-plugin.ts";

export const plugin = hostile((_target, connection) =>
  Promise.all(Array.from({ length: 60 }, () => libs.runBash(connection, "#".repeat(4 * MIB)))),
);
