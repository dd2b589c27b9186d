/** What this service adds to the local cloud: the greeting, GraphiQL, the issuer's key and the names of its commands. */
import { type Cloud, defineCloud, printable } from '#embedded/index.ts';
import { consoleUrl, mountConsole } from './console/index.ts';
import { graphiqlRoutes } from './graphiql/index.ts';
import { localKeyFile } from './issuer.ts';
import { watchSources } from './watch.ts';

/** A URL leaves out the port that is its scheme's own; a stack without an HTTP API has no URL. */
const portOf = (url: string): string => (url === '' ? '0' : new URL(url).port || '80');

/** Commands beside what they do. */
function lines(rows: readonly (readonly [command: string, effect: string])[]): string {
  const width = Math.max(...rows.map(([command, effect]) => (effect === '' ? 0 : command.length)));
  return rows.map(([command, effect]) => `  ${command.padEnd(width)}   ${effect}`.trimEnd()).join('\n');
}

function greeting(cloud: Cloud, startSeconds: number): string {
  const { stack, issuer } = cloud;
  const api = printable(cloud.apiUrl);
  const aws = printable(cloud.awsUrl);
  const page = consoleUrl(cloud);
  const ports = [portOf(api), portOf(aws)];
  const elsewhere = ports.join() === '4000,4566' ? '' : `PORT=${ports[0]} AWS_PORT=${ports[1]} `;
  const hasDemo = stack
    .resources('aws_apigatewayv2_route')
    .some(({ attributes }) => attributes.route_key === '$default');
  const hasGraphiql = 'graphiql' in graphiqlRoutes({ stack, issuer, apiUrl: () => api });
  type Row = readonly [command: string, effect: string];
  const when = (holds: boolean, ...rows: readonly Row[]): readonly Row[] => (holds ? rows : []);
  const rows = [
    ...when(
      hasDemo,
      [`curl '${api}/?runType=success&tripID=t1'`, 'book a holiday'],
      [`curl '${api}/?runType=failPayment&tripID=t2'`, 'see it undone, layer by layer'],
    ),
    ...when(true, [`curl '${api}/health'`, 'whether it runs']),
    ...when(hasDemo, [`${elsewhere}npm run trip -- failPayment t3`, 'the undoing, drawn state by state']),
    ...when(
      true,
      ['npm run -s token -- --sub alice', 'a token for the routes of customers:'],
      [`curl -H "authorization: Bearer $(npm run -s token -- --sub alice)" ${api}/bookings`, ''],
    ),
    ...when(hasGraphiql, [`${aws}/_local/graphiql`, 'GraphQL in the browser']),
    ...when(page !== undefined, [page ?? '', 'the console: see the runs, in the browser']),
    ...when(true, [aws, 'what runs, in the browser']),
  ];
  return `
Holiday bookings are open at ${api}   (AWS endpoint ${aws}, ready in ${startSeconds.toFixed(2)} s, Ctrl-C stops)

${lines(rows)}
`;
}

export const localCloud = defineCloud({
  command: 'npm start --',
  synthesizeCommand: 'npm run synth',
  stackFile: ({ STAGE }) => `cdktf.out/stacks/booking-saga-${STAGE || 'local'}/cdk.tf.json`,
  keyFile: localKeyFile,
  pages: graphiqlRoutes,
  sourceMaps: 'dist/source-maps',
  watch: watchSources,
  opened: mountConsole,
  page: consoleUrl,
  greeting,
});
