import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LAMBDA, MACHINE_ARN, ROLE_ARN, type Subject, subject } from '../stepfunctions/support.ts';
import { answered } from './setup.ts';
import { type Input, mistypedInputs, outcomeOf, spoilt, spoiltInputs } from './spoilt.ts';

const executionArn = 'arn:aws:states:us-east-1:000000000000:execution:parcel:a';
const pass = { Type: 'Pass', End: true };
const Retry = [{ ErrorEquals: ['A'], IntervalSeconds: 1, MaxAttempts: 1, BackoffRate: 2, MaxDelaySeconds: 9 }];
const Catch = [{ ErrorEquals: ['A'], Next: 'B', ResultPath: '$.why' }];

let sfn: Subject;

beforeEach(async () => {
  sfn = subject({ states: { Weigh: { Type: 'Pass', End: true } } });
  await sfn.run({}, 'a');
});

afterEach(() => sfn.service.close());

/** Each with all of its members. */
const requests: Readonly<Record<string, Input>> = {
  StartExecution: { stateMachineArn: MACHINE_ARN, name: 'b', input: '{}', traceHeader: 'c' },
  StopExecution: { executionArn, error: 'a', cause: 'b' },
  RedriveExecution: { executionArn, clientToken: 'a' },
  DescribeExecution: { executionArn, includedData: 'ALL_DATA' },
  GetExecutionHistory: { executionArn, includeExecutionData: true, maxResults: 1, nextToken: '', reverseOrder: false },
  ListExecutions: {
    ...{ stateMachineArn: MACHINE_ARN, statusFilter: 'RUNNING', redriveFilter: 'REDRIVEN' },
    ...{ maxResults: 1, nextToken: '', mapRunArn: 'a' },
  },
  ListStateMachines: { maxResults: 1, nextToken: '' },
  DescribeStateMachine: { stateMachineArn: MACHINE_ARN, includedData: 'ALL_DATA' },
  DescribeStateMachineForExecution: { executionArn, includedData: 'ALL_DATA' },
  ListTagsForResource: { resourceArn: MACHINE_ARN },
  ValidateStateMachineDefinition: {
    ...{ definition: JSON.stringify({ StartAt: 'A', States: { A: pass } }), type: 'STANDARD', severity: 'ERROR' },
    maxResults: 1,
  },
  TestState: {
    ...{ definition: JSON.stringify(pass), roleArn: ROLE_ARN, input: '{}', inspectionLevel: 'INFO', context: 'a' },
    ...{ mock: {}, revealSecrets: true, stateConfiguration: {}, stateName: 'a', variables: '{}' },
  },
};

/** Members without which there is nothing to do. */
const needed = (input: Input): Input => {
  const { definition, executionArn: execution, resourceArn, stateMachineArn } = input;
  return { definition, executionArn: execution, resourceArn, stateMachineArn };
};

it('is asked for all of its operations', () => {
  expect(Object.keys(requests).sort()).toEqual(sfn.service.operations);
});

describe('a request to Step Functions with a member of a wrong type', () => {
  it.each(Object.entries(requests))('is refused before the operation sees it: %s', async (operation, input) => {
    const others: string[] = [];
    for (const mistyped of mistypedInputs(input)) {
      const outcome = await outcomeOf(sfn.service, operation, mistyped);
      if (outcome !== 'SerializationException') others.push(`${JSON.stringify(mistyped)}: ${outcome}`);
    }

    expect(others).toEqual([]);
  });

  it.each(Object.entries(requests))(
    'is as good as one without the member where it is null: %s',
    async (operation, input) => {
      const kept = needed(input);
      const nulls = Object.fromEntries(Object.keys(input).map((name) => [name, kept[name] ?? null]));

      expect(await outcomeOf(sfn.service, operation, nulls)).toEqual(await outcomeOf(sfn.service, operation, kept));
    },
  );
});

it.each(['{', '[]', 'null', '"a"', '1', 'x=y', '\u0000'])(
  'a body that is no JSON object is refused: %j',
  async (body) => {
    const target = { 'x-amz-target': 'AWSStepFunctions.StartExecution' };

    expect(await answered('states', 'POST /', body, target, { states: sfn.service })).toEqual([
      400,
      'SerializationException',
    ]);
  },
);

const definitions: Readonly<Record<string, Input>> = {
  Pass: {
    ...pass,
    Comment: 'a',
    InputPath: '$',
    OutputPath: '$',
    ResultPath: '$.a',
    Result: 1,
    Parameters: { 'a.$': '$' },
  },
  Task: {
    ...{ Type: 'Task', Resource: LAMBDA, End: true, TimeoutSeconds: 1, ResultSelector: { 'a.$': '$.b' } },
    ...{ Retry, Catch },
  },
  Wait: { Type: 'Wait', Timestamp: '2026-01-01T00:00:00Z', Next: 'B' },
  Choice: {
    Type: 'Choice',
    Choices: [
      { And: [{ Variable: '$.a', IsPresent: true }, { Not: { Variable: '$.a', StringMatches: 'b*' } }], Next: 'B' },
      { Variable: '$.a', NumericLessThan: 1, Next: 'C' },
    ],
    Default: 'B',
  },
  Fail: { Type: 'Fail', ErrorPath: '$.a', Cause: 'b' },
  Succeed: { Type: 'Succeed', InputPath: '$' },
};

const nested = {
  StartAt: 'A',
  TimeoutSeconds: 9,
  States: {
    A: {
      Type: 'Map',
      ItemsPath: '$.a',
      MaxConcurrency: 1,
      ItemProcessor: { StartAt: 'I', States: { I: pass } },
      Next: 'B',
    },
    B: { Type: 'Parallel', Branches: [{ StartAt: 'P', States: { P: pass } }], Retry, Catch, End: true },
  },
};

describe('a definition with a field of a wrong type', () => {
  const outcomes = async (operation: string, definition: Input, texts = ['{}']) => {
    const odd: string[] = [];
    for (const value of [definition, ...spoiltInputs(definition), ...spoilt(1)]) {
      for (const input of texts) {
        const text = JSON.stringify(value);
        const outcome = await outcomeOf(sfn.service, operation, { definition: text, roleArn: ROLE_ARN, input });
        if (!['taken', 'InvalidDefinition', 'ValidationException'].includes(outcome)) odd.push(`${text}: ${outcome}`);
      }
    }
    return odd;
  };

  it.each(Object.entries(definitions))('is no fault of TestState: %s', async (_type, definition) => {
    const odd = await outcomes('TestState', definition, ['{}', 'null', '{"a":{}}', '[]']);

    expect(odd).toEqual([]);
  });

  it('is no fault of ValidateStateMachineDefinition', async () => {
    expect(await outcomes('ValidateStateMachineDefinition', nested)).toEqual([]);
  });

  it.each(Object.entries({ ...definitions, Nested: nested }))(
    'is told in words, of ASL: %s',
    async (type, definition) => {
      const machineOf = (state: unknown) =>
        type === 'Nested' ? state : { StartAt: 'A', States: { A: state, B: pass, C: pass } };
      const odd: unknown[] = [];
      for (const value of spoiltInputs(definition)) {
        const input = { definition: JSON.stringify(machineOf(value)) };
        const answer = await sfn.call('ValidateStateMachineDefinition', input).catch(() => ({ diagnostics: [] }));
        const [diagnostic] = answer.diagnostics as { message: string }[];
        if (/^(?!state machine)/.test(diagnostic?.message ?? 'state machine')) odd.push([input, diagnostic]);
      }

      expect(odd).toEqual([]);
    },
  );
});
