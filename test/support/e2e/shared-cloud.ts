import { type RunningProcess, startEmbeddedProcess } from './embedded-process.ts';

type SharedCloud = Pick<RunningProcess, 'apiUrl' | 'awsUrl'>;

interface WorkerState {
  cloud?: Promise<SharedCloud>;
}

/** Of the test environment; not there outside Jest. */
const { workerState } = globalThis as { workerState?: () => WorkerState };

/**
 * The local cloud of this Jest worker, which ends with it. The suites run against shared emulators, too, so none counts on a
 * table that is new; each has trips, customers and flights of its own.
 */
export function sharedCloud(args: readonly string[]): Promise<SharedCloud> {
  const state = workerState?.() ?? {};
  state.cloud ??= startEmbeddedProcess(args, {}, { endsWithParent: true });
  return state.cloud;
}
