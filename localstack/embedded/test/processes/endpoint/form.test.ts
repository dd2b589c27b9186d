import { expect, it } from '@jest/globals';
import { decodeForm } from '#embedded/endpoint/form.ts';

it.each<[string, string, object]>([
  ['plain members', 'A=1&B=x%20y+z', { A: '1', B: 'x y z' }],
  ['structures', 'A.B.C=1&A.D=2', { A: { B: { C: '1' }, D: '2' } }],
  ['lists', 'A.member.2=b&A.member.1=a', { A: ['a', 'b'] }],
  ['lists of structures', 'A.member.1.B=1&A.member.2.B=2', { A: [{ B: '1' }, { B: '2' }] }],
  [
    'lists beyond nine',
    Array.from({ length: 11 }, (_, i) => `A.${i + 1}=${i}`).join('&'),
    { A: [...'0123456789', '10'] },
  ],
  ['maps', 'A.entry.1.key=k&A.entry.1.value=v', { A: { k: 'v' } }],
  ['maps of structures', 'A.entry.1.Name=k&A.entry.1.Value.DataType=String', { A: { k: { DataType: 'String' } } }],
  ['a member named member', 'A.member=x', { A: { member: 'x' } }],
])('reads %s', (_what, form, input) => {
  expect(decodeForm(new URLSearchParams(form))).toEqual(input);
});

it('takes names of objects as any other name', () => {
  const input = decodeForm(new URLSearchParams('__proto__.polluted=1&A.constructor=2'));

  expect(Object.keys(input)).toEqual(['__proto__', 'A']);
  expect(({} as { polluted?: string }).polluted).toBeUndefined();
});
