/** Under this symbol an error of the SDK tells how it crosses the wire: a WireErrorShape. Errors without it are the plugin's bugs. */
export const WIRE_ERROR: unique symbol = Symbol.for("opendvp.wire-error.1");
