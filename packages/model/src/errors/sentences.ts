const ENDED = /[.!?…]["'`”’)\]]*$/;

/** A line that ends as a sentence does, whatever foreign text it ends with. Several lines, such as a list, are left as they are. */
export function endSentence(text: string): string {
  const trimmed = text.trimEnd();
  if (trimmed === "" || trimmed.includes("\n") || ENDED.test(trimmed)) return trimmed;
  return `${trimmed.replace(/\s*[:;,]+$/, "")}.`;
}

/** What happened and what to do about it, as one text: the only place that joins them. */
export function sentences(message: string, action: string): string {
  if (action === "" || message === "") return `${message}${action}`;
  const ended = endSentence(message);
  return `${ended}${ended.includes("\n") ? "\n" : " "}${action}`;
}
