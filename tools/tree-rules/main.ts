import { fileLength } from "./file-length.ts";
import { fileNames } from "./file-names.ts";
import { folderReadmes } from "./folder-readmes.ts";
import { forbiddenWords } from "./forbidden-words.ts";
import { joinedMessages } from "./joined-messages.ts";
import { readTree } from "./read-tree.ts";

const RULES = [fileLength, fileNames, folderReadmes, forbiddenWords, joinedMessages];

const files = readTree(process.cwd());
const offences = RULES.flatMap((rule) => rule(files));
for (const { path, message } of offences) console.log(`${path} ${message}`);
console.log(
  offences.length === 0 ? `${files.length} files, all in order.` : `${offences.length} of ${files.length} files break a rule of the tree.`,
);
process.exitCode = offences.length === 0 ? 0 : 1;
