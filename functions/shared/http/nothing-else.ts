/**
 * What is left of a request's fields when those that are used are taken out. Does not compile where a field is left: it would
 * be accepted, and dropped in silence.
 */
export function nothingElse(_rest: Readonly<Record<string, never>>): void {}

/** `Given`, which does not compile where it has a field that is not one of `Known`. */
export type Only<Given, Known> = Given & { readonly [Name in Exclude<keyof Given, keyof Known>]: never };
