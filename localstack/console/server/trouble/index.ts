/** Routes of the console's API that show what went wrong. */
import { tableReader } from '../data/table-reader.ts';
import { refused } from '../reply.ts';
import type { Source } from '../source.ts';
import { alarmRows } from './alarms.ts';
import { createLetters } from './letters.ts';
import type { Recorder } from './recorder.ts';
import { unfinishedOf } from './unfinished.ts';

export { createRecorder, type Recorder } from './recorder.ts';

type Route = (parts: readonly string[], request: { readonly body: unknown }) => unknown;

/** An empty list would say that there is nothing. */
const elsewhere: Readonly<Record<string, Route>> = Object.fromEntries(
  ['denials', 'alarms', 'messages', 'metrics'].map((what) => [
    `GET /trouble/${what}`,
    () => refused(409, `Only the console of npm start knows ${what}. On AWS, see CloudWatch and CloudTrail.`),
  ]),
);

export function troubleRoutes(source: Source, recorder: Recorder): Readonly<Record<string, Route>> {
  const { call, tableName, clients, alarms, mails, isLimited } = source;
  const table = tableReader(call, tableName);
  const letters = createLetters(clients, source);
  const since = Date.now();
  const watched: Readonly<Record<string, Route>> = {
    'GET /trouble/denials': () => recorder.denials(),
    'GET /trouble/alarms': () => alarmRows(alarms, { call, measures: recorder.measures, now: Date.now, since }),
    'GET /trouble/messages': async () =>
      [...recorder.messages(), ...(await mails())].sort((one, other) => other.at - one.at),
    'GET /trouble/metrics': () => recorder.metrics(),
  };
  return {
    'GET /trouble/letters': () => letters.list(),
    'POST /trouble/letters/redrive': (_, { body }) => letters.redrive(body),
    'GET /trouble/unfinished': () => unfinishedOf(table),
    ...(isLimited ? elsewhere : watched),
    'GET /trouble/:': ([what]) => refused(404, `There is no trouble called ${what}`),
  };
}
