import { expect, it } from '@jest/globals';
import { longFiles } from '#infra/source-lint/file-length.ts';

it('names each file of more than 200 lines', () => {
  const files = [200, 201].map((lines) => ({ file: `functions/${lines}.ts`, lines, imports: [], isHandler: false }));

  expect(longFiles(files)).toEqual(['functions/201.ts has 201 lines, more than 200: split it by what it is about']);
});
