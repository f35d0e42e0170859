import type { JsonObject } from "@opendvp/model";

/** Something of the engine's that scripts pass on and cannot look into. */
export class Handle {
  readonly handleOf: "environment" | "user" | "host";
  readonly value: JsonObject;

  constructor(handleOf: Handle["handleOf"], value: JsonObject) {
    this.handleOf = handleOf;
    this.value = value;
  }
}

/** The handles of one state. Lua knows them by their number, so that the same thing is always the same value. */
export class HandleTable {
  readonly #handles: Handle[] = [];

  /** Counts from 1. */
  numberOf(handle: Handle): number {
    const known = this.#handles.findIndex(
      ({ handleOf, value }) => handleOf === handle.handleOf && value["reference"] === handle.value["reference"],
    );
    return known >= 0 ? known + 1 : this.#handles.push(handle);
  }

  get(number: number): Handle | undefined {
    return this.#handles[number - 1];
  }
}
