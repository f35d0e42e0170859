import type { Problem } from "@opendvp/model";

/** What scripts may mention by name. */
export interface Mentionable {
  readonly resources: ReadonlySet<string>;
  /** Ids of the default locale. */
  readonly messages: ReadonlySet<string>;
}

const RESOURCE = /\bresources\s*\[\s*(["'])([^"'\\]+)\1\s*\]/g;
const MESSAGE = /\bmessages\s*\.\s*([A-Za-z]\w*)/g;

/** Resources and messages that scripts mention and the toolkit lacks; where the mention is in a comment, nothing is said. */
export function checkMentions(scripts: ReadonlyMap<string, string>, { resources, messages }: Mentionable): readonly Problem[] {
  return [...scripts].flatMap(([file, script]) =>
    script.split("\n").flatMap((text, index): readonly Problem[] => {
      const code = text.replace(/^\s*(?:--|#).*$/, "").replace(/--[^"']*$/, "");
      const at = { file, line: index + 1 };
      return [
        ...[...code.matchAll(RESOURCE)]
          .filter(([, , path = ""]) => !resources.has(path))
          .map(([, , path = ""]) => ({
            ...at,
            where: `resources["${path}"]`,
            message: "is mentioned, but the toolkit has no such resource",
          })),
        ...[...code.matchAll(MESSAGE)]
          .filter(([, id = ""]) => !messages.has(id))
          .map(([, id = ""]) => ({ ...at, where: `messages.${id}`, message: "is mentioned, but the default locale has no such message" })),
      ];
    }),
  );
}
