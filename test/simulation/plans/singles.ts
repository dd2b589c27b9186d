import { backward, forward, layers, undone } from './states.ts';

/** What needs no moment. */
export const simpleForward = ['fail', 'hang', 'lost', 'repeated', 'twice', 'busy', 'busy*3', 'busy*4'] as const;
export const simpleBackward = ['fail', 'hang', 'lost', 'lost*4', 'repeated', 'twice', 'busy', 'busy*3'] as const;

/** A booking run that reaches the state with everything before it done. */
export const reasonFor: Readonly<
  Record<'book' | 'cancel', { readonly acts: string; readonly run: string; readonly fault: string }>
> = {
  book: { acts: 'book', run: '', fault: ' ConfirmBooking=fail' },
  cancel: { acts: 'book,cancel', run: 'a.cancel/', fault: '' },
};

export function* singles(): Iterable<string> {
  yield 'book';
  yield 'book,cancel';
  yield 'book,cancel,book';
  for (const state of forward) {
    for (const kind of simpleForward) yield `book ${state}=${kind}`;
    for (const kind of simpleForward) yield `book,cancel ${state}=${kind}`;
    for (const kind of simpleForward) yield `book,book ${state}=${kind}`;
  }
  for (const { acts, run, fault } of Object.values(reasonFor)) {
    for (const state of backward) for (const kind of simpleBackward) yield `${acts}${fault} ${run}${state}=${kind}`;
  }
  for (const state of undone) {
    for (const layer of layers) yield `book ${state}=fail ${layer}=fail`;
  }
  for (const kind of simpleBackward) {
    yield `book TakePayment=fail RefundPayment=fail SendToDeadLetterQueue=${kind}`;
    yield `book NotifyBookingConfirmed=fail SendConfirmationToDeadLetterQueue=${kind}`;
    yield `book TakePayment=fail NotifyBookingFailed=fail SendCancellationToDeadLetterQueue=${kind}`;
  }
}
