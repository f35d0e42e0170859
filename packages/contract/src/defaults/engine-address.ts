/** Where an engine listens, and where `dvp` looks for one, unless told otherwise. */
export const DEFAULT_LISTEN_HOST = "127.0.0.1";
export const DEFAULT_LISTEN_PORT = 8420;
export const DEFAULT_ENGINE_ADDRESS = `http://${DEFAULT_LISTEN_HOST}:${DEFAULT_LISTEN_PORT}`;
