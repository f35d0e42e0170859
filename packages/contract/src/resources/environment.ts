import Type, { type Static } from "typebox";
import { nullable } from "../schema/nullable.ts";
import { Id, Timestamp } from "../schema/texts.ts";
import { Repository } from "./repository.ts";

export const EnvironmentUser = Type.Object({
  user_ref: Id,
  username: Type.String(),
  primary_user: Type.Boolean(),
  environment_id: Id,
  creation_time: Timestamp,
});
export type EnvironmentUser = Static<typeof EnvironmentUser>;

export const Host = Type.Object({
  id: Id,
  hostname: Type.String(),
  os_name: Type.String(),
  toolkit_path: Type.String({ description: "A directory for plugins' own files." }),
  connection: Type.String({ description: "How the engine reaches it." }),
});

export const Environment = Type.Object({
  id: Id,
  name: Type.String(),
  description: Type.String(),
  engine_id: Type.String(),
  is_windows_target: Type.Boolean(),
  hosts: Type.Array(Host),
  users: Type.Array(EnvironmentUser),
  repositories: Type.Array(Repository),
  creation_time: Timestamp,
  refresh_time: nullable(Timestamp),
});
export type Environment = Static<typeof Environment>;
