import type { TreeRule } from "./tree-file.ts";

const ROOM = /^((?:packages|apps|plugins)\/[^/]+|tools|e2e|bench|docs)\//;

/** Every room of the house says at its door what lives there. */
export const folderReadmes: TreeRule = (files) => {
  const paths = new Set(files.map(({ path }) => path));
  const rooms = new Set(files.flatMap(({ path }) => ROOM.exec(path)?.[1] ?? []));
  return [...rooms]
    .filter((room) => !paths.has(`${room}/README.md`))
    .map((room) => ({
      path: `${room}/README.md`,
      message: "is missing: say what lives here, with a map of the files and what always holds",
    }));
};
