import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { differences } from '#infra/cdktn/differences.ts';
import { projectRoot } from '#infra/paths.ts';

const stack = (version: string, source: string, resource: object = { timeout: 10, routes: ['a', 'b'] }) =>
  ({
    '//': { metadata: { version } },
    terraform: { required_providers: { aws: { source, version: '~> 5.100' } } },
    resource: { aws_lambda_function: { Health: resource } },
  }) as Parameters<typeof differences>[0];
const ours = stack('0.21.0', 'aws');

describe('the stack of the fork', () => {
  it('is the same where only its version and the name of the provider are other', () => {
    expect(differences(ours, stack('0.24.0', 'hashicorp/aws'))).toEqual([]);
    expect(differences(ours, ours)).toEqual([]);
  });

  it.each([
    ['a value', { timeout: 11, routes: ['a', 'b'] }, 'timeout: 10 with cdktf, 11 with cdktn'],
    ['a value that is gone', { routes: ['a', 'b'] }, 'timeout: 10 with cdktf, null with cdktn'],
    ['a value more', { timeout: 10, routes: ['a', 'b'], region: 'x' }, 'region: null with cdktf, "x" with cdktn'],
    ['another order', { timeout: 10, routes: ['b', 'a'] }, 'routes.0: "a" with cdktf, "b" with cdktn'],
    ['an element more', { timeout: 10, routes: ['a', 'b', 'c'] }, 'routes.2: null with cdktf, "c" with cdktn'],
    ['another shape', { timeout: 10, routes: 'a' }, 'routes: ["a","b"] with cdktf, "a" with cdktn'],
  ])('differs by %s, and the place is named', (_, resource, told) => {
    const [place, ...more] = differences(ours, stack('0.24.0', 'hashicorp/aws', resource));
    expect(place).toBe(`resource.aws_lambda_function.Health.${told}`);
    expect(more.every((other) => other.startsWith('resource.aws_lambda_function.Health.routes.'))).toBe(true);
  });

  it('is the same where a function’s bundle has another hash, and differs where it is another bundle', () => {
    const withBundle = (filename: string) => stack('0.21.0', 'aws', { filename });
    const [one, other] = ['0'.repeat(32), 'f'.repeat(32)].map((hash) => `assets/Health_Code_1/${hash}/health.zip`);
    expect(differences(withBundle(`${one}`), withBundle(`${other}`))).toEqual([]);
    expect(differences(withBundle(`${one}`), withBundle('assets/health.zip'))).toHaveLength(1);
  });

  it('differs by another provider, too', () => {
    expect(differences(ours, stack('0.24.0', 'opentofu/aws'))).toHaveLength(1);
  });
});

it('one file names CDKTF and its provider, so that the swap is that file', () => {
  const named = globSync(['infra/**/*.ts', 'functions/**/*.ts', 'schema/**/*.ts'], {
    cwd: projectRoot,
  }).filter((file) => / from '(?:cdktf|constructs|@cdktf\/.*)'/.test(readFileSync(join(projectRoot, file), 'utf8')));
  expect(named).toEqual(['infra/cdktf.ts']);
});

it('a job of the CI proves the swap', () => {
  const workflow = readFileSync(join(projectRoot, '.github', 'workflows', 'ci.yml'), 'utf8');
  expect(workflow).toContain('- run: npm run swap:cdktn');
});
