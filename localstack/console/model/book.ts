/** What the Book view asks for. */
import type { BookBody, RunTypeChoice } from './wire.ts';

export interface BookChoices {
  readonly success: RunTypeChoice | undefined;
  /** One for each state that can be made to fail: the first name where it has several. */
  readonly failing: readonly RunTypeChoice[];
}

/** @param order states in the order of the machine; choices come in it */
export function choicesOf(runTypes: readonly RunTypeChoice[], order: readonly string[] = []): BookChoices {
  const byState = new Map<string, RunTypeChoice>();
  for (const choice of runTypes) {
    if (choice.fails !== undefined && !byState.has(choice.fails)) byState.set(choice.fails, choice);
  }
  const place = ({ fails = '' }: RunTypeChoice): number =>
    order.includes(fails) ? order.indexOf(fails) : order.length;
  return {
    success: runTypes.find(({ fails }) => fails === undefined),
    failing: [...byState.values()].sort((one, other) => place(one) - place(other)),
  };
}

/** Fields as they are typed; empty ones are the demo's. */
export interface BookFields {
  readonly trip: string;
  readonly customer: string;
  readonly flight: string;
  /** Those that are asked for. */
  readonly legs: readonly string[];
  /** 0 to 1. */
  readonly cancelFailureRate: number;
}

/** @param allLegs names of all; all of them is what the demo asks for, too */
export function bookBody(runType: string, fields: BookFields, allLegs: readonly string[]): BookBody {
  const { trip, customer, flight, legs, cancelFailureRate } = fields;
  return {
    runType,
    ...(trip.trim() !== '' && { trip: trip.trim() }),
    ...(customer.trim() !== '' && { customer: customer.trim() }),
    ...(flight !== '' && { flight }),
    ...(legs.length < allLegs.length && { legs }),
    ...(cancelFailureRate > 0 && { cancelFailureRate }),
  };
}

export const mixes = {
  success: 'All succeed',
  some: 'One in five fails',
  all: 'Every run type in turn',
} as const;
export type Mix = keyof typeof mixes;

/** Run types of a burst, one for each booking. */
export function burstOf(count: number, mix: Mix, { success, failing }: BookChoices): string[] {
  const good = success?.name ?? '';
  const every = [good, ...failing.map(({ name }) => name)];
  return Array.from({ length: count }, (_, at) => {
    if (mix === 'all') return every[at % every.length] ?? good;
    if (mix === 'some' && at % 5 === 4) return failing[Math.floor(at / 5) % failing.length]?.name ?? good;
    return good;
  });
}
