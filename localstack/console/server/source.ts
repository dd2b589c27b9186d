/** Where the console reads: the local cloud in this process, or any endpoint that speaks AWS. */
import type { Observation, TaskHook } from '#embedded/index.ts';
import type { StageName } from '#infra/config.ts';
import type { OperatorClients } from '#infra/operations/stage-clients.ts';
import type { MessageRow } from '../model/trouble.ts';
import type { FlightChoice, RunTypeChoice } from '../model/wire.ts';
import type { AlarmDefinition } from './trouble/alarm-definition.ts';

export type Json = Readonly<Record<string, unknown>>;

/** Calls an operation of AWS by its name, with the input and output of its JSON protocol: dates are epoch seconds. Rejects with an AwsFailure. */
export type AwsCall = (service: AwsServiceName, operation: string, input: Json) => Promise<Json>;

/** Finds the source line of a stack's first frame that has one. */
export type PlaceOf = (stack: readonly string[]) => string | undefined;

export type AwsServiceName = 'states' | 'dynamodb' | 'sqs' | 'logs';

/** What is undefined is the demo's. */
export interface BookRequest {
  readonly runType: string;
  readonly trip: string | undefined;
  readonly customer: string | undefined;
  /** A flight's id. */
  readonly flight: string | undefined;
  /** Names of those that are asked for. */
  readonly legs: readonly string[] | undefined;
  readonly cancelFailureRate: number | undefined;
}

/** What there is to book. */
export interface Choices {
  readonly runTypes: readonly RunTypeChoice[];
  /** Names of the legs that a customer may leave out. */
  readonly legs: readonly string[];
}

export interface Source {
  /** For people: `the local cloud`, or an endpoint. */
  readonly target: string;
  readonly machineArn: string;
  /** Of the single table. */
  readonly tableName: string;
  readonly stage: StageName;
  /** Speak to the same target as `call`, for the operator's tools. */
  readonly clients: OperatorClients;
  /** Those of the stack; empty where it is not known. */
  readonly alarms: readonly AlarmDefinition[];
  /** Mails that were not sent but kept. */
  readonly mails: () => Promise<MessageRow[]>;
  readonly call: AwsCall;
  /** Whether the page may change anything. */
  readonly actions: boolean;
  /** Calls of the target have quotas, and it has no stream: a list tells what ListExecutions tells, and some views are not there. */
  readonly isLimited: boolean;
  readonly choices: () => Promise<Choices>;
  /** The catalog; undefined where no API is known. */
  readonly flights: (() => Promise<FlightChoice[]>) | undefined;
  /** Starts a booking. @returns the execution's name; rejects with what the API answered. Undefined where no API is known. */
  readonly book: ((request: BookRequest) => Promise<string>) | undefined;
  /** Cancels a trip's booking in its customer's name. @returns the booking's status; rejects with the API's own words. Undefined without an API */
  readonly cancel: ((trip: string, customer: string) => Promise<string>) | undefined;
  /** Puts a hook around the tries of all Tasks. @returns what takes it away. Undefined where the target has no such hook */
  readonly intercept: ((hook: TaskHook) => () => void) | undefined;
  /** The source line of a stack's first frame that has one. */
  readonly placeOf: PlaceOf;
  /** What happens, from the observation after that id on. @returns what ends it */
  readonly observe: (listener: (observation: Observation) => void, after?: number) => () => void;
}

/** An answer of AWS that is an error, or a refusal of ours, with its words. */
export class AwsFailure extends Error {
  override readonly name = 'AwsFailure';
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
