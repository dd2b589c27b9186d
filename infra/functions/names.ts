/** `ReserveBooking` of `reserve-booking`: construct ids, states and ASL placeholders. */
export function pascalCase(name: string): string {
  return name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

type Hyphenated<Name extends string> = Name extends `${infer Letter}${infer Rest}`
  ? `${Letter extends Lowercase<Letter> ? Letter : `-${Lowercase<Letter>}`}${Hyphenated<Rest>}`
  : Name;

/** `reserve-booking` of `ReserveBooking`. */
export type KebabCase<Name extends string> = Name extends string ? Hyphenated<Uncapitalize<Name>> : never;

export const kebabCase = <Name extends string>(name: Name): KebabCase<Name> =>
  name.replaceAll(/[A-Z]/g, (letter, at: number) => `${at === 0 ? '' : '-'}${letter.toLowerCase()}`) as KebabCase<Name>;
