/** The Python that a plugin's config may name: what its interpreter is called, and which version runs what was compiled for it. */
export const PYTHON_LANGUAGES = {
  PYTHON27: { command: "python2.7", version: "2.7" },
  PYTHON38: { command: "python3.8", version: "3.8" },
  PYTHON311: { command: "python3.11", version: "3.11" },
} as const;

export type PythonLanguage = keyof typeof PYTHON_LANGUAGES;

export function isPythonLanguage(language: string): language is PythonLanguage {
  return Object.hasOwn(PYTHON_LANGUAGES, language);
}
