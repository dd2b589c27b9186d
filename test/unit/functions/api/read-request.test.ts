import '#test/support/lambda-environment.ts';
import { describe, expect, it } from '@jest/globals';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import fc from 'fast-check';
import * as z from 'zod/mini';
import type { RequestError } from '#functions/api/rest/problem.ts';
import { readBody, readHeader, readQuery } from '#functions/api/rest/read-request.ts';
import { anyText } from '#test/support/any-text.ts';

const refusalOf = (read: () => unknown) => {
  try {
    return { accepted: read() };
  } catch (error) {
    const { status, field } = error as RequestError;
    return { status, field };
  }
};

describe('readBody', () => {
  const schema = z.strictObject({ a: z.string(), b: z.optional(z.strictObject({ c: z.number() })) });
  const read = (body: string | undefined, contentType: string | undefined = 'application/json', base64 = false) =>
    refusalOf(() =>
      readBody(
        {
          headers: contentType === undefined ? {} : { 'content-type': contentType },
          body,
          isBase64Encoded: base64,
        } as unknown as APIGatewayProxyEventV2,
        schema,
      ),
    );

  it.each(['application/json', 'application/json; charset="utf-8"', 'Application/JSON ;charset=UTF-8; v=charset'])(
    'takes %s',
    (contentType) => {
      expect(read('{"a":"x"}', contentType)).toEqual({ accepted: { a: 'x' } });
    },
  );

  it('reads a body that the gateway passed on as base64', () => {
    expect(read(Buffer.from('{"a":"é"}').toString('base64'), 'application/json', true)).toEqual({
      accepted: { a: 'é' },
    });
  });

  it.each([
    ['{"a":1}', 'a'],
    ['{}', 'a'],
    ['{"a":"x","d":1}', 'd'],
    ['{"a":"x","b":{"c":"1"}}', 'b.c'],
    ['{"a":"x","b":{"c":1,"e":2}}', 'b.e'],
    ['null', 'body'],
    ['[]', 'body'],
    ['{"a":"x","__proto__":{"c":1}}', '__proto__'],
    ['{"a":"x","b":{"c":1.00000000000000000001}}', 'b.c'],
    ['{"a":"x","a":"y"}', 'a'],
    ['{"a":"x","\\u0061":"x"}', 'a'],
    ['{"a":"x","b":{"c":1,"c":2}}', 'b.c'],
  ])('refuses %s and names %s', (body, field) => {
    expect(read(body)).toEqual({ status: 400, field });
  });

  it.each(['\uFEFF{"a":"x"}', '{"a":"caf\uFFFD"}'])('refuses %j, which is not plain UTF-8', (body) => {
    expect(read(body)).toEqual({ status: 400, field: undefined });
  });

  it('refuses bytes that are not UTF-8', () => {
    const body = Buffer.from('{"a":"caf\xe9"}', 'latin1').toString('base64');
    expect(read(body, 'application/json', true)).toEqual({ status: 400, field: undefined });
  });

  it('takes the text that an escape stands for', () => {
    expect(read('{"a":"\\ufffd"}')).toEqual({ accepted: { a: '\uFFFD' } });
  });

  it('refuses a compressed body', () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const event = { headers, body: '{"a":"x"}', isBase64Encoded: false } as unknown as APIGatewayProxyEventV2;
    expect(refusalOf(() => readBody(event, schema))).toEqual({ status: 415, field: 'Content-Encoding' });
  });

  it.each(['identity', 'Identity ', ''])('takes the content coding %j', (coding) => {
    const headers = { 'content-type': 'application/json', 'content-encoding': coding };
    const event = { headers, body: '{"a":"x"}', isBase64Encoded: false } as unknown as APIGatewayProxyEventV2;
    expect(refusalOf(() => readBody(event, schema))).toEqual({ accepted: { a: 'x' } });
  });

  it.each([undefined, '', '{', '\u0000'])('refuses %j as no JSON', (body) => {
    expect(read(body)).toEqual({ status: 400, field: undefined });
  });

  it.each([
    ...[undefined, 'text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'],
    ...['application/json; charset=iso-8859-1', 'application/json;charset=utf-16', 'application/json;charset = latin1'],
    ...['application/json; charset=utf-8; charset=latin1', "application/json; charset*=utf-16''"],
  ])('refuses the content type %s', (contentType) => {
    const headers = contentType === undefined ? {} : { 'content-type': contentType };
    const event = { headers, body: '{"a":"x"}', isBase64Encoded: false } as unknown as APIGatewayProxyEventV2;
    expect(refusalOf(() => readBody(event, schema))).toEqual({ status: 415, field: 'Content-Type' });
  });

  it('counts bytes, not characters', () => {
    expect(read(JSON.stringify({ a: 'x'.repeat(32_000) }))).toHaveProperty('accepted');
    expect(read(JSON.stringify({ a: 'é'.repeat(32_000) }))).toMatchObject({ status: 413 });
  });

  it('accepts or refuses any input, and never throws another error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), anyText()), (body) => {
        const result = read(body);
        expect('accepted' in result || result.status === 400).toBe(true);
      }),
    );
  });
});

describe('readQuery', () => {
  const schema = z.strictObject({ a: z.optional(z.string()), b: z.optional(z.enum(['x', 'y'])) });
  const read = (rawQueryString: string) => refusalOf(() => readQuery({ rawQueryString }, schema));

  it.each([
    ['', {}],
    ['a=1&b=x', { a: '1', b: 'x' }],
    ['a=%C3%A9+%2B', { a: 'é +' }],
    ['a', { a: '' }],
    ['&&a==', { a: '=' }],
  ])('reads %j', (query, accepted) => {
    expect(read(query)).toEqual({ accepted });
  });

  it.each([
    ['a=1&a=2', 'a'],
    ['b=z', 'b'],
    ['c=1', 'c'],
    ['__proto__=1', '__proto__'],
    ['toString=1', 'toString'],
    ['a=%', 'a'],
    ['a=%ff', 'a'],
    ['%ff=1', undefined],
  ])('refuses %j and names %s', (query, field) => {
    expect(read(query)).toEqual({ status: 400, field });
  });

  it('accepts or refuses any input, and never throws another error', () => {
    fc.assert(
      fc.property(anyText(), (query) => {
        const result = read(query);
        expect('accepted' in result || result.status === 400).toBe(true);
      }),
    );
  });
});

it('readHeader takes a header by any case, none as none, and names a wrong one', () => {
  const schema = z.string().check(z.regex(/^[a-z]+$/));
  const read = (headers: Record<string, string>) => refusalOf(() => readHeader({ headers }, 'X-Key', schema));
  expect(read({ 'x-key': 'abc' })).toEqual({ accepted: 'abc' });
  expect(read({})).toEqual({ accepted: undefined });
  expect(read({ 'x-key': 'A' })).toEqual({ status: 400, field: 'X-Key' });
});
