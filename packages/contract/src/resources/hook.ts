import Type, { type Static } from "typebox";
import { requestBody } from "../schema/request-body.ts";
import { Id } from "../schema/texts.ts";

/** The points of workflows at which a dataset's own commands run, as members of its `hooks`. */
export const HOOK_MEMBERS = [
  "pre_sync",
  "post_sync",
  "configure_clone",
  "pre_snapshot",
  "post_snapshot",
  "pre_refresh",
  "post_refresh",
  "pre_rollback",
  "post_rollback",
  "pre_start",
  "post_start",
  "pre_stop",
  "post_stop",
] as const;
export type HookMember = (typeof HOOK_MEMBERS)[number];

export const Hook = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
    command: Type.String({ minLength: 1, maxLength: 65_536, description: "A bash command, run as the dataset's environment user." }),
    shell: Type.Optional(Type.Literal("bash")),
  },
  { additionalProperties: false },
);
export type Hook = Static<typeof Hook>;

const hookList = Type.Optional(Type.Array(Hook, { maxItems: 32 }));

/** A member for each point, each a list of commands in their order. */
export const hookProperties = Object.fromEntries(HOOK_MEMBERS.map((member) => [member, hookList])) as Record<HookMember, typeof hookList>;

export const Hooks = requestBody(hookProperties);
export type Hooks = Static<typeof Hooks>;

export const DatasetHooks = Type.Object({ dataset_id: Id, dataset_name: Type.String(), hooks: Hooks });
export type DatasetHooks = Static<typeof DatasetHooks>;
