import { EngineError } from "@opendvp/model";
import type { Subject } from "../transactions/gate.ts";
import type { ClassifyFailure } from "./store-failure.ts";

/** A database's own error as an EngineError; any other error unchanged. */
export function explainFailure(error: unknown, classify: ClassifyFailure, about?: Subject): unknown {
  const failure = classify(error);
  if (failure === undefined) return error;
  switch (failure.kind) {
    case "DUPLICATE":
      return explainDuplicate(failure.columns, error, about);
    case "DANGLING":
      return new EngineError("NOT_FOUND", "The catalog refused a reference to an object that does not exist.", {
        action: "The object was removed meanwhile: look again at what there is and repeat the request.",
        cause: error,
      });
    case "UNREACHABLE":
      return new EngineError("CATALOG_UNREACHABLE", `The catalog ${failure.reason}.`, { action: failure.action, cause: error });
    case "REFUSED":
      return new EngineError(failure.code, `The catalog ${failure.reason}.`, { action: failure.action, cause: error });
    case "BROKEN":
      return new EngineError("CATALOG_FAILED", `The catalog ${failure.reason}.`, { action: failure.action, cause: error });
  }
}

function explainDuplicate(columns: readonly string[], cause: unknown, about?: Subject): EngineError {
  const label = about?.label ?? "an object";
  const fields = columns.map(memberName);
  const name = about === undefined || !fields.includes("name") ? undefined : nameIn(about.members);
  if (name === undefined) {
    return new EngineError("NAME_TAKEN", `There is already ${label} with the same ${fields.join(", ")}.`, {
      action: "Use the one that exists, or remove it first.",
      details: { fields },
      cause,
    });
  }
  return new EngineError("NAME_TAKEN", `There is already ${label} named ${JSON.stringify(name)}.`, {
    action: "Choose another name, or rename or remove the one that has it.",
    details: { fields, name },
    cause,
  });
}

function nameIn(members: object): string | undefined {
  const name: unknown = Reflect.get(members, "name");
  return typeof name === "string" ? name : undefined;
}

function memberName(column: string): string {
  return column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
