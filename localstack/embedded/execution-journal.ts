import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StatusChange } from './stepfunctions/index.ts';
import { type AwsService, OUTSIDE } from './types.ts';

/** An execution as the journal has it: as it was started, and how it ended if it did. */
interface Entry {
  readonly name: string;
  readonly stateMachineArn: string;
  readonly input: string;
  readonly end?: string | undefined;
}

/** Ends that leave nothing to do, whatever is forgotten besides the table. */
const settledEnds: ReadonlySet<string> = new Set(['SUCCEEDED', 'BookingFailed', 'InvalidSagaInput']);

export interface ExecutionJournal {
  note(change: StatusChange): void;
  /** Ends what a former process left running: stopped under its old name, so that its event redrives it. */
  recover(stepFunctions: AwsService): Promise<number>;
}

/**
 * Remembers beside a kept table which executions were under way, since the table alone would be full of bookings that
 * nobody finishes. AWS needs no such thing: there executions outlive everything.
 */
export function openExecutionJournal(folder: string): ExecutionJournal {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'executions.jsonl');
  const left = unsettled(readEntries(file));
  writeFileSync(file, '');
  const recovering = new Set<string>();
  let stop: (executionArn: string) => void = () => undefined;
  return {
    note(change) {
      const { name, stateMachineArn, input, status, error } = change;
      const end = status === 'RUNNING' ? undefined : (error ?? status);
      appendFileSync(file, `${JSON.stringify({ name, stateMachineArn, input, end })}\n`);
      // Here and now, before its first state is entered.
      if (status === 'RUNNING' && recovering.delete(name)) stop(change.executionArn);
    },
    async recover(stepFunctions) {
      const cause = 'The local cloud was stopped while it ran';
      stop = (executionArn) => void stepFunctions.call('StopExecution', { executionArn, cause }, OUTSIDE);
      for (const { name, stateMachineArn, input } of left) {
        recovering.add(name);
        await stepFunctions.call('StartExecution', { stateMachineArn, name, input }, OUTSIDE);
      }
      return left.length;
    },
  };
}

function readEntries(file: string): Entry[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as Entry];
      } catch {
        // The last line may be cut short where the process was killed.
        return [];
      }
    });
}

/** Those that never ended, or ended so that a redrive or a dead letter was to follow and has not succeeded. */
function unsettled(entries: readonly Entry[]): Entry[] {
  const latest = new Map(entries.map((entry) => [entry.name, entry]));
  const undone = new Set(
    [...latest.values()]
      .filter(({ name, end }) => end === 'SUCCEEDED' && isCancelRun(name))
      .map(({ name }) => bookingRunOf(name)),
  );
  return [...latest.values()].filter(
    ({ name, end }) => !(end !== undefined && settledEnds.has(end)) && !undone.has(bookingRunOf(name)),
  );
}

const isCancelRun = (name: string): boolean => bookingRunOf(name) !== name;

/** `<trip>.<suffix>.redrive-1` is about `<trip>.<suffix>`. */
const bookingRunOf = (name: string): string => name.split('.').slice(0, 2).join('.');
