import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseJson, type UnreadableFieldError } from '#functions/shared/http/json-document.ts';

const pathOf = (text: string): string | undefined => {
  try {
    parseJson(text);
    return undefined;
  } catch (error) {
    return (error as UnreadableFieldError).path;
  }
};

describe('parseJson', () => {
  it.each([
    ['{"a":1,"a":2}', 'a'],
    ['{"a":1,"a":1}', 'a'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"hotel":{"a":1,"b":[{},{"c":"x","d":",{","c":null}]}}', 'hotel.b.1.c'],
    ['{"a":{"b":1},"b":1,"c":["a","a"],"a":{}}', 'a'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    ['{"":1,"":2}', ''],
    ['[[],[{"a\\"":1 , "a\\"" : 2}]]', '1.0.a"'],
  ])('refuses %s and names %s', (text, path) => {
    expect(pathOf(text)).toBe(path);
    expect(() => parseJson(text)).toThrow(`Field "${path}" is given twice`);
  });

  it.each([
    '{"a":1,"b":{"a":1},"c":[{"a":1},{"a":1}]}',
    '{"a":"\\"a\\":1,\\"a\\":2","A":1}',
    '"a"',
    '[]',
    '{"a":"b","b":"b"}',
  ])('takes %s', (text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it('takes whatever JSON.stringify writes, as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('finds the same key anywhere in an object', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (object, position) => {
        const members = Object.entries(object).map((entry) => entry.map((part) => JSON.stringify(part)).join(':'));
        const key = Object.keys(object)[position % members.length] ?? '';
        expect(pathOf(`{"in":{${[...members, `${JSON.stringify(key)}:0`].join(',')}}}`)).toBe(`in.${key}`);
      }),
    );
  });

  it.each([
    '9007199254740993',
    '12345678901234567890',
    '450.0000000000000001',
    '0.0099999999999999999999',
    '0.1000000000000000055511151231257827',
  ])('refuses %s, of which a number would lose digits', (number) => {
    expect(() => parseJson(`{"a":[0,{"b":${number}}]}`)).toThrow('Field "a.1.b" has more digits than a number keeps');
  });

  it.each([
    ['1e400', 'is larger than a number can be'],
    ['-1e400', 'is larger than a number can be'],
    ['-1e-400', 'is nearer to 0 than a number can be'],
    ['12345678901234567890', 'has more digits than a number keeps'],
  ])('refuses the body %s, which %s, and names no field', (text, problem) => {
    expect(() => parseJson(text)).toThrow(`The body ${problem}`);
    expect(pathOf(text)).toBeUndefined();
  });

  // A pattern that looks for the zeros at the end would take hours for this, so the suite's own time limit ends it.
  it.each(['', '.'])('reads a million zeros within %j a number in one go', (point) => {
    expect(pathOf(`{"a":1${point}${'0'.repeat(1_000_000)}1}`)).toBe('a');
  });

  it.each(['0', '-0', '0.0', '0e99999', '1.50', '15E-1', '1e+3', '100', '9007199254740992', '1e22', '5e-324', '-0.1'])(
    'takes %s',
    (number) => {
      expect(parseJson(`[${number}]`)).toEqual([JSON.parse(number)]);
    },
  );

  it('takes every number that JavaScript writes, in any form', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        for (const written of [String(number), number.toExponential()]) {
          expect(parseJson(`[${written}]`)).toEqual([JSON.parse(written)]);
        }
      }),
    );
  });

  it('leaves what is no JSON to JSON.parse', () => {
    expect(() => parseJson('{"a":1,"a"}')).toThrow(SyntaxError);
  });
});
