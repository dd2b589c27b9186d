import { decodeCbor, encodeCbor } from './cbor.ts';
import type { Codec } from './codec.ts';
import type { Json, Reply } from './http.ts';

/** Smithy RPC v2 with CBOR bodies, which new clients of CloudWatch speak: `/service/NAME/operation/OPERATION`. */
export const cborCodec: Codec = {
  decode({ path, body }) {
    const operation = path.slice(path.lastIndexOf('/') + 1);
    return { operation, input: body.length === 0 ? {} : (decodeCbor(body) as Json) };
  },
  success: (output, _call, { requestId }) => reply(200, output, requestId),
  failure: (error, { requestId }) =>
    reply(error.statusCode, { __type: error.code, message: error.message, ...error.details }, requestId),
};

function reply(status: number, value: Json, requestId: string): Reply {
  const headers = {
    'content-type': 'application/cbor',
    'smithy-protocol': 'rpc-v2-cbor',
    'x-amzn-requestid': requestId,
  };
  return { status, headers, body: encodeCbor(value) };
}
