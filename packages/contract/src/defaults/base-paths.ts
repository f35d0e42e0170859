/** The base of every route, and the one that clients of the wider field's API use. */
export const BASE_PATH = "/v3";
export const BASE_PATHS = [BASE_PATH, "/dct/v3"] as const;
