/** One stream of what happens in the cloud, for consoles, simulators and tests. Values are references: copy, never change them. */
import type { Clock } from './ports.ts';

interface OfState {
  readonly executionArn: string;
  readonly state: string;
  readonly stateType: string;
}

/** Goes into the role's policy; with a principal, into that of the resource. */
export interface MissingStatement {
  readonly Effect: 'Allow';
  readonly Principal?: { readonly Service: string };
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: { readonly ArnEquals: { readonly 'aws:SourceArn': string } };
}

/** What happens, without its number and time. */
export type Happening =
  | {
      /** An execution began or ended; its status is as ListExecutions has it. */
      readonly type: 'executionChanged';
      readonly executionArn: string;
      readonly stateMachineArn: string;
      readonly status: string;
    }
  | (OfState & { readonly type: 'stateEntered'; readonly input: unknown })
  | (OfState & {
      readonly type: 'stateExited';
      readonly output: unknown;
      readonly next: string | undefined;
      /** The error, where a Catch took it. */
      readonly caught?: string;
    })
  | (OfState & {
      readonly type: 'stateRetried';
      readonly attempt: number;
      readonly error: string;
      readonly delayMs: number;
    })
  | {
      /** A Task invoked a function that has answered; its log has lines with the request id. */
      readonly type: 'functionInvoked';
      readonly executionArn: string;
      readonly state: string;
      readonly functionArn: string;
      readonly requestId: string;
    }
  | {
      readonly type: 'itemChanged';
      readonly table: string;
      readonly key: Readonly<Record<string, unknown>>;
      /** Undefined where there was none. */
      readonly before: Readonly<Record<string, unknown>> | undefined;
      readonly after: Readonly<Record<string, unknown>> | undefined;
    }
  | {
      readonly type: 'messageSent' | 'messageDelivered';
      readonly queueArn: string;
      readonly messageId: string;
      readonly body: string;
    }
  | {
      readonly type: 'messageDead';
      readonly queueArn: string;
      readonly deadLetterArn: string;
      readonly messageId: string;
    }
  | {
      readonly type: 'callDenied';
      /** ARN of the role, or the service's principal. */
      readonly by: string;
      readonly action: string;
      readonly resource: string;
      /** What would allow it; undefined where a statement denies it, and where the role may not be assumed. */
      readonly missing: MissingStatement | undefined;
      /** The place of the statement that denies it explicitly. */
      readonly deniedBy?: string | undefined;
    }
  | {
      /** By the HTTP API. */
      readonly type: 'requestAnswered';
      readonly method: string;
      /** Decoded, without the query. */
      readonly path: string;
      readonly status: number;
      readonly latencyMs: number;
      /** The gateway's, `$context.requestId`. */
      readonly requestId: string;
      /** Lambda's request id, where a function was invoked. */
      readonly invocationId: string | undefined;
      /** Why the gateway itself answered with an error. */
      readonly problem: string | undefined;
    }
  | {
      /** By a function, a state machine or a client, of a service of AWS; only with the option `meter`. */
      readonly type: 'callMade';
      /** The service's signing name. */
      readonly service: string;
      readonly operation: string;
      /** ARN of the role; undefined for callers from outside. */
      readonly by: string | undefined;
      /** Its code, where the call failed. */
      readonly error: string | undefined;
      /** Capacity units of DynamoDB; undefined for other services. */
      readonly units: { readonly read: number; readonly write: number } | undefined;
    }
  | {
      readonly type: 'logLine';
      readonly group: string;
      readonly stream: string;
      readonly message: string;
      /** Where the function's role may not write its log: AWS shows it nowhere. */
      readonly isDropped?: true;
    }
  | {
      readonly type: 'metric';
      readonly namespace: string;
      readonly name: string;
      readonly value: number;
      readonly dimensions: Readonly<Record<string, string>>;
    };

export type Observation = Happening & {
  /** Counts up from 1 without gaps. */
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
};

/** Tells the stream; must not throw. */
export type Observe = (happening: Happening) => void;

export interface Observer {
  readonly observe: Observe;
  /** Calls `listener` with each observation after the one of that id that is still kept, then with each new one. @returns what ends it */
  subscribe(listener: (observation: Observation) => void, after?: number): () => void;
  /** The id of the newest; 0 before the first. */
  latest(): number;
}

const defaultKept = 10_000;

/** Keeps the newest observations for subscribers that come later, or come back. */
export function createObserver(clock: Clock, kept = defaultKept): Observer {
  let observations: Observation[] = [];
  let latest = 0;
  const listeners = new Set<(observation: Observation) => void>();
  return {
    observe(happening) {
      latest += 1;
      const observation: Observation = { ...happening, id: latest, at: clock.now() };
      observations.push(observation);
      // In batches: a shift for each would cost as much as all that is kept.
      if (observations.length >= 1.25 * kept) observations = observations.slice(-kept);
      for (const listener of listeners) listener(observation);
    },
    subscribe(listener, after = latest) {
      for (const observation of observations) if (observation.id > after) listener(observation);
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    latest: () => latest,
  };
}
