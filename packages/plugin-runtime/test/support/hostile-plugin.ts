import { writeSync } from "node:fs";
import { DirectPlugin, type RemoteConnection } from "@opendvp/plugin-sdk";

interface Definitions {
  readonly repository: object;
  readonly sourceConfig: object;
  readonly linkedSource: object;
  readonly virtualSource: Target;
  readonly snapshot: object;
  readonly snapshotParameters: object;
}

/** What a hostile plugin is told of its surroundings. */
export interface Target {
  readonly enginePid?: number;
  readonly engineFiles?: readonly string[];
  readonly otherPid?: number;
}

export const MIB = 1024 * 1024;

/** A plugin that does this when it is asked to start a VDB. What it gives is sent as it is. */
export function hostile(misdeed: (target: Target, connection: RemoteConnection) => unknown): DirectPlugin<Definitions> {
  const plugin = new DirectPlugin<Definitions>();
  plugin.virtual.start(({ virtualSource }) => misdeed(virtualSource.parameters, virtualSource.connection) as Promise<void>);
  return plugin;
}

export const forever = (): Promise<never> => new Promise(() => setInterval(() => undefined, 1000));

export const pause = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs));

/** Past the runner, and without ever giving way to it. */
export function writeRaw(bytes: string | Buffer, descriptor = 4): void {
  const rest = Buffer.from(bytes);
  for (let written = 0; written < rest.length;) {
    try {
      written += writeSync(descriptor, rest, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
  }
}

export function frame(message: object | string): string {
  const body = typeof message === "string" ? message : JSON.stringify(message);
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** What of this could be done, by what was tried. */
export function attempts(tried: Readonly<Record<string, () => unknown>>): readonly string[] {
  return Object.entries(tried).flatMap(([what, act]) => {
    try {
      act();
      return [what];
    } catch {
      return [];
    }
  });
}

/** Also what is no Error. */
export function throwAnything(value: unknown): never {
  const thrower = nothing();
  return thrower.throw(value) as never;
}

function* nothing(): Generator<undefined> {
  yield;
}
