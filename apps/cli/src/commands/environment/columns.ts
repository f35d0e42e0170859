import type { Environment } from "@opendvp/contract";
import { formatTime } from "../../output/format-time.ts";
import type { Column } from "../../output/format-table.ts";

export const ENVIRONMENT_COLUMNS: readonly Column<Environment>[] = [
  { head: "NAME", value: ({ name }) => name },
  { head: "ID", value: ({ id }) => id },
  { head: "HOST", value: ({ hosts }) => hosts[0]?.hostname },
  { head: "REPOSITORIES", value: ({ repositories }) => repositories.length },
  { head: "REFRESHED", value: ({ refresh_time }) => formatTime(refresh_time) },
];
