/** The one group that all datasets are in, for clients that know datasets by `group/name`. */
const GROUP_NAME = "Untitled";

/** A dataset's name as jobs show it. */
export function groupedName(name: string): string {
  return `${GROUP_NAME}/${name}`;
}
