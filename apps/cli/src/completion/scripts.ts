export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

/** What each shell is to read: it hands the words over to `dvp __complete`, which answers one candidate a line. */
export const COMPLETION_SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `_dvp() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$(dvp __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}"))
  COMPREPLY=("\${COMPREPLY[@]// /\\\\ }")
}
complete -o default -F _dvp dvp`,
  zsh: `#compdef dvp
_dvp() {
  local -a candidates
  candidates=("\${(@f)$(dvp __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  compadd -a candidates
}
compdef _dvp dvp`,
  fish: `function __dvp_candidates
  set -l words (commandline -opc) (commandline -ct)
  dvp __complete -- $words[2..-1] 2>/dev/null
end
complete -c dvp -f -a '(__dvp_candidates)'`,
};
