import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { fits, inWords, refusalOf, wantedNode } from '#infra/node-version.mjs';

const range = '^22.18.0 || ^24.0.0 || >=26.0.0';

describe('a version of Node', () => {
  it.each([
    ['v22.18.0', true],
    ['v22.23.3', true],
    ['v24.0.0', true],
    ['v26.1.0', true],
    ['v28.0.0', true],
    ['v18.20.0', false],
    ['v20.20.2', false],
    ['v22.17.9', false],
    ['v23.5.0', false],
    ['v25.2.0', false],
  ])('%s fits: %s', (version, expected) => {
    expect(fits(version, range)).toBe(expected);
  });

  it('that does not fit is refused in one line, which says what fits', () => {
    expect(refusalOf('v24.3.0', range)).toBeUndefined();
    expect(refusalOf('v20.20.2', range)).toMatch(
      /^Node v20\.20\.2 cannot run this: it needs Node 22\.18, 24\.0, 26\.0 or newer\.[^\n]*$/,
    );
  });
});

it('is wanted as package.json and its lock file have it', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Readonly<Record<string, { readonly engines?: { readonly node?: string } }>>;
  };
  expect(packages['']?.engines?.node).toBe(wantedNode());
  expect(inWords(wantedNode())).toBe('22.18, 24.0, 26.0 or newer');
});
