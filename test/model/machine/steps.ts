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
  notifyConfirmed: 7,
  cancelBooking: 8,
  refundPayment: 9,
  releaseSeat: 10,
  cancelHotel: 11,
  closeBooking: 12,
  notifyCancelled: 13,
  ended: 14,
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
  'NotifyBookingConfirmed',
  'CancelBooking',
  'RefundPayment',
  'ReleaseSeat',
  'CancelHotelReservation',
  'CloseBooking',
  'NotifyBookingFailed',
  'ended',
  "the reconciler's release of the seat",
] as const;

export const isRunning = (at: number): boolean => at !== step.none && at < step.ended;

/** Why a run cancels; `ownCommit` is a booking run whose ConfirmBooking failed, so that its outcome is unknown. */
export const cause = { own: 0, redrive: 1, customer: 2, ownCommit: 3 } as const;

/** One write of a step, which may be running or late. */
export interface Write {
  readonly step: number;
  /** Steps of several writes do one after the other. */
  readonly part: number;
  readonly execution: number;
  /** Of CancelBooking the cause, of ReserveBooking which of the runs of its name it is. */
  readonly variant: number;
  /** Whether a run waits for its answer: a late write's is heard by none. */
  readonly attached: boolean;
}

/**
 * What a write answers. `more`: the step has another part. The last three are the fence's, where nothing is to be undone:
 * the header is another's, or the own booking is confirmed, or cancelled.
 */
export const reply = { more: 0, done: 1, refused: 2, notFenced: 3, ownConfirmed: 4, ownCancelled: 5 } as const;
export const replyNames = [
  'is done',
  'is done',
  'is refused',
  'has nothing to undo',
  'finds its booking CONFIRMED',
  'finds its booking CANCELLED',
] as const;
