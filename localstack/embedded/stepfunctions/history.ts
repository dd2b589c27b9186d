import { textOf } from './json.ts';
import type { Details, TrailEvent } from './trail.ts';

export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  /** Epoch seconds. */
  readonly timestamp: number;
  readonly [details: `${string}EventDetails`]: Details;
}

/** The events of GetExecutionHistory, oldest first, in AWS's shapes. */
export function historyOf(events: readonly TrailEvent[], withData: boolean): HistoryEvent[] {
  return events.map(({ id, previousId, type, at, detailsOf, details, data }) => {
    const whole = data === undefined ? details : { ...details, [data[0]]: textOf(data[1]) };
    const named =
      detailsOf === undefined ? {} : { [`${detailsOf}EventDetails`]: withData ? whole : withoutData(details) };
    return { id, previousEventId: previousId, type, timestamp: at / 1000, ...named } as HistoryEvent;
  });
}

function withoutData(details: Details = {}): Details {
  return Object.fromEntries(
    Object.entries(details).filter(([key]) => !['input', 'output', 'parameters'].includes(key)),
  );
}
