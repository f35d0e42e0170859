/** How a path and a directory meet, said of the path: `it lies in /srv/data`. Undefined where they lie apart. */
export function pathOverlap(path: string, directory: string): string | undefined {
  const [one, other] = [normalized(path), normalized(directory)];
  if (one === other) return `it is ${other}`;
  if (isBelow(one, other)) return `it lies in ${other}`;
  return isBelow(other, one) ? `it holds ${other}` : undefined;
}

/** Whether a path lies within a directory; both normalised. */
export function isBelow(path: string, directory: string): boolean {
  return path !== directory && (directory === "/" || path.startsWith(`${directory}/`));
}

/** Without empty, `.` and `..` parts. */
function normalized(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}
