/** What the console's server and its page send each other, as JSON. Times are milliseconds since 1970. */
import type { ArmedFault } from './faults.ts';

/** A run without its payloads, as the list shows it. */
export interface RunRow {
  /** The execution's name, unique within the machine. */
  readonly name: string;
  /** As Step Functions has it: RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED, or one that is newer than this page. */
  readonly status: string;
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  /** Of its input; undefined for inputs of another shape. */
  readonly trip: string | undefined;
  readonly customer: string | undefined;
  readonly runType: string | undefined;
  /** What it was started for. */
  readonly kind: 'book' | 'cancel' | 'redrive';
  /** ASL name of what it ended with. */
  readonly error: string | undefined;
  /** State transitions so far, by which Step Functions charges; undefined where they were not counted. */
  readonly transitions: number | undefined;
}

/** One event of an execution's history without payloads. */
export interface RunEvent {
  readonly id: number;
  /** The event that it follows; 0 for the first. */
  readonly previous: number;
  readonly at: number;
  readonly type: string;
  /** Name of the state that was entered or left. */
  readonly state?: string;
  readonly error?: string;
  /** In words; JSON that carries an `errorMessage` is that message. */
  readonly cause?: string;
  /** Of a Task: what it calls, shortly. */
  readonly resource?: string;
}

export interface RunDetails {
  readonly run: RunRow;
  readonly input: string | undefined;
  readonly output: string | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** What may be done to it as it stands. */
  readonly actions: readonly ActionName[];
}

export type ActionName = 'stop' | 'cancel' | 'redrive';

/** What came of an action. */
export interface Done {
  readonly text: string;
  /** The run that it started, or will start; its status tells how it ends. */
  readonly run: string | undefined;
}

/** What the page has to know before anything else. */
export interface Start {
  /** Where the runs are: `the local cloud`, or an endpoint. */
  readonly target: string;
  /** Whether the page may change anything. */
  readonly actions: boolean;
  readonly machine: string;
  readonly runTypes: readonly RunTypeChoice[];
  /** Names of the legs that a customer may leave out. */
  readonly legs: readonly string[];
  /** States in the order in which a booking passes them. */
  readonly path: readonly string[];
  /** Whether there is an API to book by. */
  readonly books: boolean;
  /** Whether calls can be made to fail. */
  readonly faults: boolean;
}

/** What is left out is the demo's. */
export interface BookBody {
  readonly runType: string;
  readonly trip?: string;
  readonly customer?: string;
  /** A flight's id. */
  readonly flight?: string;
  readonly legs?: readonly string[];
  readonly cancelFailureRate?: number;
}

/** Several bookings at once; their trips have ids of their own. */
export interface BurstBody extends Omit<BookBody, 'runType' | 'trip'> {
  readonly runTypes: readonly string[];
}

export interface BurstResult {
  readonly started: number;
  /** Why others were not, each reason once. */
  readonly refusals: readonly string[];
}

export interface FlightChoice {
  readonly id: string;
  readonly title: string;
  readonly price: string;
  /** Still free. */
  readonly seats: number;
}

export interface RunTypeChoice {
  readonly name: string;
  /** The state that it lets fail; undefined for the one that succeeds. */
  readonly fails: string | undefined;
}

/** A message of the event stream. */
export type LiveMessage =
  /** The stream is open. */
  | { readonly type: 'hello' }
  /** Runs that began, ended or did something, with the status where it changed: who shows one asks for what is new. */
  | { readonly type: 'runs'; readonly runs: Readonly<Record<string, string | null>> }
  /** Items of these partitions of the table changed; undefined for more than can be listed. */
  | { readonly type: 'items'; readonly partitions?: readonly string[] }
  /** The faults that are armed now: as the stream opens, and whenever there are others. */
  | { readonly type: 'faults'; readonly armed: readonly ArmedFault[] }
  /** What came before cannot be told any more: ask for everything anew. */
  | { readonly type: 'reset' };

export interface Refusal {
  readonly message: string;
}
