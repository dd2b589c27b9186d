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
    names: [
      '`execution_id = :replaced` of',
      '`startedAt = :its` of',
      '`#status = :cancelled` of `execution_id = :replaced',
    ],
    reason:
      'each of the three parts says what the other two say: `startedAt` ends with the name of the execution, and a header that is CANCELLED is not written again by its execution',
  },
  {
    names: [
      'notify-booking-failed: `#status = :told` of',
      'notify-booking-failed: `(#status = :cancelled OR attribute_not_exists(cancelRequestedAt))` of',
    ],
    reason:
      'the store that three functions share has the condition: here it tells CANCELLED, and a header that its execution has cancelled stays so',
  },
  {
    names: ['refund-payment: `charge_status = :captured` of'],
    reason:
      'a charge that has the key of the run is captured or refunded, and a second refund writes what stands there',
  },
  {
    names: ['rule 2: a failed ConfirmBooking undoes its booking'],
    reason: 'a commit whose reply was lost then stands and is told, which keeps every promise, too',
  },
];
