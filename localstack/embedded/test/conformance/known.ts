/** Cases in which the local cloud differs from AWS, and why that stays. */
export const KNOWN: Readonly<Record<string, string>> = {
  content_wildcard_complex_EXC:
    'AWS refuses wildcards that are too complex, by a measure that it does not publish; here they match as they read',
};
