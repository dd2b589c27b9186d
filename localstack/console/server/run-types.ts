import { failingStateByRunType } from '#functions/trip/run-types.ts';
import type { RunTypeChoice } from '../model/wire.ts';

export const runTypeChoices: readonly RunTypeChoice[] = Object.entries(failingStateByRunType).map(([name, fails]) => ({
  name,
  fails,
}));
