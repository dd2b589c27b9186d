import { describe, expect, it } from '@jest/globals';
import { terraformError, textOf } from '../../../localstack/deploy/explain.ts';
import { createProgress } from '../../../localstack/deploy/progress.ts';

describe("Terraform's errors", () => {
  it.each([
    ['Error: Unsupported Terraform Core version', /too old/, /Terraform 1\.10/],
    ['Error: Failed to query available provider packages\n\nno available releases match', /of a version/, /mirror/],
    [
      'Error: Failed to query available provider packages\n\ncould not connect',
      /cannot get the AWS provider/,
      /TF_CLI_CONFIG_FILE/,
    ],
    ['Error: Error acquiring the state lock', /Another deploy/, /lock/],
    ['Error: creating: dial tcp 127.0.0.1:4566: connect: connection refused', /stopped answering/, /start it again/],
    ['Error: creating: StatusCode: 501, not yet been emulated', /does not have/, /MiniStack/],
    ['Error: creating SQS Queue: QueueAlreadyExists', /does not know of/, /start the target anew/],
  ])('given %j, then the message and the advice fit', (output, message, advice) => {
    const error = terraformError('apply', '/somewhere', output);
    expect(error.message).toMatch(message);
    expect(error.message).toContain(output);
    expect(error.advice).toMatch(advice);
  });

  it('given an unknown error, then only its own words are shown, without the output before it', () => {
    const error = terraformError('plan', '/somewhere', 'Initializing the backend...\n\nError: Something new\n\ndetail');
    expect(error.message).toMatch(/^terraform plan failed in \S+\n\nError: Something new\n\ndetail$/);
  });

  it('given diagnostics, then each names its resource', () => {
    expect(textOf([{ severity: 'error', summary: 'bad', detail: 'why', address: 'aws_sqs_queue.A' }])).toBe(
      'aws_sqs_queue.A: bad\nwhy',
    );
  });
});

describe('progress of an apply', () => {
  const completed = (addr: string, action: string, elapsed_seconds: number): string =>
    JSON.stringify({ type: 'apply_complete', hook: { resource: { addr }, action, elapsed_seconds } });

  it('given finished resources, then they are counted, and slow ones show their time', () => {
    const progress = createProgress(12);
    expect(progress.read(completed('aws_iam_role.A', 'create', 0))).toBe('  [ 1/12] created aws_iam_role.A');
    expect(progress.read(completed('aws_sqs_queue.B', 'delete', 25.2))).toBe(
      '  [ 2/12] removed aws_sqs_queue.B (25 s)',
    );
    expect(progress.done).toBe(2);
  });

  it('given other lines, then nothing is printed, and errors are kept', () => {
    const progress = createProgress(1);
    const diagnostic = { severity: 'error', summary: 'no' };
    expect(progress.read('plain text')).toBeUndefined();
    expect(progress.read(JSON.stringify({ type: 'apply_start', hook: {} }))).toBeUndefined();
    expect(progress.read(completed('data.aws_caller_identity.A', 'read', 0))).toBeUndefined();
    expect(progress.read(JSON.stringify({ type: 'diagnostic', diagnostic }))).toBeUndefined();
    expect(
      progress.read(JSON.stringify({ type: 'diagnostic', diagnostic: { severity: 'warning', summary: 'hm' } })),
    ).toBeUndefined();
    expect(progress.errors).toEqual([diagnostic]);
    expect(progress.done).toBe(0);
  });
});
