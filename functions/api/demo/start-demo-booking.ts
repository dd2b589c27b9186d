import { randomBytes } from 'node:crypto';
import type { PaymentGateway } from '#functions/payment/payment-gateway.ts';
import type { Clock } from '#functions/shared/clock.ts';
import { nothingElse } from '#functions/shared/http/nothing-else.ts';
import { minorUnits } from '#functions/shared/money/decimal-amount.ts';
import type { SagaStarter } from '#functions/shared/saga/saga-starter.ts';
import { demoPrice, demoTrip } from '#functions/trip/demo-trip.ts';
import type { BookingRunInput } from '#functions/trip/run-input.ts';
import { demoCardToken, demoCustomer, demoFlightId, demoTripId } from '#schema/demo-request.ts';
import { describeIssue } from '#schema/describe-issue.ts';
import { DemoQuery } from './demo-query.ts';
import { nearestName } from './nearest-name.ts';

export interface StartDemoDependencies {
  readonly gateway: Pick<PaymentGateway, 'authorize'>;
  readonly saga: SagaStarter;
  readonly now: Clock;
  readonly newSuffix?: () => string;
}

/** Every call is a booking of its own: 48 random bits keep the runs of one trip apart. */
const randomSuffix = (): string => randomBytes(6).toString('hex');

/** Starts the example's trip as an execution of its own, with a charge that the demo pre-authorizes itself. */
export async function startDemoBooking(
  { runType, tripID, cancelFailureRate, ...rest }: DemoQuery,
  { gateway, saga, now, newSuffix = randomSuffix }: StartDemoDependencies,
): Promise<{ executionArn: string; executionId: string }> {
  nothingElse(rest);
  const tripId = tripID ?? demoTripId;
  const executionId = `${tripId}.${newSuffix()}`;
  const price = { amountMinor: minorUnits(demoPrice.amount), currency: demoPrice.currency };
  const token = await gateway.authorize(
    { requestId: `demo-${executionId}`, cardToken: demoCardToken, customer: demoCustomer },
    price,
  );
  const input: BookingRunInput = {
    trip_id: tripId,
    ...demoTrip,
    run_type: runType ?? 'success',
    ...(cancelFailureRate === undefined ? {} : { cancel_failure_rate: Number(cancelFailureRate) }),
    execution_id: executionId,
    started_at: now(),
    outbound_flight_id: demoFlightId,
    customer: demoCustomer,
    payment_token: token,
    ...demoPrice,
  };
  const executionArn = await saga.start(executionId, input);
  return { executionArn, executionId };
}

const parameterNames = Object.keys(DemoQuery.shape);

/** The parts of a request in which a caller may ask for something. */
export interface DemoRequest {
  readonly parameters: Readonly<Record<string, string | undefined>>;
  /** Names of query parameters: a gateway hands their values on in one, which is none that may stand there. */
  readonly givenTwice?: readonly string[];
  /** Names of what looks like parameters in the path. */
  readonly inPath?: readonly string[];
  readonly hasBody?: boolean;
}

/**
 * What the caller asks for, with the names of the parameters that mean nothing here, or a sentence that says what is wrong and
 * what may stand there. A name that is nearly one of ours is wrong, and so is one of ours in another place: ignored, it would
 * book something else.
 */
export function readDemoQuery(
  { parameters, givenTwice = [], inPath = [], hasBody = false }: DemoRequest,
  { faults }: { faults: boolean },
): { accepted: DemoQuery; ignored: readonly string[] } | { refusal: string } {
  const ignored = Object.keys(parameters).filter((name) => !parameterNames.includes(name));
  for (const name of ignored) {
    const meant = nearestName(name, parameterNames);
    if (meant !== undefined) {
      return { refusal: `Query parameter "${name}" is unknown here: "${meant}" is meant, it seems` };
    }
  }
  const twice = givenTwice.find((name) => parameterNames.includes(name));
  if (twice !== undefined) return { refusal: `Query parameter "${twice}" is given twice` };
  for (const name of inPath) {
    const meant = nearestName(name, parameterNames);
    if (meant !== undefined) {
      return { refusal: `Path parameter "${name}" is not read: ask with "?${meant}=…" in the query string` };
    }
  }
  if (hasBody) return { refusal: 'The body is not read: ask in the query string, with "?runType=…&tripID=…"' };
  const result = DemoQuery.safeParse(parameters, { reportInput: true });
  if (!result.success) {
    const { field, message } = describeIssue(result.error);
    return { refusal: `Query parameter "${field}" ${message}` };
  }
  const query = result.data;
  const asksForFaults = (query.runType ?? 'success') !== 'success' || query.cancelFailureRate !== undefined;
  if (asksForFaults && !faults) {
    return { refusal: 'Query parameter "runType" must be success: fault injection is off on this stage' };
  }
  return { accepted: query, ignored: [...ignored, ...inPath] };
}
