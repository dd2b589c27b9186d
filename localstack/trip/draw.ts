import { allLegs } from '#functions/legs.ts';
import { isUndoing } from '../undoing.ts';
import type { PassedState } from './passed-states.ts';

export interface Paint {
  green(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  dim(text: string): string;
}

/** Colours only on a terminal, and not with NO_COLOR (https://no-color.org). */
export function paintFor(stream: { isTTY?: boolean }, environment: NodeJS.ProcessEnv): Paint {
  const colours = stream.isTTY === true && !environment.NO_COLOR;
  const painted = (code: number) => (text: string) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
  return { green: painted(32), red: painted(31), yellow: painted(33), dim: painted(2) };
}

const plumbing: ReadonlySet<string> = new Set(['RouteAction', 'PeelBack', 'CompensationOutcome', 'FinalOutcome']);

/** Of the column of states; those of a leg have the longest names. */
const width = 3 + Math.max(...allLegs.flatMap(({ states }) => Object.values(states)).map(({ length }) => length));

/** One line a state: done, failed or undone; undefined for the choices between them. */
export function drawState(state: PassedState, paint: Paint): string | undefined {
  if (plumbing.has(state.name)) return undefined;
  const retried = state.failedAttempts > (state.error === undefined ? 0 : 1);
  const note = paint.dim(`${state.milliseconds} ms${retried ? `, ${state.failedAttempts} attempts failed` : ''}`);
  if (state.error !== undefined) {
    const { name, message } = state.error;
    return `  ${paint.red('✘')} ${paint.red(state.name.padEnd(width))} ${note}  ${paint.red(name)} ${paint.dim(message)}`;
  }
  if (state.name.includes(' ')) {
    const happy = !state.name.startsWith('Sorry');
    return `  ${(happy ? paint.green : paint.red)(`■ ${state.name}`)}`;
  }
  if (state.name === 'CompensationIncomplete') return `  ${paint.red(`■ ${state.name}`)}`;
  if (isUndoing(state.name)) return `  ${paint.yellow('↩')} ${paint.yellow(state.name.padEnd(width))} ${note}`;
  return `  ${paint.green('✔')} ${paint.green(state.name.padEnd(width))} ${note}`;
}

/** The trip's items as a small table: what is there, and how it stands. */
export function drawItems(items: readonly Record<string, unknown>[], paint: Paint): string[] {
  if (items.length === 0) return [paint.dim('  (no items)')];
  return items.map((item) => {
    const status = String(item.status ?? item.transaction_status ?? '');
    const good = /^confirmed$/i.test(status);
    const bad = /^(pending|CANCELL\w+)$/i.test(status);
    const painted = (good ? paint.green : bad ? paint.yellow : paint.dim)(status.padEnd(12));
    return `  ${String(item.sk).padEnd(24)} ${painted} ${paint.dim(describe(item))}`;
  });
}

function describe(item: Record<string, unknown>): string {
  const fields =
    item.sk === 'BOOKING'
      ? ['bookingReference', 'failureReason', 'execution_id']
      : [...allLegs.flatMap(({ identity }) => identity), 'amount', 'currency'];
  return fields
    .map((field) => item[field])
    .filter((value) => value !== undefined)
    .join(' · ');
}
