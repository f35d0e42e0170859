export * from "./json/json.ts";
export * from "./references/kinds.ts";
export * from "./references/reference.ts";
export * from "./references/name.ts";
export * from "./errors/error-codes.ts";
export * from "./errors/engine-error.ts";
export * from "./operations/operation-table.ts";
export * from "./operations/plugin-values.ts";
