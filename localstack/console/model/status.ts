/** Words, tones and icons of statuses. A status that is newer than this page is shown as it is. */
import { isUndoing } from '../../undoing.ts';
import type { VisitStatus } from './run.ts';

export type Tone = 'good' | 'bad' | 'busy' | 'warn' | 'idle';
export type IconName = 'check' | 'cross' | 'spin' | 'retry' | 'stop' | 'undo' | 'clock' | 'dot' | 'catch';

export interface StatusLook {
  readonly word: string;
  readonly tone: Tone;
  readonly icon: IconName;
}

const runs: Readonly<Record<string, StatusLook>> = {
  RUNNING: { word: 'Running', tone: 'busy', icon: 'spin' },
  SUCCEEDED: { word: 'Succeeded', tone: 'good', icon: 'check' },
  FAILED: { word: 'Failed', tone: 'bad', icon: 'cross' },
  TIMED_OUT: { word: 'Timed out', tone: 'bad', icon: 'clock' },
  ABORTED: { word: 'Aborted', tone: 'warn', icon: 'stop' },
};

/** One that these looks do not have is shown as it is. */
export const lookIn = (looks: Readonly<Record<string, StatusLook>>, status: string): StatusLook =>
  (Object.hasOwn(looks, status) ? looks[status] : undefined) ?? {
    word: status || 'Unknown',
    tone: 'idle',
    icon: 'dot',
  };

export const runLook = (status: string): StatusLook => lookIn(runs, status);

const visits: Readonly<Record<VisitStatus, StatusLook>> = {
  running: { word: 'Running', tone: 'busy', icon: 'spin' },
  retrying: { word: 'Waits to retry', tone: 'warn', icon: 'retry' },
  done: { word: 'Done', tone: 'good', icon: 'check' },
  caught: { word: 'Failed, caught', tone: 'bad', icon: 'catch' },
  failed: { word: 'Failed', tone: 'bad', icon: 'cross' },
  stopped: { word: 'Stopped', tone: 'warn', icon: 'stop' },
};

const undone: StatusLook = { word: 'Undid it', tone: 'warn', icon: 'undo' };
const doneForUndo: StatusLook = { ...visits.done, tone: 'warn' };

/** @param undoes whether the state stands where a machine undoes */
export function visitLook(status: VisitStatus, state: string, undoes: boolean): StatusLook {
  if (status !== 'done' || !undoes) return visits[status];
  return isUndoing(state) ? undone : doneForUndo;
}
