import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { transformSync } from '@swc/core';
import type { Price } from '#functions/trip/prices.ts';

type PerPerson = (each: number, fields: { readonly people: 'people' }) => Price<'people'>;

/** The page's example as a function. An author puts it into `functions/trip/prices.ts`, which has `saidOf`. */
function exampleOf(page: string): PerPerson {
  const [, example = ''] = /```ts\n(export const perPerson .*?)```/s.exec(page) ?? [];
  const { code } = transformSync(example, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const exports: { perPerson?: PerPerson } = {};
  new Function('exports', 'saidOf', code)(exports, (each: number, unit: string) => `${each.toFixed(2)} ${unit}`);
  if (exports.perPerson === undefined) throw new Error('docs/leg-record.md has no example perPerson');
  return exports.perPerson;
}

describe('the example price of docs/leg-record.md', () => {
  const price = exampleOf(readFileSync('docs/leg-record.md', 'utf8'))(25, { people: 'people' });

  it('says what it costs', () => {
    expect(price.said).toBe('25.00 a person');
  });

  it.each(['1', '3', '10', '49', '50'])('counts %j people', (people) => {
    expect(price.of({ people })).toBe(Number(people) * 25);
  });

  it.each(['', '0', '00', '03', '51', '99', '100', '-1', '+3', '1.5', '0x3', '1e1', ' 3 ', '3\n', 'many'])(
    'refuses %j',
    (people) => {
      expect(price.of({ people })).toMatchObject({ field: 'people' });
    },
  );
});
