import { describe, expect, it } from '@jest/globals';
import { resolver } from '#infra/source-lint/resolve.ts';

const files: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    workspaces: ['infra/tool', 'localstack/embedded'],
    imports: {
      '#provider': { stripe: './functions/stripe.ts', default: './functions/ledger.ts' },
      '#nested': { node: { import: './schema/table.ts' }, default: null },
      '#schema/*': './schema/*',
      '#schema/old/*.ts': './functions/*.ts',
      '#zod': 'zod/mini',
    },
  }),
  'functions/stripe.ts': '',
  'functions/ledger.ts': '',
  'schema/table.ts': '',
  'localstack/embedded/package.json': JSON.stringify({
    name: '@saga/cloud',
    exports: { '.': './store/contract.ts', './testing': './testing.ts' },
    imports: { '#embedded/*': './*' },
  }),
  'localstack/embedded/store/contract.ts': '',
  'infra/tool/package.json': JSON.stringify({ name: 'tool' }),
};
const resolve = resolver({ has: (path) => path in files, read: (path) => files[path] ?? '' });

describe('an import', () => {
  it.each([
    ['functions/ledger.ts', './stripe.ts', ['functions/stripe.ts']],
    ['functions/ledger.ts', '../schema/table.ts', ['schema/table.ts']],
    ['functions/ledger.ts', '#schema/table.ts', ['schema/table.ts']],
    ['functions/ledger.ts', '#provider', ['functions/stripe.ts', 'functions/ledger.ts']],
    ['functions/ledger.ts', '#nested', ['schema/table.ts']],
    ['functions/ledger.ts', '#schema/old/ledger.ts', ['functions/ledger.ts']],
    ['functions/ledger.ts', '#zod', ['zod/mini']],
    ['functions/ledger.ts', 'zod/mini', ['zod/mini']],
    ['functions/ledger.ts', 'node:fs', ['node:fs']],
    ['functions/ledger.ts', '@saga/cloud', ['localstack/embedded/store/contract.ts']],
    ['functions/ledger.ts', '@saga/clouds', ['@saga/clouds']],
    ['local-cloud.config.ts', './functions/ledger.ts', ['functions/ledger.ts']],
    ['localstack/embedded/store/memory.ts', '#embedded/store/contract.ts', ['localstack/embedded/store/contract.ts']],
  ])('of %s by %s is found, by the nearest package.json', (file, specifier, targets) => {
    expect(resolve(file, specifier)).toEqual({ targets });
  });

  it.each([
    ['functions/ledger.ts', './gone.ts', 'there is no functions/gone.ts'],
    ['functions/ledger.ts', './stripe', 'there is no functions/stripe'],
    ['functions/ledger.ts', '#schema/gone.ts', 'there is no schema/gone.ts'],
    ['functions/ledger.ts', '@saga/cloud/testing', 'there is no localstack/embedded/testing.ts'],
    ['functions/ledger.ts', '@saga/cloud/store', 'localstack/embedded/package.json has no such name in its exports'],
    ['functions/ledger.ts', 'tool', 'infra/tool/package.json has no such name in its exports'],
    ['functions/ledger.ts', '#gone/a.ts', 'package.json has no such name in its imports'],
    ['functions/ledger.ts', '#embedded/store/contract.ts', 'package.json has no such name in its imports'],
    [
      'localstack/embedded/store/memory.ts',
      '#schema/table.ts',
      'localstack/embedded/package.json has no such name in its imports',
    ],
    ['infra/tool/main.ts', '#schema/table.ts', 'infra/tool/package.json has no such name in its imports'],
  ])('of %s by %s leads nowhere: %s', (file, specifier, reason) => {
    expect(resolve(file, specifier)).toEqual({
      targets: [],
      problem: `${file} imports '${specifier}', but ${reason}: correct the name, or make what it names`,
    });
  });

  it.each([
    ['functions/ledger.ts', '/schema/table.ts', 'an absolute path is of one machine'],
    ['functions/ledger.ts', 'file:///schema/table.ts', 'only names and paths may be imported, no URLs'],
    ['functions/ledger.ts', 'data:text/javascript,', 'only names and paths may be imported, no URLs'],
    ['functions/ledger.ts', '../../work/schema/table.ts', 'it leads out of the repository'],
  ])('of %s by %s is refused: %s', (file, specifier, reason) => {
    expect(resolve(file, specifier)).toEqual({
      targets: [],
      problem: `${file} imports '${specifier}', but ${reason}: write a path from this file, or a name with #`,
    });
  });
});
