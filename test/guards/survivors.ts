/** Why a guard that nothing misses is no fault, by a part of its name. The first that fits counts. */
export const survivorReasons: readonly { readonly names: readonly string[]; readonly reason: string }[] = [
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
    names: ['refund-payment: `charge_status = :captured` of'],
    reason:
      'a charge that has the key of the run is captured or refunded, and a second refund writes what stands there',
  },
];
