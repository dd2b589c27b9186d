import { paginateListExecutions } from '@aws-sdk/client-sfn';
import { parseExecutionName } from '#schema/execution-names.ts';
import type { Target } from '#test/support/e2e/target.ts';

const pageSize = 1000;
/** Newest first, so that what ended since the last look is in the first pages. */
const pagesOfEnded = 3;

/** Follows the accepted bookings to their end by what Step Functions lists. */
export class Runs {
  readonly #open = new Set<string>();
  readonly #timed = new Set<string>();
  /** From the booking run's start to its end; of those that no kill cut short. */
  readonly milliseconds: number[] = [];
  ended = 0;

  accepted(bookingId: string): void {
    this.#open.add(bookingId);
  }

  /** @returns how many executions are under way, redrives included */
  async look({ stepFunctions: client, stateMachineArn }: Target): Promise<number> {
    const before = [...this.#open];
    const running = new Set<string>();
    let count = 0;
    const asked = { stateMachineArn, statusFilter: 'RUNNING' } as const;
    for await (const { executions = [] } of paginateListExecutions({ client, pageSize }, asked)) {
      count += executions.length;
      for (const { name = '' } of executions) running.add(bookingOf(name));
    }
    for (const id of before) {
      if (running.has(id)) continue;
      this.#open.delete(id);
      this.ended += 1;
    }
    return count;
  }

  /** Has to be called often enough: a target may keep only its last thousand executions. */
  async time({ stepFunctions: client, stateMachineArn }: Target): Promise<void> {
    let pages = 0;
    for await (const { executions = [] } of paginateListExecutions({ client, pageSize }, { stateMachineArn })) {
      for (const { name = '', status, startDate, stopDate } of executions) {
        const isWhole = status === 'SUCCEEDED' || status === 'FAILED';
        if (!isWhole || this.#timed.has(name) || parseExecutionName(name)?.kind !== 'book') continue;
        this.#timed.add(name);
        this.milliseconds.push(Number(stopDate) - Number(startDate));
      }
      pages += 1;
      if (pages === pagesOfEnded) return;
    }
  }
}

/** The booking that an execution is about: execution ids begin with it. */
const bookingOf = (name: string): string => name.split('.')[0] ?? '';
