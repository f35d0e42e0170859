import { hostile, throwAnything } from "../support/hostile-plugin.ts";

export const plugin = hostile(() => throwAnything(undefined));
