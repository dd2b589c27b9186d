// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts are source code
import type { CodeLine } from './line.ts';

/** Redrives and messages: rules 6 and 7. */
export const redriveGuards: readonly CodeLine[] = [
  [
    'rule 7: a redrive keeps its cause',
    ['redrive-booking', 'CancelBooking'],
    'schema/execution-names.ts',
    "cause === 'customer' ? 'customer' : 'redrive';",
    "cause === 'customer' ? 'redrive' : 'redrive';",
  ],
  [
    'rule 7: what ended by itself is not redriven',
    ['event'],
    'functions/booking/redriving/redrive.ts',
    'if (settledErrors.has(error)) return',
    'if (settledErrors.has(`${error}!`)) return',
  ],
  [
    'rule 7: a stopped run is redriven',
    ['event', 'run'],
    'functions/booking/redriving/redrive.ts',
    "new Set(['FAILED', 'TIMED_OUT', 'ABORTED'])",
    "new Set(['FAILED', 'TIMED_OUT'])",
  ],
  [
    'rule 7: a run that timed out is redriven',
    ['event', 'run'],
    'functions/booking/redriving/redrive.ts',
    "new Set(['FAILED', 'TIMED_OUT', 'ABORTED'])",
    "new Set(['FAILED', 'ABORTED'])",
  ],
  [
    'rule 7: a run that failed in another way is redriven',
    ['event', 'run'],
    'functions/booking/redriving/redrive.ts',
    "new Set(['FAILED', 'TIMED_OUT', 'ABORTED'])",
    "new Set(['TIMED_OUT', 'ABORTED'])",
  ],
  [
    'rule 7: an execution undoes the run that its name names',
    ['misnamed', 'event'],
    'functions/booking/redriving/redrive.ts',
    "if (!namesItsOwnRun(name, input)) return nothing('it was not the execution that its input names');",
    '',
  ],
  [
    'rule 7: five redrives, then a dead letter',
    ['event', 'run'],
    'functions/booking/redriving/redrive.ts',
    "if (count > maxRedrives) return { kind: 'give up', input };",
    "if (count > maxRedrives) return nothing('it is too late');",
  ],
  [
    'rule 7: RUNNING, said of an ended execution, puts the message back',
    ['event', 'redrive-booking'],
    'functions/booking/redriving/ended-execution.ts',
    "if (known.status === 'RUNNING') throw",
    "if (known.status === '') throw",
  ],
  [
    'rule 7: a redrive starts without the errors of the run before',
    ['event', 'run'],
    'schema/saga-input.ts',
    "!name.endsWith('Error') && ",
    '',
  ],
  [
    'rule 7: a redrive starts without the failed layers of the run before',
    ['event', 'RefundPayment'],
    'schema/saga-input.ts',
    " && name !== 'failedLayers'",
    '',
  ],
  [
    'rule 7: a letter of a run that has nothing left is not written',
    ['run', 'event'],
    'functions/booking/redriving/nothing-to-undo.ts',
    "return header.status === 'CANCELLED' || (header.status === 'CONFIRMED' && run.cause !== 'customer');",
    'return false;',
  ],
  [
    'rule 6: a message that may not have gone out is sent',
    ['NotifyBookingConfirmed', 'NotifyBookingFailed'],
    'functions/booking/redriving/nothing-to-undo.ts',
    "if (header.status === 'CONFIRMED') return 'NotifyBookingConfirmed';",
    "if (header.status === 'CONFIRMED') return undefined;",
  ],
  [
    'rule 6: a message is sent only while it is true',
    ['NotifyBookingConfirmed', 'letters'],
    'functions/notification/told-bookings.ts',
    'if (standing.executionId === run.execution_id) return standing.status === status;',
    'if (standing.executionId === run.execution_id) return true;',
  ],
  [
    'a redrive’s name that is taken is this very redrive',
    ['letters', 'event'],
    'functions/shared/saga/start-once.ts',
    'if (!isExecutionAlreadyExists(error)) throw error;',
    'throw error;',
  ],
];
