import type { ApiKey } from "@opendvp/core";
import { nullable, refersTo, text } from "./column.ts";
import { defineTable } from "./table.ts";

export const apiKeys = defineTable<ApiKey>(
  { name: "api_keys", label: "an API key" },
  {
    reference: text(),
    user: refersTo("users"),
    name: text(),
    keyHash: text(),
    createdAt: text(),
    lastUsedAt: nullable(text()),
    expiresAt: nullable(text()),
  },
);
