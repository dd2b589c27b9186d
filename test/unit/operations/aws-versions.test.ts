import { DeleteFunctionCommand, LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { ExecutionDoesNotExist, SFNClient } from '@aws-sdk/client-sfn';
import { describe, expect, it } from '@jest/globals';
import { awsVersions } from '#infra/operations/aws-versions.ts';

const machine = 'arn:aws:states:us-east-1:000000000000:stateMachine:saga';

interface Sent {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** AWS as `answer` has it; each request is in `sent`. */
function versionsIn(answer: (sent: Sent) => object) {
  const sent: Sent[] = [];
  const send = async (command: { input: Sent['input'] }) => {
    const request = { operation: command.constructor.name, input: command.input };
    sent.push(request);
    return answer(request);
  };
  const settings = { region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 's' } };
  const lambda = Object.assign(new LambdaClient(settings), { send });
  const stepFunctions = Object.assign(new SFNClient(settings), { send });
  return { sent, versions: awsVersions({ lambda, stepFunctions }, machine) };
}

const gone = { message: 'gone', $metadata: {} };

function failing(error: Error): () => never {
  return () => {
    throw error;
  };
}

describe('the definition of the state machine', () => {
  it.each([
    ['its text', { definition: '{}' }, '{}'],
    ['nothing where AWS tells none', {}, ''],
  ])('given the machine, when it is read, then it is %s', async (_, answer, definition) => {
    const { sent, versions } = versionsIn(() => answer);

    expect(await versions.definition()).toBe(definition);
    expect(sent).toEqual([{ operation: 'DescribeStateMachineCommand', input: { stateMachineArn: machine } }]);
  });
});

describe('the definitions of running executions', () => {
  /** Two pages of executions, and one without any. */
  const pages: Readonly<Record<string, object>> = {
    first: { executions: [{ executionArn: 'one' }, { executionArn: 'two' }], nextToken: 'second' },
    second: { nextToken: 'third' },
    third: { executions: [{ executionArn: 'three' }] },
  };
  const runningWith = (describe: (executionArn: unknown) => object) =>
    versionsIn(({ operation, input }) =>
      operation === 'ListExecutionsCommand'
        ? (pages[String(input.nextToken ?? 'first')] ?? {})
        : describe(input.executionArn),
    );

  it('given several pages, when they are read, then each execution is asked for its own', async () => {
    const { sent, versions } = runningWith((arn) => (arn === 'two' ? {} : { definition: `of ${arn}` }));

    expect(await versions.definitionsOfRunning()).toEqual(['of one', '', 'of three']);
    expect(sent[0]?.input).toMatchObject({ stateMachineArn: machine, statusFilter: 'RUNNING' });
  });

  it('given an execution that is gone by now, when they are read, then the others are there', async () => {
    const { versions } = runningWith((arn) => {
      if (arn === 'one') throw new ExecutionDoesNotExist(gone);
      return { definition: `of ${arn}` };
    });

    expect(await versions.definitionsOfRunning()).toEqual(['of two', 'of three']);
  });

  it('given another failure, when they are read, then it is thrown: a version may be in use', async () => {
    await expect(runningWith(failing(new Error('throttled'))).versions.definitionsOfRunning()).rejects.toThrow(
      'throttled',
    );
  });
});

describe('the versions of a function', () => {
  it('given several pages, when they are read, then all are there with their times', async () => {
    const { versions } = versionsIn(({ input }) =>
      input.Marker === undefined
        ? { Versions: [{ Version: '$LATEST', LastModified: 'later' }, {}], NextMarker: 'next' }
        : input.Marker === 'next'
          ? { NextMarker: 'last' }
          : { Versions: [{ Version: '1', LastModified: 'sooner' }] },
    );

    expect(await versions.versionsOf('pay')).toEqual([
      { functionName: 'pay', version: '$LATEST', lastModified: 'later' },
      { functionName: 'pay', version: '', lastModified: '' },
      { functionName: 'pay', version: '1', lastModified: 'sooner' },
    ]);
  });

  it('given a function that is not there, when they are read, then there is none', async () => {
    expect(await versionsIn(failing(new ResourceNotFoundException(gone))).versions.versionsOf('pay')).toEqual([]);
  });

  it('given another failure, when they are read, then it is thrown', async () => {
    await expect(versionsIn(failing(new Error('denied'))).versions.versionsOf('pay')).rejects.toThrow('denied');
  });

  it('given one to remove, when it is removed, then that one alone is deleted, and never the function', async () => {
    const { sent, versions } = versionsIn(() => ({}));
    await versions.remove('pay', '3');

    expect(sent).toEqual([{ operation: DeleteFunctionCommand.name, input: { FunctionName: 'pay', Qualifier: '3' } }]);
  });
});
