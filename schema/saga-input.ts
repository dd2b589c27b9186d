import * as z from 'zod/mini';
import { unfitForMessages, unfitPath } from './message-text.ts';
import { worded } from './worded.ts';

/** A trip's id is also the booking's id and a partition key, so its alphabet keeps clear of the other partitions' `#`. */
export const tripIdPattern = /^[A-Za-z0-9-]{1,50}$/;

/** Also of a booking. */
export const TripId = worded(tripIdPattern, 'must be 1 to 50 letters, digits or hyphens');

/** `<trip_id>.<suffix>`: short enough that `.redrive-99` still fits Step Functions' 80 characters of a name. */
export const executionIdPattern = /^[A-Za-z0-9-]{1,50}\.[A-Za-z0-9_-]{1,18}$/;

/** ISO 8601 in UTC with milliseconds, so that strings sort as times do. */
export const timestampPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Money at the table's edge: a decimal string with two places. */
export const amountPattern = /^\d{1,9}\.\d{2}$/;

/** In whole units: what `amountPattern` has the digits for. */
export const largestAmount = 999_999_999;

export const bookingStatuses = ['UNCONFIRMED', 'CONFIRMED', 'CANCELLING', 'CANCELLED'] as const;
export type BookingStatus = (typeof bookingStatuses)[number];

/** Part of a key: DynamoDB admits 1,024 bytes in the shorter ones, and a character may take four. */
export const longestKeyText = 250;
export const keyText = z.string().check(z.minLength(1), z.maxLength(longestKeyText));

/** Step Functions ends a run whose state outgrows 256 KB in the middle; what a saga adds to its input is far less than the rest. */
export const maxInputCharacters = 32_000;

/** What every step may rely on, forward and backward. */
export const execution = {
  trip_id: TripId,
  execution_id: worded(
    executionIdPattern,
    'must be the trip_id, a dot and 1 to 18 letters, digits, hyphens or underscores',
  ),
  started_at: worded(timestampPattern, 'must be a time in UTC with milliseconds such as 2026-07-10T12:00:00.000Z'),
  outbound_flight_id: keyText,
};

/** Seat holds name the execution alone, so the trip has to be told from it. */
export const executionOfTrip = z.refine(
  (run) => {
    const { trip_id, execution_id } = run as { trip_id: string; execution_id: string };
    return execution_id.startsWith(`${trip_id}.`);
  },
  { path: ['execution_id'], message: 'must be the trip_id, a dot and a suffix' },
);

/** Also of fields that pass through unread: dead letters and redrives carry the whole input. */
export const fitForMessages: z.core.CheckFn<unknown> = ({ value, issues }) => {
  const path = unfitPath(value);
  if (path !== undefined) issues.push({ code: 'custom', input: value, path, message: unfitForMessages });
};

export const payment = {
  payment_token: keyText,
  amount: worded(amountPattern, 'must be a decimal number with two places such as 450.00'),
  currency: worded(/^[A-Z]{3}$/, "must be a currency's three capital letters"),
};

/** Local and dev stages only: what the fault-injection middleware reads. */
export const faults = {
  run_type: z.optional(z.string()),
  cancel_failure_rate: z.optional(z.number().check(z.gte(0), z.lte(1))),
};

/** As far as an execution's name has room for the number behind the longest execution id. */
const maxRedriveCount = 99_999;

export const cancelCauses = ['customer', 'redrive'] as const;

/**
 * Fields of cancel runs. Booking runs check them too: compensations have to accept every input that the first step accepts.
 */
export const undoing = {
  action: z.optional(z.literal('cancel')),
  cause: z.optional(z.enum(cancelCauses)),
  redrive_count: z.optional(z.number().check(z.int(), z.gte(0), z.lte(maxRedriveCount))),
};

/**
 * Output of `CancelBooking`: only a fenced header may be undone. `ownStatus` tells how this execution's own booking stands
 * where it cannot be fenced any more, so that a redrive still tells how it ended.
 */
export const FenceOutcome = z.object({
  fenced: z.boolean(),
  ownStatus: z.optional(z.enum(['CONFIRMED', 'CANCELLED'])),
});
export type FenceOutcome = z.infer<typeof FenceOutcome>;

/** The trip that an execution's name is for; trip ids have no dot. */
export function tripIdOf(executionId: string): string {
  const dot = executionId.indexOf('.');
  return dot === -1 ? executionId : executionId.slice(0, dot);
}

/** A run that undoes: same trip and same booking run, entered at the fence. */
export function cancelRunInput(
  bookingRun: Record<string, unknown>,
  cause: (typeof cancelCauses)[number],
  redriveCount?: number,
): Record<string, unknown> {
  const fields = Object.entries(bookingRun).filter(
    ([name]) => !name.endsWith('Error') && name !== 'fence' && name !== 'failedLayers',
  );
  return {
    ...Object.fromEntries(fields),
    action: 'cancel',
    cause,
    ...(redriveCount === undefined ? {} : { redrive_count: redriveCount }),
  };
}
