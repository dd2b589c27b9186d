import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { differences, refuseDifferences, swapped } from '#infra/cdktn/differences.ts';
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

describe('the proof of the swap', () => {
  const withRoutes = (...routes: string[]) => stack('0.21.0', 'aws', { routes });

  it('given stacks that are the same, when they are compared, then nothing is thrown', () => {
    expect(() => refuseDifferences(ours, stack('0.24.0', 'hashicorp/aws'), 'cdktn')).not.toThrow();
  });

  it.each([
    [5, []],
    [7, ['… and 2 more']],
  ])(
    'given %d differences, when they are compared, then the first five are named and the others counted',
    (count, more) => {
      const routes = Array.from({ length: count }, (_, index) => `r${index}`);
      const shown = routes
        .slice(0, 5)
        .map(
          (route, index) =>
            `resource.aws_lambda_function.Health.routes.${index}: null with cdktf, "${route}" with cdktn`,
        );
      expect(() => refuseDifferences(withRoutes(), withRoutes(...routes), 'the CLI of cdktn')).toThrow(
        new Error(['The stack that the CLI of cdktn synthesizes differs:', ...shown, ...more].join('\n')),
      );
    },
  );

  it('given the file that names CDKTF, when it is swapped, then it names the fork alone, and constructs as before', () => {
    const source = readFileSync(join(projectRoot, 'infra', 'cdktf.ts'), 'utf8');
    const packagesOf = (text: string) => [...text.matchAll(/ from '([^']+)'/g)].map(([, name]) => name);

    expect(packagesOf(swapped(source))).toEqual(packagesOf(source).map((name) => name?.replace('cdktf', 'cdktn')));
    expect(packagesOf(swapped(source)).filter((name) => name?.includes('cdktf'))).toEqual([]);
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
