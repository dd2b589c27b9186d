/** All that the console knows of the legs: one module, so that it can be loaded anew as a whole once the legs have changed. */
import { requestedLegs } from '#functions/legs.ts';
import { demoSections } from '#functions/trip/demo-trip.ts';
import { quoteOf } from '#functions/trip/quote.ts';
import { failingStateByRunType } from '#functions/trip/run-types.ts';
import type { RunTypeChoice } from '../model/wire.ts';

export const runTypes: readonly RunTypeChoice[] = Object.entries(failingStateByRunType).map(([name, fails]) => ({
  name,
  fails,
}));

/** What a customer may leave out. */
export const legs: readonly string[] = requestedLegs.map(({ name }) => name);

export { demoSections, quoteOf };
