import Type from "typebox";

/** The one id of an object, e.g. `APPDATA_CONTAINER-7`. */
export const Id = Type.String({ description: "Reference of the object, <KIND>-<n>." });

/** What a caller may write where an object is meant. */
export const NameOrId = Type.String({ minLength: 1, maxLength: 256, description: "Name or reference of the object." });

/** The name of an object; the engine checks its characters. */
export const Name = Type.String({ minLength: 1, maxLength: 256 });

export const Description = Type.String({ maxLength: 4096 });

/** A moment, ISO 8601 in UTC. */
export const Timestamp = Type.String({ description: "ISO 8601, UTC." });

/** A moment as a caller writes it. */
export const TimestampInput = Type.String({ minLength: 4, maxLength: 64, description: "ISO 8601; without a zone it is UTC." });

export const Bytes = Type.Integer({ minimum: 0, description: "Bytes." });
