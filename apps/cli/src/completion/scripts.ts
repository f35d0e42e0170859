export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

/**
 * What each shell is to read: it hands the words over to `dvp __complete`, which answers one candidate a line. Candidates are
 * names that others have chosen: no script may let its shell expand them. Where there are none, the shell offers files.
 */
export const COMPLETION_SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `_dvp() {
  local candidate words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
  COMPREPLY=()
  while IFS= read -r candidate; do
    # Readline closes an open quote by itself, and takes what stands in it as it is.
    if [[ "\${COMP_WORDS[COMP_CWORD]}" != [\\"\\']* ]]; then printf -v candidate %q "$candidate"; fi
    COMPREPLY+=("$candidate")
  done < <(dvp __complete -- "\${words[@]//[\\\\\\"\\']/}" 2>/dev/null)
}
complete -o default -F _dvp dvp`,
  zsh: `#compdef dvp
_dvp() {
  local -a candidates
  candidates=(\${(f)"$(dvp __complete -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)"})
  if (( $#candidates )); then compadd -a candidates; else _files; fi
}
compdef _dvp dvp`,
  fish: `function __dvp_candidates
  set -l words (commandline -opc)
  set -l candidates (dvp __complete -- $words[2..-1] (commandline -ct | string collect --allow-empty | string unescape) 2>/dev/null)
  if test (count $candidates) -gt 0
    printf '%s\\n' $candidates
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c dvp -f -a '(__dvp_candidates)'`,
};
