import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allLegs } from '#functions/legs.ts';
import { sagaErrors } from '#functions/saga-errors.ts';
import { failingStateByRunType } from '#functions/trip/run-types.ts';
import { readSaga } from '../../statemachine/tools/asl.ts';
import { drawOverview, drawSaga } from '../../statemachine/tools/draw.ts';
import { bundleFunctions } from '../bundling/bundle.ts';
import { type Rate, stageNames } from '../config.ts';
import { costSections } from '../cost/sections.ts';
import type { SagaFunctionDefinition } from '../functions/definition.ts';
import { openApiDocument, sharedProblems } from '../openapi/document.ts';
import { operations } from '../openapi/operations.ts';
import { withoutArticle } from '../openapi/words.ts';
import { projectRoot } from '../paths.ts';
import { sagaFunctions } from '../saga-functions.ts';
import { stages as stageTable } from '../stages.ts';
import { bookedLegTypes } from './booked-leg-types.ts';
import { contents } from './contents.ts';
import { decisionIndex } from './decisions.ts';
import { filesOf } from './pages.ts';
import { type Section, wholeFile } from './section.ts';
import { table } from './table.ts';

export const sections: readonly Section[] = [
  { file: 'docs/saga.md', marker: 'saga-overview', content: () => mermaid(drawOverview(readSaga())) },
  { file: 'statemachine/README.md', marker: 'saga', content: () => mermaid(drawSaga(readSaga())) },
  { file: 'schema/openapi.json', marker: wholeFile, content: () => JSON.stringify(openApiDocument(), null, 2) },
  { file: 'schema/booking.graphql', marker: 'legs', content: () => bookedLegTypes(allLegs) },
  { file: 'docs/reference.md', marker: 'legs', content: legs },
  { file: 'docs/reference.md', marker: 'routes', content: routes },
  { file: 'docs/reference.md', marker: 'problems', content: problems },
  { file: 'docs/demo.md', marker: 'run-types', content: runTypes },
  { file: 'docs/reference.md', marker: 'access-patterns', content: accessPatterns },
  { file: 'docs/reference.md', marker: 'errors', content: errors },
  { file: 'docs/reference.md', marker: 'stages', content: stages },
  { file: 'docs/reference.md', marker: 'bundles', content: bundles },
  ...costSections,
  { file: 'docs/README.md', marker: 'contents', content: () => contents([...filesOf('docs/*.md')].filter(isPage)) },
  { file: 'docs/decisions/README.md', marker: 'decisions', content: decisions },
];

const mermaid = (drawing: string): string => `\`\`\`mermaid\n${drawing}\n\`\`\``;

/** In the order in which they are reserved. */
function legs(): string {
  return table(
    ['Leg', 'Asked for by', 'Price', 'States'],
    allLegs.map(({ name, called, source, states }) => [
      withoutArticle(called),
      source.from === 'request' ? `\`${name}\`` : 'every booking',
      source.from === 'request' ? source.price.said : 'its ticket',
      Object.values(states)
        .map((state) => `\`${state}\``)
        .join(', '),
    ]),
  );
}

/** The REST API's routes, then those that it does not describe. */
function routes(): string {
  const described = new Set(operations.map(({ routeKey }) => routeKey));
  const others: Readonly<Record<string, string>> = {
    'POST /graphql': 'GraphQL: `schema/booking.graphql`',
    'GET /openapi.json': 'The OpenAPI document of these routes',
    $default: "The demo: books the example's trip (stages with demo routes)",
  };
  return table(
    ['Route', 'Does', 'Token'],
    [
      ...operations.map(({ routeKey, summary, open }) => [`\`${routeKey}\``, summary, open ? 'no' : 'yes']),
      ...sagaFunctions.flatMap((definition: SagaFunctionDefinition) =>
        (definition.routes ?? [])
          .filter((routeKey) => !routeKey.startsWith('ANY ') && !described.has(routeKey))
          .map((routeKey) => [`\`${routeKey}\``, others[routeKey] ?? '', definition.access === 'open' ? 'no' : 'yes']),
      ),
    ],
  );
}

/** What each route refuses, equal refusals together. */
function problems(): string {
  const routesOf = new Map<string, string[]>();
  for (const { routeKey, problems: own = {} } of operations) {
    for (const [status, meaning] of Object.entries(own)) {
      const row = `${status} | ${meaning}`;
      routesOf.set(row, [...(routesOf.get(row) ?? []), `\`${routeKey}\``]);
    }
  }
  for (const { status, meaning, isForTokens } of sharedProblems) {
    routesOf.set(`${status} | ${meaning}`, [isForTokens ? 'every route that asks for a token' : 'every route']);
  }
  return table(
    ['Status', 'Meaning', 'Routes'],
    [...routesOf].sort(([a], [b]) => (a < b ? -1 : 1)).map(([row, routes]) => [...row.split(' | '), routes.join(', ')]),
  );
}

