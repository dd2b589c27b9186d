import { queryErrorCodes } from '../messaging/error-codes.ts';
import { AwsError } from '../types.ts';
import type { Codec } from './codec.ts';
import { decodeForm } from './form.ts';
import type { Reply } from './http.ts';
import { sqsInput, sqsOutput, sqsXmlStyle } from './sqs-query.ts';
import { element, escapeXml, type XmlStyle, xmlMembers } from './xml.ts';

const STYLES: Readonly<Record<string, XmlStyle>> = {
  iam: style('https://iam.amazonaws.com/doc/2010-05-08/'),
  monitoring: style('http://monitoring.amazonaws.com/doc/2010-08-01/'),
  sns: style('http://sns.amazonaws.com/doc/2010-03-31/', ['Attributes']),
  sqs: sqsXmlStyle,
  sts: style('https://sts.amazonaws.com/doc/2011-06-15/'),
};

/** Errors that every service has, under the name and status that the query protocol gives them. */
const COMMON_ERRORS: Readonly<Record<string, Readonly<Record<string, readonly [code: string, status: number]>>>> = {
  sns: { AccessDeniedException: ['AuthorizationError', 403] },
  sqs: { AccessDeniedException: ['AccessDenied', 403] },
  sts: { AccessDeniedException: ['AccessDenied', 403] },
  iam: { AccessDeniedException: ['AccessDenied', 403] },
};

/** AWS query: operation and input in a form (or the URL's query), answers in XML. */
export const queryCodec: Codec = {
  decode(request, service) {
    const fields = new URLSearchParams(request.body.length > 0 ? request.body.toString() : request.query);
    const { Action: operation, Version: _version, ...form } = decodeForm(fields);
    if (typeof operation !== 'string') throw new AwsError('MissingAction', 'The request names no Action');
    return { operation, input: service === 'sqs' ? sqsInput(form, request) : form };
  },
  success(output, { operation }, { service, requestId }) {
    const base = styleOf(service);
    const members = xmlMembers(output, service === 'sqs' ? sqsOutput(operation, output) : base);
    const metadata = element('ResponseMetadata', element('RequestId', requestId));
    const response = `${operation}Response`;
    const body = `<${response} xmlns="${base.namespace}">${element(`${operation}Result`, members)}${metadata}</${response}>`;
    return reply(200, body, requestId);
  },
  failure(error, { service, requestId }) {
    const [code, status] = COMMON_ERRORS[service]?.[error.code] ?? [
      queryErrorCodes[error.code] ?? error.code,
      error.statusCode,
    ];
    const parts = [
      element('Type', status < 500 ? 'Sender' : 'Receiver'),
      element('Code', escapeXml(code)),
      element('Message', escapeXml(error.message)),
    ];
    const inner = element('Error', parts.join('')) + element('RequestId', requestId);
    return reply(status, `<ErrorResponse xmlns="${styleOf(service).namespace}">${inner}</ErrorResponse>`, requestId);
  },
};

function styleOf(service: string): XmlStyle {
  return STYLES[service] ?? style(`https://${service}.amazonaws.com/`);
}

function style(namespace: string, maps: readonly string[] = []): XmlStyle {
  return { namespace, maps: new Set(maps), flattened: {} };
}

function reply(status: number, xml: string, requestId: string): Reply {
  const headers = { 'content-type': 'text/xml', 'x-amzn-requestid': requestId };
  return { status, headers, body: `<?xml version="1.0"?>\n${xml}` };
}
