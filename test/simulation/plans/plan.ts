/**
 * A plan: what clients do, what goes wrong, and in which order things go on. It is one line of text, and with the commit it
 * decides everything that a run does.
 */

import { callKinds, eventKinds, runKinds, taskKinds } from '../faults/kinds.ts';

/** What clients and operators do, in order; `+` is at once, `,` once all is quiet, `@` at a moment. */
export interface Act {
  readonly what: string;
  readonly beside: boolean;
  readonly moment?: string;
}

/** `[run/]target[.operation][#nth]=kind[-writes][*times][@moment]` */
export interface Fault {
  /** The run that it is for: `a` is the first booking run, `a.cancel` its cancellation, `a.rr-1` its first redrive. */
  readonly run: string;
  /** A state of the machine, a function beside it, or `run`, `event`, `write`. */
  readonly target: string;
  /** Of AWS, inside of the target. */
  readonly operation?: string;
  /** Which attempt or call, from 1; every one where it is undefined. */
  readonly nth?: number;
  readonly kind: string;
  /** Of `former`: how many writes what is read is behind; one where it is undefined. */
  readonly writes?: number;
  /** How often; the kind's own number where it is undefined. */
  readonly times?: number;
  /** When what is late happens, or the state after which a run ends. */
  readonly moment?: string;
}

export interface Plan {
  readonly acts: readonly Act[];
  readonly faults: readonly Fault[];
  /** Who goes on at each turn with more than one pending, as an index; the first where it ends. */
  readonly order?: readonly number[];
  readonly seed?: number;
  /** Of the flight; three where it is undefined. */
  readonly seats?: number;
}

/** Whether the table is restored: no event tells of what it then says. */
export const isRestored = ({ acts }: Plan): boolean => acts.some(({ what }) => what.startsWith('restore'));

/** A plan that is misspelt. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
}

const tableReads = ['GetItem', 'BatchGetItem', 'Query', 'Scan'] as const;
/** Operations that may answer what is out of date. */
const eventuals: Readonly<Record<string, ReadonlySet<string>>> = {
  stale: new Set([...tableReads, 'DescribeExecution']),
  former: new Set(tableReads),
};

export const canBeFormer = (operation: string): boolean => eventuals.former?.has(operation) === true;

/** What can go wrong at a target. */
export function kindsOf(target: string, operation: string | undefined): readonly string[] {
  if (target === 'write') return ['kill'];
  if (target === 'run') return Object.keys(runKinds);
  if (target === 'event') return Object.keys(eventKinds);
  if (operation === undefined) return Object.keys(taskKinds);
  return Object.keys(callKinds).filter((kind) => eventuals[kind]?.has(operation) ?? true);
}

const faultPattern =
  /^(?:(?<run>[a-z][\w.-]*)\/)?(?<target>[A-Za-z][A-Za-z-]*)(?:\.(?<operation>[A-Za-z]+))?(?:#(?<nth>\d+))?=(?<kind>[a-z]+)(?:-(?<writes>[1-9]\d*))?(?:\*(?<times>\d+))?(?:@(?<moment>\S+))?$/;

/** @throws PlanError that says which word is wrong */
export function parsePlan(text: string): Plan {
  const [acts = '', ...words] = text.trim().split(/\s+/);
  const plan: { -readonly [Field in keyof Plan]: Plan[Field] } = { acts: parseActs(acts), faults: [] };
  for (const word of words) {
    const [name, value = ''] = word.split('=');
    if (name === 'order') plan.order = parseOrder(value);
    else if (name === 'seed' || name === 'seats') plan[name] = parseNumber(name, value);
    else plan.faults = [...plan.faults, parseFault(word)];
  }
  return plan;
}

function parseNumber(name: string, value: string): number {
  if (/^\d+$/.test(value)) return Number(value);
  throw new PlanError(`${name}=${value}: write a whole number`);
}

function parseOrder(value: string): readonly number[] {
  if (/^\d+(\.\d+)*$/.test(value)) return value.split('.').map(Number);
  throw new PlanError(`order=${value}: write whole numbers with points between them`);
}

function parseActs(text: string): readonly Act[] {
  return [...text.matchAll(/([,+]?)([^,+@]+)(?:@([^,+]+))?/g)].map(([, sign, what = '', moment]) => ({
    what,
    beside: sign === '+',
    ...(moment !== undefined && { moment }),
  }));
}

function parseFault(word: string): Fault {
  const groups = faultPattern.exec(word)?.groups;
  if (groups === undefined) {
    throw new PlanError(`"${word}" is no fault: write [run/]target[.operation][#nth]=kind[-writes][*times][@moment]`);
  }
  const { run = 'a', target = '', operation, nth, kind = '', writes, times, moment } = groups;
  const kinds = kindsOf(target, operation);
  if (!kinds.includes(kind))
    throw new PlanError(`"${word}": "${kind}" does not happen there, only ${kinds.join(', ')}`);
  if (writes !== undefined && kind !== 'former')
    throw new PlanError(`"${word}": only "former" is so many writes behind`);
  return {
    run,
    target,
    kind,
    ...(operation !== undefined && { operation }),
    ...(nth !== undefined && { nth: Number(nth) }),
    ...(writes !== undefined && { writes: Number(writes) }),
    ...(times !== undefined && { times: Number(times) }),
    ...(moment !== undefined && { moment }),
  };
}

/** The line that `parsePlan` reads. */
export function textOf({ acts, faults, order, seed, seats }: Plan): string {
  return [
    acts.map(actText).join(''),
    ...faults.map(faultText),
    ...(seats !== undefined ? [`seats=${seats}`] : []),
    ...(order !== undefined && order.length > 0 ? [`order=${order.join('.')}`] : []),
    ...(seed !== undefined ? [`seed=${seed}`] : []),
  ].join(' ');
}

const actText = ({ what, beside, moment }: Act, index: number): string =>
  `${index === 0 ? '' : beside ? '+' : ','}${what}${moment === undefined ? '' : `@${moment}`}`;

export function faultText({ run, target, operation, nth, kind, writes, times, moment }: Fault): string {
  const whose = run === 'a' ? '' : `${run}/`;
  const which = `${operation === undefined ? '' : `.${operation}`}${nth === undefined ? '' : `#${nth}`}`;
  const behind = writes === undefined ? '' : `-${writes}`;
  return `${whose}${target}${which}=${kind}${behind}${times === undefined ? '' : `*${times}`}${moment === undefined ? '' : `@${moment}`}`;
}
