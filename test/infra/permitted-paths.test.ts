import { expect, it } from '@jest/globals';
import { permittedPaths } from '#infra/constructs/http-api.ts';

it('given routes of which one covers others, then a function needs that permission alone', () => {
  const routes = ['GET /a', 'ANY /a', 'GET /a/{id}', 'DELETE /a/{id}/b', 'ANY /a/{proxy+}', 'GET /ab', '$default'];
  expect(permittedPaths(routes)).toEqual(['*/a', '*/a/*', 'GET/ab', '$default']);
});
