import type { ConsoleTest } from './open-console.ts';

/** Views by their address, each with what shows that it is there. `RUN` is the run that `booked` names. */
export const everyView: readonly (readonly [path: string, there: string])[] = [
  ['', '.choice'],
  ['/runs', 'tbody tr'],
  ['/runs/RUN', '[data-state]'],
  ['/runs/RUN?state=TakePayment', '[data-state]'],
  ['/runs/RUN?view=timeline', '.timeline-row'],
  ['/runs/RUN?view=events', 'section.events tbody tr'],
  ['/data', 'tbody tr'],
  ['/data/trips/axe-booked', '.item'],
  ['/data/flights', 'tbody tr'],
  ['/data/flights/demo-london-dublin', '.seat'],
  ['/data/customers/demo', 'tbody tr'],
  ['/data/charges', 'tbody tr'],
  ['/trouble', '.letter'],
  ['/trouble/unfinished', 'tbody tr'],
  ['/trouble/denials', '.empty'],
  ['/trouble/alarms', 'tbody tr'],
  ['/trouble/messages', '.letter'],
  ['/trouble/metrics', '.metric'],
  ['/faults', '.fault-form'],
];

/** Fills each of the views. @returns the name of a run that failed */
export async function booked({ cloud, visit }: ConsoleTest): Promise<string> {
  await cloud.book('success', 'axe-booked');
  await cloud.book('failPayment', 'axe-letter', { cancelFailureRate: '1' });
  // Its charge has the longest status.
  await cloud.book('failBookingConfirmation', 'axe-refunded');
  // Nothing here calls it, so that the sign of an armed fault stays in each view.
  const fault = { state: 'SendConfirmationToDeadLetterQueue', kind: 'before' };
  const page = await visit('/faults');
  await page.request.post(`${cloud.consoleUrl}/api/faults`, {
    headers: { origin: new URL(cloud.consoleUrl).origin },
    data: fault,
  });
  return cloud.book('failPayment', 'axe-failed');
}
