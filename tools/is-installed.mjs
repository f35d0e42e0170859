// Exits with 0 when node_modules is what package-lock.json says and fits this Node.js, else says why not and exits with 1.
// Runs before anything is installed: plain JavaScript, nothing but Node.js.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

const problem = whatIsWrong();
if (problem !== undefined) {
  console.error(`set-up: ${problem}`);
  process.exit(1);
}

function whatIsWrong() {
  const hidden = "node_modules/.package-lock.json";
  if (!existsSync(hidden)) return "node_modules is missing";
  const wanted = JSON.parse(readFileSync("package-lock.json", "utf8")).packages;
  const present = JSON.parse(readFileSync(hidden, "utf8")).packages;
  for (const [path, { version, link, optional, devOptional, peer }] of Object.entries(wanted)) {
    if (!path.includes("node_modules/") || optional || devOptional || peer) continue;
    if (!existsSync(path)) return `${path} is missing`;
    if (!link && present[path]?.version !== version) return `${path} is not version ${version}`;
  }
  return sqliteProblem();
}

// Compiled for one Node.js version: after an upgrade of Node.js it must be compiled again.
function sqliteProblem() {
  try {
    const Database = createRequire(import.meta.url)("better-sqlite3");
    new Database(":memory:").close();
    return undefined;
  } catch (error) {
    return `better-sqlite3 does not load: ${error.message.split("\n")[0]}`;
  }
}
