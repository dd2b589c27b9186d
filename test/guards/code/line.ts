/** A guard in code: `find` has to be in the file exactly once, and is replaced by `put`. */
export type CodeLine = readonly [name: string, about: readonly string[], file: string, find: string, put: string];
