import { found } from "../datasets/scenes.ts";
import type { PoolUseCases } from "../use-cases/pool-use-cases.ts";
import type { UseCaseParts } from "../use-cases/use-case-parts.ts";

/** Looking at pools. */
export function createPoolUseCases(parts: UseCaseParts): PoolUseCases {
  return {
    describe: async (reference) => {
      const pool = found(await parts.catalog.objects.pools.find(reference), reference);
      const driver = parts.pools.driver(reference);
      return { ...pool, usage: await driver.usage(), capabilities: driver.capabilities };
    },
  };
}
