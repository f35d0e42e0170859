import type { TreeRule } from "./tree-file.ts";

const SOURCE = /^(packages|apps|plugins|tools)\/(?!.*\btest\/).*\.ts$/;
const HOME = "packages/model/src/errors/sentences.ts";
const JOINED = [/\bmessage\} \$\{[^}]*\baction\b/, /\[[^\]]*\bmessage\b[^\]]*\baction\b[^\]]*\][^;\n]*\n?[^;\n]*\n?[^;\n]*\.join\(" "\)/];

/** What happened and what to do run into each other where the first is no whole sentence; one function sees to that. */
export const joinedMessages: TreeRule = (files) =>
  files.flatMap(({ path, text }) => {
    if (!SOURCE.test(path) || path === HOME) return [];
    const found = JOINED.map((pattern) => text.search(pattern)).find((index) => index !== -1);
    if (found === undefined) return [];
    const line = text.slice(0, found).split("\n").length;
    return [{ path: `${path}:${line}`, message: "joins a message and an action: use `sentences` of @opendvp/model" }];
  });
