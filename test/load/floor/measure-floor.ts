import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { CreateTopicCommand } from '@aws-sdk/client-sns';
import { aTripId } from '#test/support/e2e/saga.ts';
import type { Target } from '#test/support/e2e/target.ts';
import { underLoad } from '../measure.ts';
import { floorFunctionName } from './floor-stack.ts';
import type { RecordedBooking } from './record-booking.ts';

const inFlight = 50;
const settlingMs = 1_000;
const measuredMs = 2_500;

export interface Floor {
  /** Of processors, for what a booking cannot do without. */
  readonly msABooking: number;
  /** One invocation that does nothing, without the client's request. */
  readonly msAnInvocation: number;
  readonly msACall: number;
}

/**
 * What as many bare invocations and the same calls of AWS cost, in the isolates that have made the bookings: no ASL, no Middy, no domain
 * code, no messages. The client's own requests are taken out again by what a refused one costs; a booking needs one.
 * @param executionArn of a booking that the target still knows
 */
export async function measureFloor(
  target: Target,
  { tripId, invocations, calls }: RecordedBooking,
  executionArn: string,
  processorMs: () => number,
): Promise<Floor> {
  const { TopicArn } = await target.sns.send(new CreateTopicCommand({ Name: `bench-${randomUUID()}` }));
  // The floor's messages have no subscribers, and it starts nothing.
  const others = {
    Publish: { TopicArn, Subject: 'Your holiday is booked', Message: 'x'.repeat(200) },
    DescribeExecution: { executionArn },
  };
  const whole = calls.map(({ operation, input }) => ({
    operation,
    input: others[operation as keyof typeof others] ?? input,
  }));
  const text = JSON.stringify({ calls: whole });
  const again = (): string =>
    text
      .replaceAll(tripId, aTripId())
      .replaceAll(/"LOYALTY#[^"]*"/g, `"LOYALTY#${randomUUID()}"`)
      .replaceAll(/"ClientRequestToken":"[^"]*"/g, () => `"ClientRequestToken":"${randomUUID()}"`);
  const empty = JSON.stringify({ calls: [] });

  async function invoke(FunctionName: string, Payload: string): Promise<void> {
    const { FunctionError, Payload: reply } = await target.lambda.send(new InvokeCommand({ FunctionName, Payload }));
    if (FunctionError !== undefined) throw new Error(`The floor failed: ${reply?.transformToString()}`);
  }
  const refused = (): Promise<void> =>
    invoke('bench-nothing', empty).catch((error: Error) => {
      if (error.name !== 'ResourceNotFoundException') throw error;
    });

  async function msEach(work: () => Promise<void>): Promise<number> {
    let done = 0;
    const count = async (): Promise<void> => {
      await work();
      done += 1;
    };
    return underLoad(inFlight, count, async () => {
      await sleep(settlingMs);
      const from = { done, used: processorMs() };
      await sleep(measuredMs);
      return (processorMs() - from.used) / (done - from.done);
    });
  }

  const msWhole = await msEach(() => invoke(floorFunctionName, again()));
  const msRequest = await msEach(refused);
  const msAnInvocation = (await msEach(() => invoke(floorFunctionName, empty))) - msRequest;
  return {
    msAnInvocation,
    msACall: (msWhole - msRequest - msAnInvocation) / calls.length,
    msABooking: msWhole + (invocations - 1) * msAnInvocation,
  };
}
