/** What is typed into the Book view; it stays while one looks at the runs that it started. */
import { signal } from '@preact/signals';
import { type BookFields, bookBody } from '../../model/book.ts';
import type { Layout } from '../../model/layout.ts';
import type { BookBody, FlightChoice } from '../../model/wire.ts';
import { get, post } from '../api.ts';
import { navigate, runPath } from '../router.ts';
import { showRun } from './run.ts';
import { start } from './start.ts';

/** Undefined legs are all of them. */
export const fields = signal<Omit<BookFields, 'legs'> & { readonly legs: readonly string[] | undefined }>({
  trip: '',
  customer: '',
  flight: '',
  legs: undefined,
  cancelFailureRate: 0,
});

export const flights = signal<readonly FlightChoice[]>([]);

export function needFlights(): void {
  if (flights.value.length > 0) return;
  get<FlightChoice[]>('/flights').then(
    (found) => {
      flights.value = found;
    },
    // Without a list the demo's own flight is what can be booked.
    () => {},
  );
}

export function bodyOf(runType: string): BookBody {
  const allLegs = start.value?.legs ?? [];
  return bookBody(runType, { ...fields.value, legs: fields.value.legs ?? allLegs }, allLegs);
}

/** Of a trip without a name: a booked trip cannot be booked again. */
const newTrip = (): string =>
  `trip-${[...crypto.getRandomValues(new Uint8Array(3))].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;

/** The drawing of the machine as it stands, so that a run that is booked now is drawn at once. */
let drawn: Layout | undefined;

export function needDrawing(): void {
  get<Layout>('/graph').then(
    (layout) => {
      drawn = layout;
    },
    // The run's own says what is wrong.
    () => {},
  );
}

/** Books, and goes to the run. Rejects with the API's own words. */
export async function bookAndWatch(body: BookBody): Promise<void> {
  const { name } = await post<{ name: string }>('/book', { trip: newTrip(), ...body });
  showRun(name, drawn);
  navigate(runPath(name));
}
