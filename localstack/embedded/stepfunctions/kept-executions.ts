import type { Journal } from '../journal.ts';
import type { StatusChange } from './contract.ts';

/** Executions of former processes. */
export interface FormerExecutions {
  /** ARNs whose names are taken. */
  readonly taken: readonly string[];
  /** Those that can still be described, oldest first; what a former process left running has ended as ABORTED. */
  readonly described: readonly StatusChange[];
}

export interface KeptExecutions {
  readonly former: FormerExecutions;
  /** Ends of which EventBridge's targets may not have heard. */
  readonly untold: readonly StatusChange[];
  /** How many executions were running when the former process stopped. */
  readonly aborted: number;
  /** Keeps a start or an end. To be called before anything comes of it. */
  note(change: StatusChange): void;
  /** To be called when every target has the event. */
  told(change: StatusChange): void;
}

const changePrefix = 'execution ';
const endPrefix = 'ended ';
const cause = 'The local cloud was stopped while it ran';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html#API_StartExecution_RequestSyntax */
const nameIsTakenMs = 90 * 24 * 3600 * 1000;

/** Most ended executions to keep whole, some 3 kB each; of the others only the name. */
const defaultWholeLimit = 1000;

/**
 * Lets a run end although its process was killed: AWS's executions outlive everything, these are reported as aborted at the
 * next start, and the stack's own rules take it from there. An end is told at least once, as EventBridge does.
 */
export function keepExecutions(
  journal: Journal,
  machineArns: readonly string[],
  { now = Date.now(), wholeLimit = defaultWholeLimit } = {},
): KeptExecutions {
  const changes = new Map(journal.entries(changePrefix)) as Map<string, StatusChange>;
  const ends = new Map(journal.entries(endPrefix)) as Map<string, number>;
  for (const [arn, stopDate] of ends) {
    if (stopDate + nameIsTakenMs > now) continue;
    ends.delete(arn);
    changes.delete(arn);
    journal.delete(endPrefix + arn);
    journal.delete(changePrefix + arn);
  }
  /** ARNs of those that are told and kept whole, oldest first. */
  const whole = [...ends.keys()].filter((arn) => changes.has(arn));

  // Those of a machine that is not here wait for the stack that has it.
  const here = [...changes.values()].filter(({ stateMachineArn }) => machineArns.includes(stateMachineArn));
  const described = here.map(
    (one): StatusChange => (one.status === 'RUNNING' ? { ...one, status: 'ABORTED', stopDate: now, cause } : one),
  );
  return {
    former: { taken: [...new Set([...ends.keys(), ...changes.keys()])], described },
    untold: described.filter(({ executionArn }) => !ends.has(executionArn)),
    aborted: here.filter(({ status }) => status === 'RUNNING').length,
    note(one) {
      journal.put(changePrefix + one.executionArn, one);
    },
    told({ executionArn, stopDate }) {
      if (stopDate === null) return;
      journal.put(endPrefix + executionArn, stopDate);
      whole.push(executionArn);
      while (whole.length > wholeLimit) journal.delete(changePrefix + whole.shift());
    },
  };
}
