import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { boxesOf } from '#infra/operations/dlq/boxes.ts';
import { lettersOf } from '#infra/operations/dlq/look.ts';
import type { HeldLetter } from '#infra/operations/dlq/queue.ts';
import { type Redriven, redrive } from '#infra/operations/dlq/redrive.ts';
import { awsStandings } from '#infra/operations/dlq/standings.ts';
import { until } from './e2e/until.ts';
import type { FaultyCloud, Trip } from './faulty-cloud.ts';

const boxes = boxesOf({ stage: 'local' });

/** What `npm run dlq` does, without its process. */
export const deadLettersIn = (target: FaultyCloud) => ({
  all: (): Promise<HeldLetter[]> => lettersOf(target, boxes),

  /** Waits until the booking has a letter. */
  of: ({ input }: Trip): Promise<HeldLetter> =>
    until(async () => (await lettersOf(target, boxes)).find(({ body }) => body.includes(input.trip_id))),

  /** Redrives every letter, or those of one booking, and follows each for so long. */
  redrive: (trip?: Trip, seconds = 60): Promise<Redriven[]> =>
    redrive({
      clients: target,
      boxes,
      standings: awsStandings(target, target.stateMachineArn, target.tableName),
      wait: { seconds, sleep: () => sleep(20), now: Date.now },
      choose: (letters) => letters.filter(({ body }) => trip === undefined || body.includes(trip.input.trip_id)),
    }),
});

export const done = (text: string) => withOutcome(true, text);
export const notDone = (text: string) => withOutcome(false, text);

const withOutcome = (isDone: boolean, text: string) =>
  expect.objectContaining({ outcome: { isDone, text: expect.stringContaining(text) } });
