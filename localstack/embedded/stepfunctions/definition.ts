import type { Json, JsonObject } from './json.ts';

export interface MachineDefinition {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  /** Parsed ASL. */
  readonly definition: object;
  readonly type: 'STANDARD';
  /** Where its executions' events are logged. */
  readonly logging?: Logging | undefined;
  /** Nothing is traced here; it is told as it is set. */
  readonly tracing?: boolean;
}

export interface Logging {
  readonly level: 'ALL' | 'ERROR' | 'FATAL' | 'OFF';
  readonly includeExecutionData: boolean;
  /** Ends in `:*`; undefined where nothing is logged. */
  readonly groupArn: string | undefined;
}

export type StateType = 'Task' | 'Pass' | 'Wait' | 'Choice' | 'Succeed' | 'Fail' | 'Map' | 'Parallel';

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly ResultPath?: string | null;
}

/** The fields of a JSONPath state that this emulator reads; asl-validator has checked their types. */
export interface StateDefinition {
  readonly Type: StateType;
  readonly Next?: string;
  readonly End?: boolean;
  readonly InputPath?: string | null;
  readonly OutputPath?: string | null;
  readonly ResultPath?: string | null;
  readonly Parameters?: Json;
  readonly ResultSelector?: Json;
  readonly Resource?: string;
  readonly TimeoutSeconds?: number;
  readonly TimeoutSecondsPath?: string;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  readonly Result?: Json;
  readonly Seconds?: number;
  readonly SecondsPath?: string;
  readonly Timestamp?: string;
  readonly TimestampPath?: string;
  readonly Choices?: readonly JsonObject[];
  readonly Default?: string;
  readonly Error?: string;
  readonly Cause?: string;
  readonly ErrorPath?: string;
  readonly CausePath?: string;
  readonly ItemsPath?: string;
  readonly ItemSelector?: Json;
  readonly MaxConcurrency?: number;
  /** Of a Map; `Iterator` is its older name. */
  readonly ItemProcessor?: Graph;
  readonly Iterator?: Graph;
  /** Of a Parallel. */
  readonly Branches?: readonly Graph[];
}

/** States of a machine, of a Map's items or of a branch. */
export interface Graph {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, StateDefinition>>;
}

export interface Definition extends Graph {
  readonly Version?: string;
  readonly TimeoutSeconds?: number;
}
