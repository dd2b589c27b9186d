/** What Step Functions refuses of a definition and asl-validator takes. */
import type { Definition, StateDefinition } from './definition.ts';
import { isObject } from './json.ts';

/** The most seconds of a time: https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html */
export const mostSeconds = 99_999_999;

const GRAPH_FIELDS = ['Comment', 'StartAt', 'States'];
const PROCESSOR_FIELDS = [...GRAPH_FIELDS, 'ProcessorConfig'];

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html */
const TEXT_FUNCTIONS = [
  'States.Format',
  'States.JsonToString',
  'States.ArrayGetItem',
  'States.Base64Encode',
  'States.Base64Decode',
  'States.Hash',
  'States.UUID',
];

/** https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html */
export function assertMachine(where: string, { TimeoutSeconds, Version = '1.0' }: Partial<Definition>): void {
  assertWhole(where, 'TimeoutSeconds', TimeoutSeconds, 1, mostSeconds);
  if (Version !== '1.0') throw new Error(`${where}: Version is 1.0, not ${JSON.stringify(Version)}`);
}

export function assertState(where: string, state: StateDefinition): void {
  const { Branches, ItemProcessor, Iterator, ResultSelector, ErrorPath, CausePath } = state;
  assertWhole(where, 'TimeoutSeconds', state.TimeoutSeconds, 1, mostSeconds);
  assertWhole(where, 'Seconds', state.Seconds, 0, mostSeconds);
  assertWhole(where, 'MaxConcurrency', state.MaxConcurrency, 0, Number.MAX_SAFE_INTEGER);
  if (ResultSelector !== undefined && !isObject(ResultSelector)) {
    throw new Error(`${where}: ResultSelector is an object, not ${JSON.stringify(ResultSelector)}`);
  }
  if (Branches?.length === 0) throw new Error(`${where}: Branches names one branch at least`);
  for (const branch of Branches ?? []) assertFields(where, 'a branch', branch, GRAPH_FIELDS);
  for (const [name, graph] of Object.entries({ ItemProcessor, Iterator })) {
    assertFields(where, name, graph, PROCESSOR_FIELDS);
  }
  for (const [field, path] of Object.entries({ ErrorPath, CausePath })) {
    const [called] = /^States\.\w+/.exec(path ?? '') ?? [];
    if (called === undefined || TEXT_FUNCTIONS.includes(called)) continue;
    throw new Error(`${where}: ${field} takes ${TEXT_FUNCTIONS.join(', ')} and no other function`);
  }
}

/** @throws Error for a field that is not among these */
export function assertFields(where: string, what: string, holder: unknown, fields: readonly string[]): void {
  const unknown = Object.keys(isObject(holder) ? holder : {}).find((field) => !fields.includes(field));
  if (unknown !== undefined) {
    throw new Error(`${where}: ${what} has no field '${unknown}'; it has ${fields.join(', ')}`);
  }
}

/** Where it is there at all. */
export function assertWhole(where: string, field: string, value: unknown, least: number, most: number): void {
  if (value === undefined) return;
  const refuse = (wanted: string) => new Error(`${where}: ${field} is ${wanted}, not ${JSON.stringify(value)}`);
  if (typeof value !== 'number' || !Number.isInteger(value)) throw refuse('a whole number');
  if (value < least) throw refuse(`at least ${least}`);
  if (value > most) throw refuse(`at most ${most}`);
}
