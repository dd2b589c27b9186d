import { physicalName, type StageName } from '../../config.ts';
import { type Delivery, failedInvocation, type Letter, toQueue, undeliveredEvent } from './letters.ts';

/** A queue of dead letters, and where each of its letters belongs. */
export interface Box {
  /** Without the stage's prefix. */
  readonly name: string;
  readonly queueName: string;
  /** @throws Error where the letter does not say */
  destinationOf(letter: Letter): Delivery;
}

/** All five queues: see `infra/constructs/dead-letters.ts`. */
export function boxesOf(stage: { readonly stage: StageName }): readonly Box[] {
  const box = (name: string, destinationOf: Box['destinationOf']): Box => ({
    name,
    queueName: physicalName(stage, name),
    destinationOf,
  });
  const to = (queue: string) => (letter: Letter) => toQueue(letter, physicalName(stage, queue));
  return [
    box('dead-letters', to('redrive')),
    box('loyalty-dead-letters', to('loyalty')),
    box('undelivered-events', undeliveredEvent),
    box('undelivered-messages', to('loyalty')),
    box('failed-invocations', failedInvocation),
  ];
}
