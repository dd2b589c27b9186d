import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ApiFixture, anApi } from './fixture.ts';

const ALLOWED_BYTES = 10_240;

describe('request line and header values', () => {
  let api: ApiFixture;
  beforeAll(async () => {
    api = await anApi();
    api.mount('/_pages', (_, response) => void response.end('mine'));
  });
  afterAll(() => api.close());

  /** Of a request that has these bytes of request line and header values, spread over two headers. */
  async function answer(path: string, bytes: number): Promise<readonly [number | undefined, string]> {
    const headers = { host: 'a.example', connection: 'keep-alive', 'x-a': 'a'.repeat(4_000) };
    const others = `GET ${path} HTTP/1.1${Object.values(headers).join('')}`.length;
    return new Promise((resolve, reject) => {
      request(`${api.url}${path}`, { headers: { ...headers, 'x-b': 'b'.repeat(bytes - others) } }, async (response) =>
        resolve([response.statusCode, await text(response)]),
      )
        .once('error', reject)
        .end();
    });
  }

  it('may have 10,240 bytes together, and more is not for the function', async () => {
    expect(await answer('/a?b=c', ALLOWED_BYTES)).toEqual([200, '$default']);
    expect(await answer(`/${'p'.repeat(3_000)}`, ALLOWED_BYTES)).toEqual([200, '$default']);

    const refused = [431, '{"message":"Request Header Fields Too Large"}'];
    expect(await answer('/a?b=c', ALLOWED_BYTES + 1)).toEqual(refused);
    expect(await answer(`/${'p'.repeat(3_000)}`, ALLOWED_BYTES + 1)).toEqual(refused);
    expect(api.events).toHaveLength(2);
    expect(api.happenings.map((each) => each.type === 'requestAnswered' && each.status)).toEqual([200, 200, 431, 431]);
  });

  it('of a mounted path are for its listener, however many', async () => {
    expect(await answer('/_pages', ALLOWED_BYTES + 1)).toEqual([200, 'mine']);
  });
});
