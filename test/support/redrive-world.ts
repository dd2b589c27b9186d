import type { BookingStanding } from '#functions/booking/redriving/nothing-to-undo.ts';
import { handleRedriveMessage, parseRedriveMessage } from '#functions/booking/redriving/redrive-message.ts';
import type { DelayedRedrive } from '#functions/booking/redriving/redrive-queue.ts';
import type { DeadLetter } from '#schema/dead-letter.ts';
import { arnOf, memoryMachine } from './memory-machine.ts';
import { callsOf, type Recorded, recorded } from './recording.ts';

/** The ports behind a redrive message. */
interface World {
  readonly baseDelaySeconds?: number;
  readonly standing?: BookingStanding | undefined;
  /** Whether a booking's message is still true. */
  readonly stillSo?: boolean;
}

/** The redrive function's ports in memory. */
export const aRedriveWorld = ({ baseDelaySeconds = 0, standing, stillSo = true }: World = {}) => {
  const machine = memoryMachine();
  const calls: Recorded[] = [];
  const delayed: DelayedRedrive[] = [];
  const letters: DeadLetter[] = [];
  const told: { status: string; input: Record<string, unknown> }[] = [];
  const deps = {
    saga: machine,
    executions: recorded('executions', { describe: machine.describe }, calls),
    baseDelaySeconds,
    standing: async () => standing,
    notify: async (status: string, input: Record<string, unknown>) => {
      told.push({ status, input });
      return stillSo;
    },
    queues: {
      delay: async (redrive: DelayedRedrive) => void delayed.push(redrive),
      giveUp: async (letter: DeadLetter) => void letters.push(letter),
    },
  };
  const handle = (message: unknown) => handleRedriveMessage(parseRedriveMessage(JSON.stringify(message)), deps);
  const started = () => [...machine.started];
  const names = () => [...machine.started.keys()];
  const asked = () => callsOf(calls).length;
  return { machine, delayed, letters, told, deps, handle, started, names, asked };
};

export type Detail = Record<string, unknown>;

/** EventBridge's event, as AWS documents it. */
export const endOf = (name: string, input: object, detail: Detail = {}) => ({
  version: '0',
  'detail-type': 'Step Functions Execution Status Change',
  source: 'aws.states',
  detail: {
    executionArn: arnOf(name),
    name,
    status: 'FAILED',
    input: JSON.stringify(input),
    inputDetails: { included: true },
    output: null,
    outputDetails: null,
    error: 'States.Runtime',
    cause: 'no such path',
    ...detail,
  },
});
