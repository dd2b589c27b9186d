import type { Caller } from '#functions/api/caller.ts';
import type { BookingHistory } from '#schema/http/bookings.ts';
import { BookingNotFoundError } from './booking-errors.ts';
import { visibleTo } from './booking-policy.ts';
import type { BookingReader } from './booking-reader.ts';
import type { ExecutionHistoryReader } from './execution-history.ts';
import { maxRedrives } from './redrive.ts';

export interface BookingHistoryPorts {
  readonly bookings: Pick<BookingReader, 'get'>;
  readonly executions: ExecutionHistoryReader;
  readonly executionArnOf: (executionName: string) => string;
}

type Run = BookingHistory['executions'][number];

/** The runs that made the booking as it is now, cancelled it or redrove it, oldest first. @throws BookingNotFoundError */
export async function bookingHistory(
  caller: Caller,
  bookingId: string,
  { bookings, executions, executionArnOf }: BookingHistoryPorts,
): Promise<BookingHistory> {
  const booking = visibleTo(caller, await bookings.get(bookingId, caller));
  if (booking === undefined) throw new BookingNotFoundError();
  const read = async (suffix: string, action: Run['action']): Promise<Run | undefined> => {
    const name = `${booking.execution_id}${suffix}`;
    const history = await executions.read(executionArnOf(name));
    return history && { name, action, ...history, states: [...history.states] };
  };
  const [made, cancelled, redriven] = await Promise.all([
    read('', 'book'),
    read('.cancel', 'cancel'),
    redrives((number) => read(`.redrive-${number}`, 'redrive')),
  ]);
  const runs = [made, cancelled, ...redriven].filter((run) => run !== undefined);
  return {
    id: booking.id,
    status: booking.status,
    executions: runs.sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1)),
  };
}

/** Their numbers have no gaps. An operator may add to the service's own ones: twice as many are shown. */
async function redrives(read: (number: number) => Promise<Run | undefined>): Promise<Run[]> {
  const found: Run[] = [];
  for (let number = 1; number <= 2 * maxRedrives; number++) {
    const run = await read(number);
    if (run === undefined) break;
    found.push(run);
  }
  return found;
}
