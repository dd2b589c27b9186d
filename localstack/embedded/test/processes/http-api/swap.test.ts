import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ApiFixture, anApi } from './fixture.ts';

let api: ApiFixture;
beforeAll(async () => {
  api = await anApi({
    routeKeys: ['GET /old'],
    invoke: async (_arn, event) => ({ payload: (event as { routeKey: string }).routeKey, requestId: 'r1' }),
  });
});
afterAll(() => api.close());

const answer = async (path: string) => {
  const response = await api.get(path);
  return [response.status, await response.text()];
};

describe('the HTTP API', () => {
  it('serves changed routes from the next request on', async () => {
    expect(await answer('/old')).toEqual([200, 'GET /old']);

    api.swap(['GET /new']);

    expect(await answer('/new')).toEqual([200, 'GET /new']);
    expect(await answer('/old')).toEqual([404, '{"message":"Not Found"}']);
  });

  it('keeps its routes where the new ones are wrong', async () => {
    expect(() => api.swap(['new'])).toThrow();
    expect(await answer('/new')).toEqual([200, 'GET /new']);
  });

  it('leaves a mounted path and all below it to its listener, and no path that only begins like it', async () => {
    const told = api.happenings.length;
    api.mount('/_pages', (_, response) => void response.end('mine'));

    expect(await Promise.all(['/_pages', '/_pages?a=1', '/_pages/deep/er'].map(answer))).toEqual(
      Array.from({ length: 3 }, () => [200, 'mine']),
    );
    expect(api.happenings).toHaveLength(told);
    expect((await answer('/_pagesand'))[0]).toBe(404);
  });

  it('tells of each answer, with the gateway’s request id and the function’s', async () => {
    const response = await api.get('/new?a=1');

    expect(api.happenings.at(-1)).toEqual({
      type: 'requestAnswered',
      method: 'GET',
      path: '/new',
      status: 200,
      latencyMs: expect.any(Number),
      requestId: response.headers.get('apigw-requestid'),
      invocationId: 'r1',
      problem: undefined,
    });
  });
});
