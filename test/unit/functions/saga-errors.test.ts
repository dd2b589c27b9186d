import { globSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { sagaErrors } from '#functions/saga-errors.ts';

it('lists every error of a saga step, wherever its class lives', () => {
  const declared = globSync('functions/**/*.ts').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/class (\w+) extends SagaError/g)].map(([, name]) => name),
  );

  expect(sagaErrors.map(({ name }) => name).sort()).toEqual(declared.sort());
});

it.each(sagaErrors)('names %p by a literal, since minifiers rename classes', (ErrorClass) => {
  expect(new ErrorClass('').name).toBe(ErrorClass.name);
});
