/** What every command takes. */
export interface CommonOptions {
  readonly engine?: string;
  /** The same, as the field's public tool calls it; on the commands that it has too. */
  readonly delphixEngine?: string;
  readonly json?: boolean;
  /** How often `-v` was given. */
  readonly verbose?: number;
  /** How often `-q` was given. */
  readonly quiet?: number;
}

/** What every command takes that starts a job. */
export interface JobOptions extends CommonOptions {
  /** Queue behind a job that holds the object. */
  readonly wait?: boolean;
  /** Do not wait for the job's end. May come with `wait`. */
  readonly noWait?: boolean;
}

/** What every command takes that lists. */
export interface ListOptions extends CommonOptions {
  readonly filter?: string;
  readonly sort?: string;
  readonly limit?: number;
  readonly bytes?: boolean;
}
