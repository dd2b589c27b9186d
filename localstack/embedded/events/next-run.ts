/** Milliseconds since 1970 of the first run after a given one, or undefined when there is none. */
export type NextRun = (afterMs: number) => number | undefined;
