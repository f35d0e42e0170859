import { libs } from "@opendvp/plugin-sdk";
import { hostile } from "../support/hostile-plugin.ts";

/** All at once. */
export const plugin = hostile((_target, connection) =>
  Promise.all(Array.from({ length: 5000 }, (_, number) => libs.runBash(connection, `echo ${number}`))),
);
