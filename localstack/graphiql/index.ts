/** GraphiQL for the local stage: a page and its scripts out of `node_modules`. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { LocalFile, type LocalPages } from '#embedded/index.ts';
import { adminGroup } from '#schema/admin-group.ts';
import { demoCustomer } from '#schema/demo-request.ts';
import { isLocalStage } from '../local-stage.ts';
import { graphiqlPage } from './page.ts';

const { resolve } = createRequire(import.meta.url);

/** Below `/_local/graphiql/`. */
const files = {
  'react.js': ['react', 'umd/react.production.min.js', 'text/javascript'],
  'react-dom.js': ['react-dom', 'umd/react-dom.production.min.js', 'text/javascript'],
  'graphiql.js': ['graphiql', 'graphiql.min.js', 'text/javascript'],
  'graphiql.css': ['graphiql', 'graphiql.min.css', 'text/css'],
} as const;

/** `graphiql` and what belongs to it; nothing for other stages than local, and for stacks without GraphQL or authorizer. */
export const graphiqlRoutes: LocalPages = ({ stack, issuer, apiUrl }) => {
  const hasGraphql = stack
    .resources('aws_apigatewayv2_route')
    .some(({ attributes }) => attributes.route_key === 'POST /graphql');
  if (issuer === undefined || !hasGraphql || !isLocalStage(stack)) return {};
  const scripts = Object.entries(files).map(([name, [library, file, type]]) => [
    `graphiql/${name}`,
    () =>
      new LocalFile(`${type}; charset=utf-8`, readFileSync(join(dirname(resolve(`${library}/package.json`)), file))),
  ]);
  return {
    ...Object.fromEntries(scripts),
    /** `?sub=&group=Admin`: whose token the page begins with; the demo's customer by default. */
    async graphiql(query) {
      const sub = query.get('sub') || demoCustomer;
      const isAdmin = query.get('group') === adminGroup;
      const token = await issuer.sign({ sub, groups: isAdmin ? [adminGroup] : [] });
      const page = graphiqlPage({ graphqlUrl: `${apiUrl()}/graphql`, sub, isAdmin, token });
      return new LocalFile('text/html; charset=utf-8', page);
    },
  };
};
