/**
 * The steps of a run, in the order of the state machine. One leg stands for all three: the hotel's; what holds for its
 * reservation, confirmation and cancellation holds for flight and rental, which keep the same rules.
 */
export const step = {
  none: 0,
  reserveBooking: 1,
  reserveHotel: 2,
  reserveSeat: 3,
  takePayment: 4,
  confirmHotel: 5,
  confirmBooking: 6,
  cancelBooking: 7,
  refundPayment: 8,
  releaseSeat: 9,
  cancelHotel: 10,
  closeBooking: 11,
  succeeded: 12,
  failed: 13,
  aborted: 14,
  /** No step of a run: the reconciler's own release of a seat, which may be late as any other write. */
  releaseOrphan: 15,
} as const;

export const stepNames = [
  '-',
  'ReserveBooking',
  'ReserveHotel',
  'ReserveSeat',
  'TakePayment',
  'ConfirmHotelBooking',
  'ConfirmBooking',
  'CancelBooking',
  'RefundPayment',
  'ReleaseSeat',
  'CancelHotelReservation',
  'CloseBooking',
  'succeeded',
  'failed',
  'aborted',
  'Reconciler.release',
] as const;

export const isRunning = (at: number): boolean => at !== step.none && at < step.succeeded;

/** Why a run cancels; `ownCommit` is a booking run whose ConfirmBooking failed, so that its outcome is unknown. */
export const cause = { own: 0, redrive: 1, customer: 2, ownCommit: 3 } as const;

/**
 * What a write says, be it a running step's or a late one's.
 * `variant` is of CancelBooking the cause, of ReserveBooking which of the runs of its name it is.
 */
export interface Write {
  readonly step: number;
  /** Steps of several writes do one after the other. */
  readonly part: number;
  readonly execution: number;
  readonly variant: number;
  /** Whether a run waits for its answer: a late write's is heard by none. */
  readonly attached: boolean;
}

/** What a write answers. `more`: the step has another part. `notFenced`: the booking stands, nothing is to be undone. */
export const reply = { more: 0, done: 1, refused: 2, notFenced: 3 } as const;
