/** A text was given where the reference of an environment is expected. */
export class IncorrectReferenceFormatError extends Error {
  override readonly name = "IncorrectReferenceFormatError";

  constructor(reference: string) {
    super(`'${reference}' is no reference of an environment, such as 'UNIX_HOST_ENVIRONMENT-3'.`);
  }
}
