import { parseReference, type Kind, type Reference } from "@opendvp/model";

const TYPES: Partial<Readonly<Record<Kind, string>>> = {
  UNIX_HOST_ENVIRONMENT: "UnixHostEnvironment",
  WINDOWS_HOST_ENVIRONMENT: "WindowsHostEnvironment",
  UNIX_HOST: "UnixHost",
  HOST_USER: "EnvironmentUser",
  APPDATA_REPOSITORY: "AppDataRepository",
  APPDATA_SOURCE_CONFIG: "AppDataDirectSourceConfig",
  APPDATA_CONTAINER: "AppDataContainer",
  APPDATA_LINKED_SOURCE: "AppDataLinkedSource",
  APPDATA_VIRTUAL_SOURCE: "AppDataVirtualSource",
  APPDATA_TIMEFLOW: "AppDataTimeflow",
  APPDATA_SNAPSHOT: "AppDataSnapshot",
  APPDATA_TOOLKIT: "Toolkit",
  USER: "User",
  JOB: "Job",
};

/** The type of the object that a reference leads to, as the typed-object API names it; null where it has no name for it. */
export function targetType(reference: Reference | null): string | null {
  const kind = reference === null ? undefined : parseReference(reference)?.kind;
  return kind === undefined ? null : (TYPES[kind] ?? null);
}
