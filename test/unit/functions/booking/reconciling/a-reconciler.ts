import { type ReconcilerStore, reconcile, type UnfinishedHeader } from '#functions/booking/reconciling/reconcile.ts';
import { keptRunOf, runInputOf } from '#functions/trip/kept-run.ts';
import type { BookingRunInput } from '#functions/trip/run-input.ts';
import { memoryMachine } from '#test/support/memory-machine.ts';
import { type Recorded, recorded } from '#test/support/recording.ts';
import { aTrip } from '#test/support/trips.ts';

export const now = '2026-03-01T10:00:00.000Z';

const longAgo = '2026-03-01T08:59:59.999Z';

/** As the table has it. */
export const headerOf = (trip: BookingRunInput, overrides: Partial<UnfinishedHeader> = {}): UnfinishedHeader => ({
  id: trip.trip_id,
  execution_id: trip.execution_id,
  startedAt: `${trip.started_at}#${trip.execution_id}`,
  outboundFlightId: trip.outbound_flight_id,
  customer: trip.customer,
  paymentToken: trip.payment_token,
  status: 'UNCONFIRMED',
  updatedAt: longAgo,
  isUnfinished: true,
  run: keptRunOf(trip),
  ...overrides,
});

interface World {
  readonly headers?: readonly UnfinishedHeader[];
  /** The index's entries, if they differ from the headers. */
  readonly indexed?: readonly string[];
  readonly msLeft?: () => number;
  readonly random?: number;
  readonly saga?: (machine: ReturnType<typeof memoryMachine>) => Pick<ReturnType<typeof memoryMachine>, 'start'>;
}

export const aReconciler = ({
  headers = [],
  indexed,
  msLeft = () => 60_000,
  random = 0,
  saga = (machine) => machine,
}: World = {}) => {
  const machine = memoryMachine();
  const calls: Recorded[] = [];
  const warnings: string[] = [];
  const byTrip = new Map(headers.map((header) => [header.id, header]));
  const store: ReconcilerStore = {
    unfinishedBefore: async () => indexed ?? [...byTrip.keys()],
    header: async (trip) => byTrip.get(trip),
  };
  const ports = recorded(
    'ports',
    {
      report: (_metrics: Record<string, number>) => undefined,
      inputOf: async ({ run, ...header }: UnfinishedHeader) => runInputOf(header, run ?? {}),
    },
    calls,
  );
  const run = () =>
    reconcile({
      ...ports,
      store: recorded('store', store, calls),
      saga: recorded('saga', saga(machine), calls),
      warn: (message) => void warnings.push(message),
      now: () => now,
      ageSeconds: 3600,
      msLeft,
      random: () => random,
    });
  const reported = () => calls.filter(({ call }) => call === 'ports.report').map((one) => one.arguments[0]);
  const started = () => [...machine.started];
  const names = () => [...machine.started.keys()];
  return { machine, calls, warnings, run, reported, started, names };
};

export const trip = aTrip();

export const id = trip.execution_id;
