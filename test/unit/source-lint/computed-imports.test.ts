import { describe, expect, it } from '@jest/globals';
import { unjudgedImports } from '#infra/source-lint/computed-imports.ts';

const source = (file: string, isComputed = true) => ({
  file,
  imports: [],
  isComputed,
  isHandler: false,
  problems: [],
});
const known = { 'infra/load.ts': 'loads what the user names' };

describe('an import whose name is computed', () => {
  it('is refused, since no rule can judge it', () => {
    expect(unjudgedImports([source('infra/load.ts'), source('infra/a.ts')], known)).toEqual([
      'infra/a.ts imports a name that it computes, or hands on what loads files, such as require: no rule can judge it. ' +
        'Write the name as a literal where it is loaded, or give the reason in infra/source-lint/computed-imports.ts',
    ]);
  });

  it('is free in tests, which may import everything', () => {
    expect(unjudgedImports([source('infra/load.ts'), source('test/support/run.ts')], known)).toEqual([]);
  });
});

it('a reason that no file needs any more is refused', () => {
  expect(unjudgedImports([source('infra/load.ts', false)], known)).toEqual([
    'infra/source-lint/computed-imports.ts has a reason for infra/load.ts, which computes no name: remove it',
  ]);
});
