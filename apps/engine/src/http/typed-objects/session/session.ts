import type { ApiVersion } from "@opendvp/model";

/** A client's session, as its cookie names it. */
export interface Session {
  /** The cookie's value. */
  readonly id: string;
  /** What the client speaks. */
  version: ApiVersion;
  /** The key of who has logged in. */
  key: string | undefined;
}
