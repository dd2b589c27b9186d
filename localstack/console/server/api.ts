/** The console's own API, which only its page uses. */
import { nameOfArn } from '#schema/arn.ts';
import { layoutOf } from '../build/index.ts';
import { edgesOf, mainPath } from '../model/asl.ts';
import type { RunDetails, Start } from '../model/wire.ts';
import { actionsOf, createActions } from './actions.ts';
import { bookBurst, bookRequestOf } from './book.ts';
import { dataRoutes } from './data/index.ts';
import { evidenceOf } from './evidence.ts';
import { type Faults, faultRoutes } from './faults/index.ts';
import { json, type Reply, refused } from './reply.ts';
import type { Runs } from './runs.ts';
import type { Source } from './source.ts';
import { type Recorder, troubleRoutes } from './trouble/index.ts';

export interface ApiRequest {
  readonly method: string;
  /** Below `/_console/api`, still encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Parsed JSON. */
  readonly body: unknown;
}

const noBooking = 'There is no demo route to book by';

type Answer = (parts: readonly string[], request: ApiRequest) => unknown;

export function createApi(
  source: Source,
  runs: Runs,
  recorder: Recorder,
  faults: Faults | undefined,
): (request: ApiRequest) => Promise<Reply> {
  const act = createActions(source, runs);
  const { target, actions, machineArn, book } = source;
  const machine = nameOfArn(machineArn);

  async function start(): Promise<Start> {
    const [definition, { runTypes, legs }] = await Promise.all([runs.definition(undefined), source.choices()]);
    const path = mainPath(definition.StartAt, edgesOf(definition));
    const books = actions && book !== undefined;
    return { target, actions, machine, runTypes, legs, path, books, faults: actions && source.intercept !== undefined };
  }

  /** By method and path; `:` stands for any one segment. */
  const routes: Readonly<Record<string, Answer>> = {
    'GET /start': start,
    'GET /flights': () => source.flights?.() ?? [],
    'GET /runs': (_, { query }) => {
      const names = query.getAll('name');
      return names.length === 0 ? runs.list() : runs.rows(names);
    },
    'GET /runs/:': async ([name = '']) => {
      const details = await runs.details(name);
      return { ...details, actions: actionsOf(details, source) } satisfies RunDetails;
    },
    'GET /runs/:/events': ([name = ''], { query }) => runs.events(name, Number(query.get('after') ?? 0)),
    'GET /runs/:/events/:': ([name = '', id]) => runs.event(name, Number(id)),
    'GET /runs/:/graph': async ([name]) => layoutOf(await runs.definition(name)),
    ...dataRoutes(source),
    'GET /runs/:/evidence': ([run = ''], { query }) =>
      evidenceOf(source, {
        run,
        state: query.get('state') ?? '',
        functionName: query.get('function') ?? undefined,
        from: Number(query.get('from')),
        to: Number(query.get('to') ?? Date.now()),
      }),
    ...troubleRoutes(source, recorder),
    ...faultRoutes(faults, runs),
    'GET /graph': async () => layoutOf(await runs.definition(undefined)),
    'POST /runs/:/stop': ([name = '']) => act.stop(name),
    'POST /runs/:/cancel': ([name = '']) => act.cancel(name),
    'POST /runs/:/redrive': ([name = '']) => act.redrive(name),
    'POST /book': async (_, { body }) => {
      if (book === undefined) return refused(409, noBooking);
      return { name: await book(bookRequestOf(body)) };
    },
    'POST /burst': (_, { body }) => (book === undefined ? refused(409, noBooking) : bookBurst(body, book)),
  };

  return async (request) => {
    if (request.method !== 'GET' && !actions) return refused(403, 'Read-only: start the console with --allow-actions');
    const segments = request.path.split('/').slice(1).map(decodeURIComponent);
    for (const [route, answer] of Object.entries(routes)) {
      const parts = partsOf(route, request.method, segments);
      if (parts === undefined) continue;
      const value = await answer(parts, request);
      return isReply(value) ? value : json(value);
    }
    return refused(404, `There is nothing at ${request.path}`);
  };
}

/** What stands for the colons; undefined where the route is another. */
function partsOf(route: string, method: string, segments: readonly string[]): readonly string[] | undefined {
  const [ofMethod, path = ''] = route.split(' ');
  const wanted = path.split('/').slice(1);
  if (ofMethod !== method || wanted.length !== segments.length) return undefined;
  if (wanted.some((part, at) => part !== ':' && part !== segments[at])) return undefined;
  return segments.filter((_, at) => wanted[at] === ':');
}

const isReply = (value: unknown): value is Reply =>
  typeof value === 'object' && value !== null && 'status' in value && 'headers' in value && 'body' in value;
