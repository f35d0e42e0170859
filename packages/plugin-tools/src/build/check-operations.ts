import { isOperationName, operationTable, type OperationName, type PluginType, type Problem } from "@opendvp/model";

export interface CheckedOperations {
  readonly operations: readonly OperationName[];
  readonly warnings: readonly Problem[];
  readonly problems: readonly Problem[];
}

/** Not required, but a VDB that `start` does not start is seldom what an author wants. */
const START = "virtual.start";

/** Compares what a plugin implements with what a plugin of its type has to. A missing operation is a warning: only the workflows that need it fail. */
export function checkOperations(pluginType: PluginType, implemented: readonly string[]): CheckedOperations {
  const table = operationTable(pluginType);
  const known = implemented.filter(isOperationName).filter((operation) => table[operation] !== undefined);
  const strangers = implemented.filter((operation) => !(known as readonly string[]).includes(operation));
  const warnings = Object.entries(table).flatMap(([operation, { isRequired }]): readonly Problem[] => {
    if (implemented.includes(operation)) return [];
    if (isRequired) {
      const message = "is required and not implemented: engine operations that need it will fail";
      return [{ where: operation, message, action: `Register a handler with plugin.${operation}(…).` }];
    }
    return operation === START ? [{ where: operation, message: "is not implemented: starting a VDB will only mount it" }] : [];
  });
  const problems = strangers.map((operation): Problem => {
    return { where: operation, message: `is no operation of a plugin whose pluginType is ${pluginType}`, action: "Remove it." };
  });
  return { operations: known, warnings, problems };
}
