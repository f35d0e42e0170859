import { EngineError } from "@opendvp/model";

export function nameTaken(name: string): EngineError {
  return new EngineError("NAME_TAKEN", `The pool already has something with the name ${name}.`, {
    action: "Choose a name that was never used.",
    details: { name },
  });
}
