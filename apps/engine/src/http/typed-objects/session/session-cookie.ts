const NAME = "JSESSIONID";

/** The one cookie of the API, as existing clients expect it. */
export function sessionCookie(id: string): string {
  return `${NAME}=${id}; Path=/resources; HttpOnly`;
}

/** The ids that a request's Cookie header names. Clients that send back the whole of a Set-Cookie, attributes included, are understood. */
export function sessionIdsOf(header: string | undefined): string[] {
  return (header ?? "")
    .split(/[;,]/)
    .map((part) => /^\s*JSESSIONID\s*=\s*"?([^"\s]*)"?\s*$/.exec(part)?.[1] ?? "")
    .filter((id) => id !== "");
}
