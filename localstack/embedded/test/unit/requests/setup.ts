import { expect } from '@jest/globals';
import { createAwsCalls } from '#embedded/endpoint/aws-calls.ts';
import { createApiGatewayApi } from '#embedded/http-api/api.ts';
import { createIamApi } from '#embedded/iam/api.ts';
import { createSts } from '#embedded/iam/sts.ts';
import type { InvokeResult } from '#embedded/lambda/contract.ts';
import { parseFunctionName } from '#embedded/lambda/function-name.ts';
import { createOperations, type OperationParts } from '#embedded/lambda/operations.ts';
import { wires } from '#embedded/services.ts';
import { OUTSIDE } from '#embedded/types.ts';
import { aRole, aStackOf } from '../iam/an-iam.ts';
import { type Input, mistypedInputs, outcomeOf } from './spoilt.ts';

const environment = { region: 'us-east-1', accountId: '000000000000' };
const authorize = () => {};
const Policy = { name: 'p', role: 'weigh-parcel', policy: '{}' };
const stack = aStackOf([
  aRole(),
  { type: 'aws_iam_role_policy', name: 'P', attributes: Policy },
  { type: 'aws_apigatewayv2_api', name: 'A', attributes: { id: 'a1', name: 'parcels' } },
  { type: 'aws_lambda_event_source_mapping', name: 'M', attributes: { id: 'm1', uuid: 'm1' } },
]);
const settings = { name: 'weigh', arn: 'arn:weigh', version: '$LATEST', timeoutMs: 1, resource: { attributes: {} } };
const runtime = { settings, bundle: async () => ({ codeSize: 1, codeSha256: 'a' }) };
/** What functions were invoked with. */
export const payloads: unknown[] = [];
const lambda = createOperations({
  find: (nameOrArn: string, _caller: unknown, _action: string, given?: string) => {
    const { qualifier } = parseFunctionName(nameOrArn, given, environment);
    return { runtime, arn: 'arn:weigh', qualifier };
  },
  run: async (_runtime: unknown, _arn: string, payload: unknown): Promise<InvokeResult> => {
    payloads.push(payload);
    return { payload: 1, logTail: 'a', executedVersion: '$LATEST', requestId: 'r' };
  },
  runLater: async (_arn: string, payload: unknown) => void payloads.push(payload),
  authorize,
  stackReads: { stack, createdAt: 0 },
  functions: () => [runtime],
  versions: () => [runtime],
} as unknown as OperationParts);
export const services = {
  apigateway: createApiGatewayApi({ stack, authorize, apiUrl: () => '', createdAt: 0 }),
  iam: createIamApi({ stack, authorize, createdAt: 0 }),
  lambda,
  sts: createSts({ ...environment, sessionOf: () => 'a' }),
};

/** The status and the code of the answer, `taken` where it is no error. */
export async function answered(
  name: string,
  path: string,
  body = '',
  headers = {},
  more = {},
): Promise<[number, string]> {
  const faults: string[] = [];
  const answer = createAwsCalls({
    services: { ...services, ...more },
    wires,
    callerOf: () => OUTSIDE,
    logFault: (text) => faults.push(text),
  });
  const authorization = `AWS4-HMAC-SHA256 Credential=AKID/20240101/us-east-1/${name}/aws4_request`;
  const [, method = '', where = '', query = ''] = /^(\w+) ([^?]*)\??(.*)$/.exec(path) ?? [];
  const reply = await answer({
    ...{ method, path: where, query, body: Buffer.from(body) },
    headers: { authorization, ...headers },
  });
  expect(faults).toEqual([]);
  const code = reply.headers['x-amzn-errortype'] ?? /<Code>(.*)<\/Code>/.exec(String(reply.body))?.[1];
  return [reply.status, String(code ?? 'taken')];
}

/** The members of wrong types that the operation takes, or that are faults; over the wire all members are texts, but not from inside. */
export async function taken(service: keyof typeof services, operation: string, input: Input): Promise<string[]> {
  const odd: string[] = [];
  for (const mistyped of mistypedInputs(input)) {
    const outcome = await outcomeOf(services[service], operation, mistyped);
    if (outcome !== 'SerializationException') odd.push(`${JSON.stringify(mistyped)}: ${outcome}`);
  }
  return odd;
}

/** Texts in the place of numbers that `Number()` may take for one. */
export const noNumbers = ['', 'x', '1.5', '-1', '1e1', '0x1', '%201', 'null', 'true', '[1]'];
