import { readFileSync } from 'node:fs';
import type { ChoiceTest } from './choice.ts';

/** The parts of the Amazon States Language that the saga uses. */
export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly MaxAttempts?: number;
  readonly IntervalSeconds?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: string;
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly ResultPath?: string | null;
  readonly Next: string;
}

export interface ChoiceRule extends ChoiceTest {
  readonly Next?: string;
}

export interface State {
  readonly Type: 'Task' | 'Choice' | 'Succeed' | 'Fail';
  readonly Resource?: string;
  readonly ResultPath?: string | null;
  readonly TimeoutSeconds?: number;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  readonly Choices?: readonly ChoiceRule[];
  readonly Default?: string;
  readonly Next?: string;
  readonly Error?: string;
}

export interface StateMachine {
  readonly StartAt: string;
  readonly TimeoutSeconds?: number;
  readonly States: Readonly<Record<string, State>>;
}

/** Relative to the project, for messages. */
export const sagaFileName = 'statemachine/booking-saga.asl.json';
export const sagaFile = new URL('../booking-saga.asl.json', import.meta.url);

export const readSaga = (): StateMachine => parseSaga(readFileSync(sagaFile, 'utf8')) as StateMachine;

/** @throws Error that names the file, where its text is no JSON */
export function parseSaga(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${sagaFileName} is no JSON: ${(error as Error).message}`);
  }
}

export function stateOf(machine: StateMachine, name: string): State {
  const state = machine.States[name];
  if (state === undefined) throw new Error(`The machine has no state "${name}"`);
  return state;
}

/** All states that may follow: after success, by a choice, or by a caught error. */
export function successorsOf(state: State): string[] {
  const targets = [state.Next, state.Default, ...(state.Choices ?? []).map((rule) => rule.Next)];
  return [...targets, ...(state.Catch ?? []).map((catcher) => catcher.Next)].filter((name) => name !== undefined);
}

/** A part of the machine without its comments, to compare it with another one. */
export const plain = (part: unknown): unknown =>
  JSON.parse(JSON.stringify(part ?? null, (key, value: unknown) => (key === 'Comment' ? undefined : value)));
