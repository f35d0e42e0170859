import { finished, type Readable } from "node:stream";
import { Busboy, type BusboyFileStream } from "@fastify/busboy";
import { EngineError } from "@opendvp/model";

/** A form with a file, as a client has sent it. */
export interface Multipart {
  readonly fields: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, Buffer>;
}

const LONGEST_FIELD_BYTES = 64 * 1024;
const MOST_FIELDS = 20;

/**
 * Reads a multipart/form-data body with its files in memory; what is left of a body that is refused is read away.
 * @throws EngineError `INPUT_INVALID`, `TOO_LARGE`
 */
export async function readMultipart(body: Readable, contentType: string, longestFileBytes: number): Promise<Multipart> {
  try {
    return await parse(body, contentType, longestFileBytes);
  } finally {
    body.unpipe();
    body.resume();
  }
}

function parse(body: Readable, contentType: string, longestFileBytes: number): Promise<Multipart> {
  const fields = new Map<string, string>();
  const files = new Map<string, Buffer>();
  return new Promise((resolve, reject) => {
    const parser = parserOf(contentType, longestFileBytes);
    const fail = (error: EngineError): void => {
      reject(error);
    };
    parser.on("field", (...[name, value, isNameCut, isValueCut]) => {
      if (isNameCut || isValueCut) fail(tooLarge(`a field of the form has more than ${LONGEST_FIELD_BYTES} bytes`));
      fields.set(name, value);
    });
    parser.on("file", (name, file) => {
      collect(file, longestFileBytes).then((bytes) => files.set(name, bytes), fail);
    });
    for (const limit of ["partsLimit", "filesLimit", "fieldsLimit"] as const) {
      parser.on(limit, () => {
        fail(tooLarge("the form has more parts than this call takes"));
      });
    }
    parser.on("error", () => {
      fail(malformed("it ends before its last part, or its parts have no proper headers"));
    });
    parser.on("finish", () => {
      // The last file's end is told before, and taken up in the turn after it.
      setImmediate(() => {
        resolve({ fields, files });
      });
    });
    finished(body, (error) => {
      if (error instanceof Error) fail(malformed("it was cut off"));
    });
    body.pipe(parser);
  });
}

function parserOf(contentType: string, longestFileBytes: number): InstanceType<typeof Busboy> {
  try {
    return new Busboy({
      headers: { "content-type": contentType },
      limits: { fieldSize: LONGEST_FIELD_BYTES, fields: MOST_FIELDS, files: 1, fileSize: longestFileBytes },
    });
  } catch (cause) {
    throw malformed("its Content-Type is not `multipart/form-data; boundary=…`", cause);
  }
}

async function collect(file: BusboyFileStream, longestBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of file) chunks.push(chunk as Buffer);
  if (file.truncated) throw tooLarge(`the file has more than ${longestBytes} bytes`);
  return Buffer.concat(chunks);
}

function malformed(why: string, cause?: unknown): EngineError {
  return new EngineError("INPUT_INVALID", `The body of the request is no valid form: ${why}.`, {
    action: "Send multipart/form-data with the parts `token` and `file`.",
    details: { in: "body", keyword: "multipart" },
    cause,
  });
}

function tooLarge(why: string): EngineError {
  return new EngineError("TOO_LARGE", `The body of the request is too large: ${why}.`, { action: "Send less." });
}
