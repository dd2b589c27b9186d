import * as fc from 'fast-check';

const lastCodePoint = 0x10_ffff;

/**
 * Any text, half surrogate pairs included: `fc.string({ unit: 'binary' })` without its table of all code points, which takes a
 * second of a processor in each test.
 */
export const anyText = ({ maxLength }: { readonly maxLength?: number } = {}): fc.Arbitrary<string> =>
  fc
    .array(fc.integer({ min: 0, max: lastCodePoint }), maxLength === undefined ? {} : { maxLength })
    .map((codePoints) => String.fromCodePoint(...codePoints));
