import type { Clock } from '../ports.ts';
import { AwsError } from '../types.ts';
import type { CompiledMachine } from './compiled.ts';
import type { StatusChange } from './contract.ts';
import type { Executions } from './executions.ts';
import { whyNotRedrivable } from './redrivable.ts';
import { placeOf } from './resumption.ts';

interface Parts {
  readonly executions: Executions;
  readonly clock: Clock;
}

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html: so many tokens, for so long. */
const mostTokens = 10;
const tokenMs = 15 * 60 * 1000;

/** RedriveExecution: an execution goes on with the state that did not succeed, and with its input. */
export function createRedrive({ executions, clock }: Parts) {
  /** Of each execution, with the date of the redrive. */
  const tokens = new Map<string, Map<string, number>>();

  function known(arn: string, token: string | null): number | undefined {
    const now = clock.now();
    for (const [of, dates] of tokens) {
      for (const [each, date] of dates) if (date + tokenMs <= now) dates.delete(each);
      if (dates.size === 0) tokens.delete(of);
    }
    return token === null ? undefined : tokens.get(arn)?.get(token);
  }

  function remember(arn: string, token: string | null, date: number): void {
    if (token === null) return;
    const dates = tokens.get(arn) ?? new Map<string, number>();
    tokens.set(arn, dates.set(token, date));
    const [oldest] = dates.keys();
    if (oldest !== undefined && dates.size > mostTokens) dates.delete(oldest);
  }

  return (change: StatusChange, machine: () => CompiledMachine, token: string | null) => {
    const { executionArn: arn, name, input, startDate } = change;
    const before = known(arn, token);
    if (before !== undefined) return { redriveDate: before / 1000 };
    const date = clock.now();
    const reason = whyNotRedrivable(change, date);
    if (reason !== undefined) throw new AwsError('ExecutionNotRedrivable', reason);
    const definition = machine();
    const events = executions.events(arn);
    const redrive = { count: (change.redrive?.count ?? 0) + 1, date };
    const place = placeOf(events, definition.graph, input);
    executions.start(definition, arn, name, input, { events, startDate, redrive, ...place });
    remember(arn, token, date);
    return { redriveDate: date / 1000 };
  };
}
