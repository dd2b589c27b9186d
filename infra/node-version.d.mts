/** Types of `node-version.mjs`, which says what each does. */
export function fits(version: string, range: string): boolean;
export function refusalOf(version: string, range: string): string | undefined;
export function inWords(range: string): string;
export function wantedNode(): string;
