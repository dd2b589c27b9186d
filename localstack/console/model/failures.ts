/** What went wrong in a run, in the failure's own words. */
import type { RunModel, Visit } from './run.ts';

export interface Failure {
  readonly state: string;
  readonly error: string;
  readonly cause: string | undefined;
  /** Whether the machine went on from it. */
  readonly caught: boolean;
}

/** In their order; the Fail state that ends a run tells nothing of its own where others failed before. */
export function failuresOf({ visits }: RunModel): Failure[] {
  const own = visits.filter(({ type }) => type !== 'Fail').filter(hasFailed);
  const shown = own.length > 0 ? own : visits.filter(hasFailed);
  return shown.map(({ state, error = '', cause, status }) => ({ state, error, cause, caught: status === 'caught' }));
}

const hasFailed = ({ status, error }: Visit): boolean =>
  error !== undefined && (status === 'caught' || status === 'failed' || status === 'retrying');
