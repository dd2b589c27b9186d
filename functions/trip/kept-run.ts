import { type FieldOf, type Leg, legs } from '#functions/legs.ts';
import type { BookingRunInput, CompensationInput } from './run-input.ts';

const keptBesideLegs = ['amount', 'currency', 'run_type', 'cancel_failure_rate'] as const;
type KeptField = FieldOf<Leg> | (typeof keptBesideLegs)[number];

/** Fields of a booking run's input that the header has no attribute of its own for, in the order of the input. */
export const keptRunFields: readonly KeptField[] = [
  ...legs.flatMap(({ fields }) => Object.keys(fields) as FieldOf<Leg>[]),
  ...keptBesideLegs,
];

/**
 * The rest of a booking run's input, kept as the map `run` on its header: Step Functions forgets an execution after 90
 * days, and items that are undone already cannot give their fields back.
 */
export type KeptRun = { readonly [Field in KeptField]?: BookingRunInput[Field] };

/** Of a compensation's input, too, whose fields may have passed unread. */
export function keptRunOf(input: BookingRunInput | CompensationInput | KeptRun): KeptRun {
  const given: Readonly<Record<string, unknown>> = input;
  return Object.fromEntries(
    keptRunFields.map((field) => [field, given[field]] as const).filter(([, value]) => value !== undefined),
  );
}

/** What a header says of the run that it belongs to; `startedAt` is `<started_at>#<execution_id>`. */
export interface HeaderOfRun {
  readonly id: string;
  readonly execution_id: string;
  readonly startedAt: string;
  readonly outboundFlightId: string;
  readonly customer: string;
  readonly paymentToken: string;
}

/**
 * The input of the run that a header belongs to. Its fields have one order, so that the text of two starts is equal:
 * StartExecution takes an equal start of a running execution for the same one.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export function runInputOf(header: HeaderOfRun, kept: KeptRun): Record<string, unknown> {
  const [startedAt = ''] = header.startedAt.split('#');
  return {
    trip_id: header.id,
    execution_id: header.execution_id,
    started_at: startedAt,
    outbound_flight_id: header.outboundFlightId,
    customer: header.customer,
    payment_token: header.paymentToken,
    ...keptRunOf(kept),
  };
}
