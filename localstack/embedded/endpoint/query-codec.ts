import type { Reply } from '../http.ts';
import { queryErrorCodes } from '../messaging/error-codes.ts';
import { AwsError } from '../types.ts';
import type { Codec } from './codec.ts';
import { decodeForm } from './form.ts';
import type { QueryWire } from './wire.ts';
import { element, escapeXml, xmlMembers } from './xml.ts';

/** AWS query: operation and input in a form (or the URL's query), answers in XML. */
export function createQueryCodec(wire: QueryWire): Codec {
  const { namespace, accessDenied = 'AccessDenied' } = wire;
  /** Errors that every service has go by another name here than in AWS JSON. */
  const renamed: Readonly<Record<string, readonly [code: string, status: number]>> = {
    AccessDeniedException: [accessDenied, 403],
    SerializationException: ['MalformedInput', 400],
    UnknownOperationException: ['InvalidAction', 400],
  };
  return {
    decode(request) {
      const fields = new URLSearchParams(request.body.length > 0 ? request.body.toString() : request.query);
      const { Action: operation, Version: _version, ...input } = decodeForm(fields);
      if (typeof operation !== 'string') throw new AwsError('MissingAction', 'The request names no Action');
      return { operation, input };
    },
    success(output, { operation }, { requestId }) {
      const metadata = element('ResponseMetadata', element('RequestId', requestId));
      const result = element(`${operation}Result`, xmlMembers(output, wire));
      const response = `${operation}Response`;
      return reply(200, `<${response} xmlns="${namespace}">${result}${metadata}</${response}>`, requestId);
    },
    failure(error, { requestId }) {
      const [code, status] = renamed[error.code] ?? [queryErrorCodes[error.code] ?? error.code, error.statusCode];
      const parts = [
        element('Type', status < 500 ? 'Sender' : 'Receiver'),
        element('Code', escapeXml(code)),
        element('Message', escapeXml(error.message)),
      ];
      const inner = element('Error', parts.join('')) + element('RequestId', requestId);
      return reply(status, `<ErrorResponse xmlns="${namespace}">${inner}</ErrorResponse>`, requestId);
    },
  };
}

function reply(status: number, xml: string, requestId: string): Reply {
  const headers = { 'content-type': 'text/xml', 'x-amzn-requestid': requestId };
  return { status, headers, body: `<?xml version="1.0"?>\n${xml}` };
}
