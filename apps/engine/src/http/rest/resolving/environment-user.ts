import type { Engine, Environment, EnvironmentUser } from "@opendvp/core";
import { pick } from "./pick.ts";

/** A user of one environment, by name or reference: other environments may have users of the same name. */
export async function resolveEnvironmentUser(
  engine: Engine,
  environment: Pick<Environment, "reference" | "name">,
  nameOrReference: string,
): Promise<EnvironmentUser> {
  const users = await engine.objects.environmentUsers.list({ where: { environment: environment.reference } });
  return pick(users, nameOrReference, `user of the environment ${environment.name}`);
}
