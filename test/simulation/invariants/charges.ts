import type { BookingRunInput } from '#functions/trip/run-input.ts';
import type { Books } from '#test/support/kill-rounds/books.ts';
import type { Item } from '../world/books.ts';

/** What is wrong with the charges, beside whose the money is: whose run took it, and by which right. */
export function chargeProblems({ headers, parts, charges }: Books, runs: readonly BookingRunInput[]): string[] {
  const problems: string[] = [];
  for (const [token, charge] of charges) {
    const { capture_key: key, charge_status: status, customer, currency } = charge;
    if (key === undefined) continue;
    const [captured, authorized] = [Number(charge.captured_minor), Number(charge.authorized_minor)];
    if (captured > authorized) problems.push(`charge ${token}: ${captured} taken, ${authorized} authorized`);
    const execution = String(key).slice(String(key).indexOf('#') + 1);
    const run = runs.find(({ execution_id }) => execution_id === execution);
    if (run !== undefined && run.customer !== customer)
      problems.push(`charge ${token} of ${customer} was taken by ${run.customer}`);
    if (run !== undefined && run.currency !== currency)
      problems.push(`charge ${token} in ${currency} was taken in ${run.currency}`);
    const [trip = ''] = execution.split('.');
    const header = headers.get(trip);
    if (header?.status === 'CONFIRMED' && header.execution_id === execution && status !== 'captured')
      problems.push(`booking ${trip} is CONFIRMED, and its charge is ${status}`);
    if (status === 'captured' && !(parts.get(trip) ?? []).some((part) => isPaymentOf(part, execution)))
      problems.push(`charge ${token} is kept for ${execution}, which has no payment any more`);
  }
  return problems;
}

const isPaymentOf = ({ type, execution_id }: Item, execution: string): boolean =>
  type === 'Payment' && execution_id === execution;
