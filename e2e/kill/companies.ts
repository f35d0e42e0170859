import type { Scenario } from "./scenario.ts";

/** Those that bring all back, and those that are in others' way, keep to themselves. */
const COMPANIES = ["ALL", "BRINGS_ALL_BACK", "OWN"] as const;
type Company = (typeof COMPANIES)[number];

/** Scenarios, at most so many in each part, that may be played at the same time. */
export function playedTogether(scenarios: readonly Scenario[], atOnce: number): readonly (readonly Scenario[])[] {
  return inCompanies(scenarios, (scenario) => scenario, { ALL: atOnce, BRINGS_ALL_BACK: atOnce, OWN: 1 });
}

/** Points of scenarios, at most so many in each part, at which jobs may be held at the same time. */
export function heldTogether<T extends { readonly scenario: Scenario }>(points: readonly T[], atOnce: number): readonly (readonly T[])[] {
  return inCompanies(points, ({ scenario }) => scenario, { ALL: atOnce, BRINGS_ALL_BACK: atOnce, OWN: atOnce });
}

function inCompanies<T>(
  items: readonly T[],
  scenarioOf: (item: T) => Scenario,
  sizes: Readonly<Record<Company, number>>,
): readonly (readonly T[])[] {
  return COMPANIES.flatMap((company) => {
    const some = items.filter((item) => companyOf(scenarioOf(item)) === company);
    return chunksOf(some, sizes[company]);
  });
}

function companyOf({ bringsAllBack, keepsToItself }: Scenario): Company {
  if (keepsToItself === true) return "OWN";
  return bringsAllBack === true ? "BRINGS_ALL_BACK" : "ALL";
}

function chunksOf<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
}
