import type { JobChange } from "@opendvp/contract";

/** An event of a stream, with the id to resume after. */
export type StreamedChange = JobChange & { readonly id: string };
