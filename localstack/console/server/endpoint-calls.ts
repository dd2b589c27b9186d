/** Calls of AWS over HTTP, by its JSON protocol. https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
import { type AwsCall, AwsFailure, type AwsServiceName, type Json } from './source.ts';

const targets: Readonly<Record<AwsServiceName, readonly [version: string, prefix: string]>> = {
  states: ['1.0', 'AWSStepFunctions'],
  dynamodb: ['1.0', 'DynamoDB_20120810'],
  sqs: ['1.0', 'AmazonSQS'],
  logs: ['1.1', 'Logs_20140328'],
  events: ['1.1', 'AWSEvents'],
  monitoring: ['1.0', 'GraniteServiceVersion20100801'],
};

/** @param signed adds what the endpoint asks for; the local cloud asks for nothing */
export function endpointCalls(
  url: string,
  signed: (headers: Record<string, string>) => Record<string, string> = (headers) => headers,
): AwsCall {
  return async (service, operation, input) => {
    const [version, prefix] = targets[service];
    const headers = { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': `${prefix}.${operation}` };
    const response = await fetch(url, { method: 'POST', headers: signed(headers), body: JSON.stringify(input) });
    const answer = (await response.json()) as Json;
    if (response.ok) return answer;
    const code = String(answer.__type ?? answer.code ?? response.status).replace(/^.*#/, '');
    throw new AwsFailure(code, String(answer.message ?? answer.Message ?? response.statusText), response.status);
  };
}
