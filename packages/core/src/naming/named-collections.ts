import type { Kind } from "@opendvp/model";
import type { NamedCollection } from "../use-cases/engine.ts";

/** What people call the objects of a collection, and the kind of their references. */
export const NAMED_COLLECTIONS: Readonly<Record<NamedCollection, { readonly word: string; readonly kind: Kind }>> = {
  environments: { word: "environment", kind: "UNIX_HOST_ENVIRONMENT" },
  environmentUsers: { word: "environment user", kind: "HOST_USER" },
  repositories: { word: "repository", kind: "APPDATA_REPOSITORY" },
  sourceConfigs: { word: "source", kind: "APPDATA_SOURCE_CONFIG" },
  plugins: { word: "plugin", kind: "APPDATA_TOOLKIT" },
  pools: { word: "pool", kind: "STORAGE_POOL" },
  datasets: { word: "dataset", kind: "APPDATA_CONTAINER" },
  timeflows: { word: "timeflow", kind: "APPDATA_TIMEFLOW" },
  snapshots: { word: "snapshot", kind: "APPDATA_SNAPSHOT" },
  users: { word: "user", kind: "USER" },
  apiKeys: { word: "API key", kind: "API_KEY" },
};
