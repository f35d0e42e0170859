/** Files that a plugin may import as text: `import script from "./start.sh"`. */
export const TEXT_EXTENSIONS = [".sh", ".bash", ".exp", ".tcl", ".ps1", ".sql", ".txt", ".conf", ".cnf", ".template"] as const;

/** What tells the compiler and editors that such imports are strings. */
export function resourceDeclarations(): string {
  const modules = TEXT_EXTENSIONS.map((extension) => `declare module "*${extension}" {\n  const text: string\n  export default text\n}`);
  return `// Written by \`dvp build\`: files of these kinds can be imported as text.\n\n${modules.join("\n\n")}\n`;
}
