/**
 * The kinds of object that have a reference, named as the typed-object API of the field names them.
 * A kind is never renamed and never reused: it is part of every reference ever handed out.
 */
export const KINDS = [
  "UNIX_HOST_ENVIRONMENT",
  "WINDOWS_HOST_ENVIRONMENT",
  "UNIX_HOST",
  "HOST_USER",
  "APPDATA_REPOSITORY",
  "APPDATA_SOURCE_CONFIG",
  "APPDATA_CONTAINER",
  "APPDATA_LINKED_SOURCE",
  "APPDATA_VIRTUAL_SOURCE",
  "APPDATA_TIMEFLOW",
  "APPDATA_SNAPSHOT",
  "APPDATA_TOOLKIT",
  "STORAGE_POOL",
  "MOUNT",
  "OPERATION_TEMPLATE",
  "JOB",
  "ACTION",
  "FAULT",
  "ALERT",
  "USER",
  "API_KEY",
] as const;

export type Kind = (typeof KINDS)[number];
