import { describe, expect, it } from '@jest/globals';
import { cbor, dateToTag } from '@smithy/core/cbor';
import fc from 'fast-check';
import { decodeCbor, encodeCbor } from '#embedded/endpoint/cbor.ts';
import { createEndpoint } from '#embedded/endpoint/index.ts';
import { AwsError, OUTSIDE } from '#embedded/types.ts';
import { fakeService } from './fake-service.ts';

/** What both codecs can carry: Smithy's own is the oracle. */
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true }),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.array(tie('value'), { maxLength: 30 }),
    fc.dictionary(
      fc.string({ maxLength: 10 }).filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 30 },
    ),
  ),
})).value;

/** Smithy's decoder gives -0 as 0 and has prototypes of its own. */
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

describe('CBOR', () => {
  it("is read by Smithy's codec", () => {
    fc.assert(fc.property(values, (value) => expect(plain(cbor.deserialize(encodeCbor(value)))).toEqual(plain(value))));
  });

  it("reads what Smithy's codec writes", () => {
    fc.assert(
      fc.property(values, (value) =>
        expect(plain(decodeCbor(Buffer.from(cbor.serialize(value))))).toEqual(plain(value)),
      ),
    );
  });

  it('carries bytes and times', () => {
    const at = new Date('2024-05-06T07:08:09.250Z');

    expect(decodeCbor(encodeCbor({ at, bytes: Uint8Array.of(1, 2) }))).toEqual({ at, bytes: Buffer.of(1, 2) });
    expect(decodeCbor(Buffer.from(cbor.serialize({ at: dateToTag(at) })))).toEqual({ at });
  });

  it.each([
    ['lists of unknown length', '9f0102ff', [1, 2]],
    ['maps of unknown length', 'bf616101ff', { a: 1 }],
    ['texts in pieces', '7f61616162ff', 'ab'],
    ['half floats', 'f93e00', 1.5],
  ])('reads %s', (_what, hex, value) => {
    expect(decodeCbor(Buffer.from(hex, 'hex'))).toEqual(value);
  });

  it.each(['', 'a1', '1b00', '9bffffffffffffffff', '5a7fffffff00'])('refuses %s', (hex) => {
    expect(() => decodeCbor(Buffer.from(hex, 'hex'))).toThrow(/not valid CBOR/);
  });

  it('is spoken with new clients of CloudWatch', async () => {
    const at = new Date('2024-05-06T07:08:09Z');
    const monitoring = fakeService(({ operation }) => {
      if (operation === 'ListMetrics') return { Metrics: [], at };
      throw new AwsError('InvalidParameterValueException', 'no');
    });
    const { url, close } = await createEndpoint({ services: { monitoring }, callerOf: () => OUTSIDE, port: 0 });
    const call = async (operation: string) => {
      const headers = { 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' };
      const body = encodeCbor({ Namespace: 'Saga' });
      const path = `/service/GraniteServiceVersion20100801/operation/${operation}`;
      const response = await fetch(url + path, { method: 'POST', headers, body: new Uint8Array(body) });
      return [response.status, decodeCbor(Buffer.from(await response.arrayBuffer()))];
    };

    try {
      expect(await call('ListMetrics')).toEqual([200, { Metrics: [], at }]);
      expect(monitoring.calls[0]?.input).toEqual({ Namespace: 'Saga' });
      expect(await call('Other')).toEqual([400, { __type: 'InvalidParameterValueException', message: 'no' }]);
    } finally {
      await close();
    }
  });
});
