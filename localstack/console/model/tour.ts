/** Five things to see in five minutes. */
import type { BookBody } from './wire.ts';

export interface TourStep {
  readonly title: string;
  readonly text: string;
  /** Of the button; without, there is only something to look at. */
  readonly verb?: string;
  /** Books this and goes to its run. */
  readonly book?: BookBody;
  /** Goes to this view, below the console's path. */
  readonly path?: string;
  /** Shows the run of the last booking so. */
  readonly view?: string;
}

export const tour: readonly TourStep[] = [
  {
    title: 'A booking that works',
    text: 'Each state lights up as it is passed: reserve, pay, confirm, notify. Nothing is bought for good before all is reserved.',
    verb: 'Book it',
    book: { runType: 'success' },
  },
  {
    title: 'A payment that fails',
    text: 'What was reserved is cancelled on the way up, the newest first. Choose a state to see its input, its log, and what it wrote.',
    verb: 'Let the payment fail',
    book: { runType: 'failPayment' },
  },
  {
    title: 'How long it took',
    text: 'The same run along time: attempts, and the waits between them. Replay it slowly with the buttons above.',
    verb: 'Show the timeline',
    view: 'timeline',
  },
  {
    title: 'An undo that fails, too',
    text: 'Every cancel fails here, however often it is tried. So the saga gives up, and a dead letter says what is left.',
    verb: 'Let the cancels fail',
    book: { runType: 'failBookingConfirmation', cancelFailureRate: 1 },
  },
  {
    title: 'All of them',
    text: 'Filter by status, search for a trip, or go back to Book and start a burst. That was the tour.',
    verb: 'Show all runs',
    path: '/runs',
  },
];
