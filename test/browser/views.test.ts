import { describe } from '@jest/globals';
import { consoleForEverybody } from './accessibility.ts';
import { booked } from './every-view.ts';
import { faultsInABrowser } from './faults.ts';
import { describeConsole } from './open-console.ts';
import { runsInABrowser } from './runs.ts';
import { whatIsStrange } from './strangeness.ts';
import { tableAndTrouble } from './table-and-trouble.ts';
import { atEveryWidth } from './widths.ts';

/** On one cloud and in one browser: the two cost three seconds of CPU to start. */
describeConsole('the console in a browser', (test) => {
  describe('runs', () => runsInABrowser(test));
  describe('what it has never seen', () => whatIsStrange(test));
  describe('the table and the trouble', () => tableAndTrouble(test));
  describe('faults', () => faultsInABrowser(test));
});

/** On a cloud of its own: a fault stays armed, and nothing is denied. */
describeConsole('the console for everybody', (test) => {
  let run: Promise<string> | undefined;
  function bookings(): Promise<string> {
    run ??= booked(test);
    return run;
  }
  consoleForEverybody(test, bookings);
  atEveryWidth(test, bookings);
});
