/** What can go wrong at each kind of place; `plans/` makes plans of it and `faults/` does it. */

/** An error that no retrier of a forward step names, as a lost connection is. */
export const unknownError = 'ReplyLost';
/** Not tried again by forward steps; compensations try everything again. */
export const lastingError = 'InjectedFaultError';
/** Of a service that is asked too often. The seat's integration has errors of its own, which its retriers name. */
export const busyErrorOf = (state: string): string =>
  state === 'ReserveSeat' ? 'DynamoDB.ThrottlingException' : 'Lambda.TooManyRequestsException';
/** Of a service whose reply is lost, and which is tried again for it. */
export const unknownOutcomeOf = (state: string): string =>
  state === 'ReserveSeat' ? 'DynamoDB.SdkClientException' : 'Lambda.Unknown';

/** The answer of what never answers: one each time, since a promise keeps all that waits for it. */
export const never = (): Promise<never> => new Promise(() => {});

/** As the machine sees it. */
export const errorOf = (name: string): Error => Object.assign(new Error('Planned'), { name });

/** Of a Task. */
export const taskKinds = {
  fail: 'fails before its work, each time',
  busy: 'is refused by Lambda or the service, `times` times, then works',
  lost: 'does its work and its reply is lost, with an error that forward steps do not try again',
  repeated: 'does its work and its reply is lost, with an error that is tried again',
  twice: 'is delivered twice, one after the other',
  beside: 'is delivered twice at once',
  late: 'times out, fails from then on, and its work is done at the moment',
  slow: 'times out, works when it is tried again, and the first work is done at the moment',
  held: 'begins once the moment comes',
  hang: 'times out each time and does nothing',
  orphan: 'is at work when its run is stopped, and its work is done at the moment',
} as const;

/** Of a call that a function makes. */
export const callKinds = {
  throttle: 'is throttled `times` times',
  conflict: 'meets another transaction `times` times',
  lost: 'is done and its reply is lost, `times` times',
  fail: 'fails each time',
  late: 'is not answered, fails from then on, and is done at the moment',
  slow: 'is not answered, works when it is tried again, and the first one is done at the moment',
  stale: 'answers as if nothing had happened lately, `times` times',
  former:
    'answers as before the last write of what it reads, `times` times; `former-3`: as before the last three, each of which changed the answer',
} as const;
/** Of reads that may be out of date. */
export const eventualKinds: ReadonlySet<string> = new Set(['stale', 'former']);

/** Of a run, after a state. */
export const runKinds = {
  stop: 'is stopped',
  expire: "reaches the machine's time limit",
  crash: 'fails with States.Runtime',
} as const;

/** Of the event that a run has ended. */
export const eventKinds = {
  lost: 'never comes',
  twice: 'comes twice',
  late: 'comes at the moment',
  cut: 'comes without the input',
} as const;

/** Kinds whose effect comes at a moment. */
export const comesLater: ReadonlySet<string> = new Set(['late', 'slow', 'orphan', 'held']);
