import type { Clock } from '../ports.ts';
import { AwsError } from '../types.ts';
import type { CompiledGraph, CompiledMachine } from './compiled.ts';
import type { Redrive, StatusChange } from './contract.ts';
import type { Executions } from './executions.ts';
import type { Json } from './json.ts';
import { whyNotRedrivable } from './redrivable.ts';
import type { TrailEvent } from './trail.ts';

/** Where an execution goes on that had ended. */
export interface Resumption {
  /** All before. */
  readonly events: readonly TrailEvent[];
  readonly startDate: number;
  readonly redrive: Redrive;
  readonly state: string;
  readonly input: Json;
}

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
    const place = placeOf(events, definition.graph);
    executions.start(definition, arn, name, input, { events, startDate, redrive, ...place });
    remember(arn, token, date);
    return { redriveDate: date / 1000 };
  };
}

/**
 * The state that was under way when the execution ended, or the next one where it ended between two.
 * @throws AwsError in a Map or a Parallel, of which AWS redrives the items that failed
 */
function placeOf(events: readonly TrailEvent[], { states }: CompiledGraph): Pick<Resumption, 'state' | 'input'> {
  const last = events.findLast(({ detailsOf, next }) => detailsOf === 'stateEntered' || next !== undefined);
  const state = last?.next ?? String(last?.details?.name);
  const type = states.get(state)?.type;
  if (last?.data === undefined || type === undefined || type === 'Map' || type === 'Parallel') {
    throw new AwsError(
      'ExecutionNotRedrivable',
      `The local cloud redrives what ended in a state of the execution's own: '${state}' is, or is part of, a Map or a Parallel, or the present definition lacks it`,
    );
  }
  return { state, input: last.data[1] };
}
