/** What the system, TLS and fetch call their errors. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^ECONNREFUSED$/, "nothing listens there"],
  [/^(?:ENOTFOUND|EAI_AGAIN)$/, "its host name is unknown"],
  [/^(?:UND_ERR_SOCKET|ECONNRESET)$/, "the connection broke off"],
  [/^TimeoutError$|_TIMEOUT$|^ETIMEDOUT$/, "it does not answer in time"],
  [/^(?:EHOSTUNREACH|ENETUNREACH)$/, "no way leads to its host"],
  [/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|^EPROTO$/, "it does not speak HTTPS; write http:// where it speaks HTTP"],
  [/CERT|^UNABLE_TO_/, "its certificate is not accepted"],
];

/** Why a request got no answer, in words that can follow a colon. */
export function unreachableReason(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause !== undefined ? cause.cause : cause;
  if (!(inner instanceof Error)) return "the request failed";
  // fetch keeps away from the ports of mail servers and the like, and has no code for that.
  if (inner.message === "bad port") return "its port belongs to another kind of service, and is not tried";
  const { code } = inner as { readonly code?: unknown };
  const name = typeof code === "string" ? code : inner.name;
  const [, reason] = REASONS.find(([names]) => names.test(name)) ?? [];
  return reason ?? (inner.message === "" ? name : inner.message);
}
