/** Events of GetExecutionHistory without their payloads. https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html */
import { messageOfCause } from '#schema/failure-cause.ts';
import type { RunEvent } from './wire.ts';

/** As it comes over the wire of AWS: dates are epoch seconds. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId?: number;
  readonly type: string;
  readonly timestamp: number;
  readonly [details: `${string}EventDetails`]: Readonly<Record<string, unknown>> | undefined;
}

/** A cause may be 32 kB of stack; the whole is in the event itself. */
const longestCause = 2_000;

export function compactEvent(event: HistoryEvent): RunEvent {
  const details = detailsOf(event) ?? {};
  const { name, error, cause } = details;
  const state = event.type.endsWith('StateEntered') || event.type.endsWith('StateExited') ? name : undefined;
  const resource = resourceOf(details);
  return {
    id: event.id,
    // MiniStack does not tell it.
    previous: event.previousEventId ?? event.id - 1,
    at: Math.round(event.timestamp * 1000),
    type: event.type,
    ...(typeof state === 'string' && { state }),
    ...(typeof error === 'string' && { error }),
    ...(typeof cause === 'string' && { cause: messageOfCause(cause).slice(0, longestCause) }),
    ...(resource !== undefined && { resource }),
  };
}

export function detailsOf(event: HistoryEvent): Readonly<Record<string, unknown>> | undefined {
  const key = Object.keys(event).find((name) => name.endsWith('EventDetails')) as `${string}EventDetails` | undefined;
  return key === undefined ? undefined : event[key];
}

/** `arn:aws:lambda:…:function:take-payment:1` → `take-payment`; `dynamodb` and `updateItem`, or `arn:aws:states:::dynamodb:updateItem` → `dynamodb:updateItem`. */
function resourceOf({ resource, resourceType }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof resource !== 'string') return undefined;
  const [, named] = /:function:([^:]+)/.exec(resource) ?? /:states:::(.+)$/.exec(resource) ?? [];
  if (named !== undefined) return named;
  return typeof resourceType === 'string' ? `${resourceType}:${resource}` : resource;
}

/** Transitions are charged as states are entered. https://aws.amazon.com/step-functions/pricing/ */
export const transitionsOf = (events: readonly { readonly type: string }[]): number =>
  events.filter(({ type }) => type.endsWith('StateEntered')).length;
