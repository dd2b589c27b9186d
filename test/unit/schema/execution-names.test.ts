import { describe, expect, it } from '@jest/globals';
import {
  cancelNameOf,
  executionArnOf,
  parseExecutionName,
  redriveCauseOf,
  redriveNameOf,
} from '#schema/execution-names.ts';

const executionId = `${'t'.repeat(50)}.${'s'.repeat(18)}`;

describe('names of executions', () => {
  it('distinguish a booking run, its cancellation and the redrives of both', () => {
    expect(parseExecutionName(executionId)).toEqual({ executionId, kind: 'book' });
    expect(parseExecutionName(cancelNameOf(executionId))).toEqual({ executionId, kind: 'cancel' });
    expect(parseExecutionName(redriveNameOf(executionId, 'customer', 2))).toEqual({
      executionId,
      kind: 'redrive',
      cause: 'customer',
      redrive: 2,
    });
    expect(parseExecutionName(redriveNameOf(executionId, 'redrive', 15))).toMatchObject({
      cause: 'redrive',
      redrive: 15,
    });
  });

  it('are spelled as clients know them', () => {
    expect(cancelNameOf('t.s')).toBe('t.s.cancel');
    expect(redriveNameOf('t.s', 'customer', 1)).toBe('t.s.rc-1');
    expect(redriveNameOf('t.s', 'redrive', 1)).toBe('t.s.rr-1');
  });

  it('of older releases are understood', () => {
    expect(parseExecutionName('t.s.redrive-3')).toEqual({
      executionId: 't.s',
      kind: 'redrive',
      cause: undefined,
      redrive: 3,
    });
  });

  it('that are not the saga’s are recognized', () => {
    for (const name of [
      '',
      'by-hand',
      't.s.',
      't.s.rr-',
      't.s.rr-x',
      't.s.rr-1x',
      't.s.x-1',
      't.s.cancel.rr-1',
      '.s',
      't.',
    ]) {
      expect(parseExecutionName(name)).toBeUndefined();
    }
  });

  it('fit the 80 characters that Step Functions admits', () => {
    for (const cause of ['customer', 'redrive'] as const) {
      expect(redriveNameOf(executionId, cause, 99).length).toBeLessThanOrEqual(80);
    }
  });
});

describe('the ARN of an execution', () => {
  it('is made of that of its state machine', () => {
    expect(executionArnOf('arn:aws:states:eu-west-1:123456789012:stateMachine:saga', 't.s')).toBe(
      'arn:aws:states:eu-west-1:123456789012:execution:saga:t.s',
    );
  });
});

describe('the cause of a redrive', () => {
  it('given a cancellation that the customer asked for, then stays the customer’s', () => {
    expect(redriveCauseOf({ cause: 'customer' })).toBe('customer');
  });

  it.each([{}, { cause: 'redrive' }])('given a run with %j, then is the redrive', (run) => {
    expect(redriveCauseOf(run)).toBe('redrive');
  });
});
