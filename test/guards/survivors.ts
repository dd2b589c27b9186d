/** Why a guard that nothing misses is no fault, by a part of its name. The first that fits counts. */
export const survivorReasons: readonly { readonly names: readonly string[]; readonly reason: string }[] = [
  {
    names: [': no Retry of'],
    reason:
      'these errors do not pass by waiting, so a try more only takes time; where no other Retry of the state names them, the rule is there for its reader',
  },
  {
    names: [': Retry of'],
    reason:
      'without a further try a booking is undone, or its message is a dead letter: bookings are lost, promises are not',
  },
  {
    names: ['ReserveSeat: `seatCapacity > :zero`'],
    reason:
      'no plan of the simulator sells a flight out; `test/unit/statemachine/seats.test.ts` and `test/faults/contention.test.ts` do',
  },
  {
    names: ['audit-seat-holds: `attribute_exists(pk)', 'audit-seat-holds: `attribute_not_exists(seatAudit)`'],
    reason:
      'it takes flights of older releases into the audit, which no plan has; `test/unit/functions/booking/auditing` holds it',
  },
  {
    names: ['rule 2: a failed ConfirmBooking undoes its booking'],
    reason: 'a commit whose reply was lost then stands and is told, which keeps every promise, too',
  },
];
