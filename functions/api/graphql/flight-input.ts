import type { Only } from '#functions/shared/http/nothing-else.ts';
import { describeIssue } from '#schema/describe-issue.ts';
import { NewFlight } from '#schema/new-flight.ts';
import { invalidArgument } from './errors.ts';

/** Without the older clients' name for free seats, which would be a second truth. */
export function withoutAllocation<Input extends object>(input: Input): Omit<Input, 'seatAllocation'> {
  const { seatAllocation: _ignored, ...fields } = input as Input & { readonly seatAllocation?: unknown };
  return fields;
}

const rules: Readonly<Record<string, (typeof NewFlight.shape)[keyof typeof NewFlight.shape]>> = NewFlight.shape;

/**
 * What GraphQL's schema cannot say of the fields that are given: a flight that breaks these rules could be neither found nor
 * booked.
 * @throws GraphQlRequestError
 */
export function checkFlightInput<Input extends object>(input: Only<Input, NewFlight>): void {
  for (const [name, value] of Object.entries(input)) {
    if (value === null) throw invalidArgument(`"input.${name}" must not be null: leave it out to keep it`);
    const { error } = rules[name]?.safeParse(value) ?? {};
    if (error !== undefined) throw invalidArgument(`"input.${name}" ${describeIssue(error).message}`);
  }
}
