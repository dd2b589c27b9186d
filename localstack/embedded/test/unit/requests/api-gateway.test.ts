import { describe, expect, it } from '@jest/globals';
import { answered, noNumbers, services, taken } from './setup.ts';

describe('a request to API Gateway', () => {
  const parts = ['authorizers', 'integrations', 'routes', 'stages'];

  it.each(['/v2/apis', ...parts.map((part) => `/v2/apis/a1/${part}`)])(
    'for a page of no number is refused: %s',
    async (path) => {
      for (const member of ['maxResults', 'nextToken']) {
        for (const number of noNumbers) {
          expect([number, await answered('apigateway', `GET ${path}?${member}=${number}`)]).toEqual([
            number,
            [400, 'BadRequestException'],
          ]);
        }
      }
    },
  );

  it.each(['', ...parts.map((part) => `/${part}`)])('with a malformed path is refused: %s', async (part) => {
    expect(await answered('apigateway', `GET /v2/apis/%zz${part}`)).toEqual([400, 'BadRequestException']);
    expect(await answered('apigateway', `GET /v2/apis/x%2Fy${part}`)).toEqual([404, 'NotFoundException']);
  });

  it.each(['{', '[]', 'null', '"a"'])('heeds no body: %s', async (body) => {
    expect(await answered('apigateway', 'GET /v2/apis?apiId=x', body)).toEqual([200, 'taken']);
  });

  it.each(services.apigateway.operations ?? [])(
    'from inside with a member of a wrong type is refused: %s',
    async (operation) => {
      expect(await taken('apigateway', operation, { apiId: 'a1', maxResults: '1', nextToken: '0' })).toEqual([]);
    },
  );
});
