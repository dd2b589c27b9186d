import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from '#functions/shared/aws/aws-client.ts';

/** V8's own word on how it keeps an object: as a struct, or as a hash table. */
let isStruct: (value: object) => boolean;

beforeAll(() => {
  setFlagsFromString('--allow-natives-syntax');
  isStruct = runInThisContext('(value) => %HasFastProperties(value)');
  // Compiled while the syntax is allowed.
  isStruct({});
  setFlagsFromString('--no-allow-natives-syntax');
});

const clients: readonly [string, () => { readonly config: object }][] = [
  ['DynamoDB', () => createClient(DynamoDBClient)],
  ['Step Functions', () => createClient(SFNClient)],
  ['SNS', () => createClient(SNSClient)],
  ['SQS', () => createClient(SQSClient)],
  ['SSM', () => createClient(SSMClient)],
];

describe.each(clients)('the client of %s', (_, create) => {
  it('has a configuration that V8 copies as a whole, however many there are', () => {
    const many = Array.from({ length: 50 }, create);
    expect(many.filter(({ config }) => !isStruct(config))).toEqual([]);
  });
});
