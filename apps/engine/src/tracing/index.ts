export { traceParts } from "./trace-parts.ts";
