import { globSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { projectRoot } from '#infra/paths.ts';
import { sdl } from '#schema/graphql/sdl.ts';

it('every file of the GraphQL schema is a part of it, and each defines what no other does', () => {
  const files = globSync('schema/graphql/*.graphql', { cwd: projectRoot });

  expect(files.length).toBeGreaterThan(1);
  for (const file of files) expect(sdl).toContain(readFileSync(`${projectRoot}/${file}`, 'utf8'));
  expect(() => buildSchema(sdl)).not.toThrow();
});
