/** What this service adds to the local cloud: the greeting, GraphiQL, the issuer's key and the names of its commands. */
import { type Cloud, defineCloud } from '#embedded/index.ts';
import { graphiqlRoutes } from './graphiql/index.ts';
import { localKeyFile } from './issuer.ts';
import { watchSources } from './watch.ts';

const portOf = (url: string): string => new URL(url).port;

function greeting(cloud: Cloud, startSeconds: number): string {
  const { stack, issuer } = cloud;
  const api = cloud.apiUrl.replace('127.0.0.1', 'localhost');
  const aws = cloud.awsUrl.replace('127.0.0.1', 'localhost');
  const onOtherPorts = !api.endsWith(':4000') || !aws.endsWith(':4566');
  const tripAt = onOtherPorts ? `PORT=${portOf(api)} AWS_PORT=${portOf(aws)} ` : '';
  const hasGraphiql = 'graphiql' in graphiqlRoutes({ stack, issuer, apiUrl: () => api });
  return `
Holiday bookings are open at ${api}   (AWS endpoint ${aws}, ready in ${startSeconds.toFixed(2)} s, Ctrl-C stops)

  curl '${api}/?runType=success&tripID=t1'        book a holiday
  curl '${api}/?runType=failPayment&tripID=t2'    see it undone, layer by layer
  curl '${api}/health'

  ${tripAt}npm run trip -- failPayment t3                          the same, drawn state by state
  npm run -s token -- --sub alice                         a token for the routes of customers:
  curl -H "authorization: Bearer $(npm run -s token -- --sub alice)" ${api}/bookings
${hasGraphiql ? `  ${aws}/_local/graphiql                  GraphQL in the browser\n` : ''}`;
}

export const localCloud = defineCloud({
  command: 'npm start --',
  synthesizeCommand: 'npm run synth',
  stackFile: ({ STAGE }) => `cdktf.out/stacks/booking-saga-${STAGE || 'local'}/cdk.tf.json`,
  keyFile: localKeyFile,
  pages: graphiqlRoutes,
  sourceMaps: 'dist/source-maps',
  watch: watchSources,
  greeting,
});
