import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { type Found, pageOf } from '#test/guards/page.ts';

it('docs/guards.md has the figures and lines of what was found last', () => {
  const found = JSON.parse(readFileSync('test/guards/found.json', 'utf8')) as Found;
  const [guards] = readFileSync('docs/guards.md', 'utf8').split('## Conditions of writes outside of the saga');

  expect(guards?.trimEnd()).toBe(pageOf(found, [], []).trimEnd());
});
