/** Cases in which the local cloud differs from AWS, by their names, and why that stays. */
const KNOWN: readonly (readonly [name: RegExp, reason: string])[] = [
  [
    /^content_wildcard_complex_EXC$/,
    'AWS refuses wildcards that are too complex, by a measure that it does not publish; here they match as they read',
  ],
  [
    /^UpdateTable|^Tags|^TTL/,
    'indexes, throughput, tags and expiry are changed in the stack; the call is refused by name',
  ],
  [/^Legacy API/, 'parameters from before there were expressions are refused, with what to write instead'],
  [/exact error messages|validation ordering/, 'refused as on AWS, in other words'],
];

/** @returns the reason why a difference of this case stays; undefined where there is none */
export const reasonFor = (name: string): string | undefined => KNOWN.find(([known]) => known.test(name))?.[1];
