/** An interactive shell, and what makes it complete `dvp` and show a line as it has read it. */
export interface ShellUnderTest {
  readonly name: string;
  readonly program: readonly string[];
  readonly setUp: string;
}

// `ready` and `said` are not typed as they are printed, so that the echo of what is typed is not taken for them.
const SAY = String.raw`say() { printf 'sa%s' 'id'; printf '|%s' "$@"; printf '|\n'; }`;
const READY = `printf '%s\\n' rea'dy'`;

export const SHELLS_UNDER_TEST: readonly ShellUnderTest[] = [
  {
    name: "bash",
    program: ["bash", "--norc", "--noprofile", "-i"],
    setUp: `${SAY}; source <(dvp completion bash); ${READY}`,
  },
  {
    name: "zsh",
    program: ["zsh", "-f", "-i"],
    setUp: `${SAY}; bindkey -e; autoload -Uz compinit; compinit -u -D; source <(dvp completion zsh); ${READY}`,
  },
  {
    name: "fish",
    program: ["fish", "--no-config", "--interactive"],
    setUp: String.raw`function say; printf 'sa%s' 'id'; printf '|%s' $argv; printf '|\n'; end; dvp completion fish | source; printf '%s\n' rea'dy'`,
  },
];
