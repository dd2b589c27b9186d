import type { StatusLook } from './status.ts';
import type { AlarmState } from './trouble.ts';

export const alarmLooks: Readonly<Record<AlarmState, StatusLook>> = {
  ALARM: { word: 'In alarm', tone: 'bad', icon: 'cross' },
  OK: { word: 'OK', tone: 'good', icon: 'check' },
  UNKNOWN: { word: 'Not known yet', tone: 'idle', icon: 'clock' },
};
