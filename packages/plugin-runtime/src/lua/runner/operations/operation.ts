import type { Json, JsonObject } from "@opendvp/model";

/** Answers one operation, or one migration, of a toolkit. */
export type Operation = (args: JsonObject) => Json;

/** By method, those that a toolkit has. */
export type OperationTable = Readonly<Record<string, Operation>>;
