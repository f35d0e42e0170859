import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Places of files that run for long, the longest first. */
const LONG = ["/e2e/kill/", "/plugins/", "/e2e/", "/bench/"];

/** Starts the files early that run for long: begun last, one of them would keep a single core busy while the others idle. */
export class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const inOrder = await super.sort(files);
    return inOrder.toSorted((one, other) => rank(one) - rank(other));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const place = LONG.findIndex((part) => moduleId.includes(part));
  return place === -1 ? LONG.length : place;
}
