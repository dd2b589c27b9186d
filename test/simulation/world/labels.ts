import { nameOfArn } from '#schema/arn.ts';

/**
 * Short names of runs that are the same in every world: the first booking run is `a`, the next `b`; `a.cancel` and `a.rr-1` are
 * about it.
 */
export interface Labels {
  /** Of an execution's name or ARN. */
  of(execution: string): string;
  /** Names of the booking runs, by label. */
  readonly executions: ReadonlyMap<string, string>;
}

const letters = 'abcdefghijklmnopqrstuvwxyz';

export function createLabels(): Labels {
  const labels = new Map<string, string>();
  const executions = new Map<string, string>();
  return {
    executions,
    of(execution) {
      const name = nameOfArn(execution);
      const [trip, suffix, ...what] = name.split('.');
      const booking = `${trip}.${suffix}`;
      let label = labels.get(booking);
      if (label === undefined) {
        label = letters[labels.size] ?? booking;
        labels.set(booking, label);
        executions.set(label, booking);
      }
      return [label, ...what].join('.');
    },
  };
}
