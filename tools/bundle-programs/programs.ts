/** An app, and the programs that are made of it: `dist/NAME.js` by the compiled file that it begins with. */
export interface AppPrograms {
  readonly app: string;
  readonly entries: Readonly<Record<string, string>>;
}

export const PROGRAMS: readonly AppPrograms[] = [
  {
    app: "apps/cli",
    entries: { dvp: "main.js", "build-toolkit": "build-toolkit/main.js", "upload-toolkit": "upload-toolkit/main.js" },
  },
  { app: "apps/engine", entries: { "opendvp-engine": "main.js" } },
];

/**
 * What goes into the programs beside their own files: many small files, needed by every start. Everything else stays outside: what
 * has files of its own beside it, and what holds classes that others outside ask for.
 */
export const BUNDLED_PACKAGES: readonly string[] = [
  "@opendvp/catalog",
  "@opendvp/client",
  "@opendvp/contract",
  "eventsource-parser",
  "kysely",
  "typebox",
];
