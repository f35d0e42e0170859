import { fileURLToPath } from "node:url";

/** The directory that holds the package `dlpx`, for Python's module search path. The same from src and from dist. */
export const PYTHON_SDK_DIRECTORY = fileURLToPath(new URL("../python", import.meta.url));