function runTypes(): string {
  return table(
    ['Run type', 'What fails', 'How it ends'],
    Object.entries(failingStateByRunType).map(([runType, state]) => [
      `\`${runType}\``,
      state === undefined ? 'nothing' : `\`${state}\``,
      state === undefined || state === 'NotifyBookingConfirmed'
        ? `CONFIRMED${state ? ', with a dead letter for the notification' : ''}`
        : 'CANCELLED, nothing left',
    ]),
  );
}

/** The table in the comment of the module that spells the keys. */
function accessPatterns(): string {
  const source = readFileSync(new URL('../../schema/table.ts', import.meta.url), 'utf8');
  return [...source.matchAll(/^ \* (\|.*\|)$/gm)].map(([, row]) => row).join('\n');
}

function errors(): string {
  const source = globSync('functions/**/*-errors.ts', { cwd: projectRoot })
    .map((file) => readFileSync(join(projectRoot, file), 'utf8'))
    .join('\n');
  return table(
    ['Error', 'Meaning', 'Retried'],
    sagaErrors.map((SagaErrorClass) => {
      const { name, retryable } = new SagaErrorClass('');
      const comment = new RegExp(`/\\*\\* ([^*]+) \\*/\\nexport class ${name} `).exec(source)?.[1] ?? '';
      return [`\`${name}\``, comment.replaceAll(/\s+/g, ' '), retryable ? 'yes' : 'no'];
    }),
  );
}

function stages(): string {
  const configs = stageNames.map((name) => stageTable[name]);
  const row = (name: string, value: (config: (typeof configs)[number]) => unknown): string[] => [
    name,
    ...configs.map((config) => String(value(config))),
  ];
  const rate = (of: Rate | undefined): string => (of === undefined ? '–' : `${of.requestsPerSecond} (${of.burst})`);
  const onOff = (value: boolean): string => (value ? 'on' : 'off');
  return table(
    ['Setting', ...stageNames],
    [
      row('Demo routes', ({ demoRoutes }) => onOff(demoRoutes)),
      row('Fault injection', ({ faults }) => onOff(faults)),
      row('Cancels fail at random', ({ cancelFailureRate = 0 }) => cancelFailureRate),
      row('Payments', ({ payments }) => payments),
      row('Log retention, days', ({ logRetentionDays }) => logRetentionDays),
      row('Sign-in by bare password', ({ signIn }) => onOff(signIn.passwordFlows)),
      row('Hosted sign-in', ({ signIn }) => onOff(signIn.returnUrls.length > 0)),
      row('Deletion protection', ({ deletionProtection }) => onOff(deletionProtection)),
      row('Point-in-time recovery', ({ pointInTimeRecovery }) => onOff(pointInTimeRecovery)),
      row('Alarms tell a topic', ({ alarms }) => onOff(alarms.notify)),
      row('Requests a second (burst), each route', ({ throttling }) => rate(throttling)),
      row('… demo', ({ throttling: { routes } }) => rate(routes?.demo)),
      row('… `POST /payments/charges`', ({ throttling: { routes } }) => rate(routes?.charges)),
      row('… refusals and preflights', ({ throttling: { routes } }) => rate(routes?.methodNotAllowed)),
      row('Charges a customer a minute', ({ chargesPerMinute }) => chargesPerMinute),
      row('First redrive after, seconds', ({ redrive }) => redrive.delaySeconds),
      row('Reconciler every, minutes', ({ reconcile }) => reconcile.everyMinutes),
      row('Audit of seat holds every, minutes', ({ seatAudit }) => seatAudit.everyMinutes),
    ],
  );
}

/** Not the list of pages itself. */
const isPage = ([file]: readonly [string, string]): boolean => !file.endsWith('/README.md');

function decisions(): string {
  return decisionIndex([...filesOf('docs/decisions/*.md')].filter(isPage));
}

/** Rounded up to five kilobytes, so that a change of one function is no change of the page for all. */
async function bundles(): Promise<string> {
  const built = await bundleFunctions('faults');
  const rows = built
    .map(({ definition: { name, role }, gzippedBytes }) => ({
      name,
      role,
      kilobytes: Math.ceil(gzippedBytes / 5000) * 5,
    }))
    .sort((a, b) => b.kilobytes - a.kilobytes || a.name.localeCompare(b.name));
  return table(
    ['Function', 'Kind', 'Gzipped, kB'],
    rows.map(({ name, role, kilobytes }) => [`\`${name}\``, role, `${kilobytes}`]),
  );
}
