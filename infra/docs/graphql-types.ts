import { parse } from 'graphql';
import { filesOf } from './pages.ts';

/** TypeScript's types of all that clients may send: arguments and inputs. */
export async function graphQlTypes(): Promise<string> {
  // Loaded behind GraphQL itself, which they require: Jest refuses that while GraphQL is being linked.
  const { codegen } = await import('@graphql-codegen/core');
  const typescript = await import('@graphql-codegen/typescript');
  const types = await codegen({
    schema: parse([...filesOf('schema/graphql/*.graphql').values()].join('\n')),
    documents: [],
    filename: 'types.ts',
    config: {},
    pluginMap: { typescript },
    plugins: [
      {
        typescript: {
          immutableTypes: true,
          skipTypename: true,
          enumsAsTypes: true,
          scalars: { ID: { input: 'string', output: 'string' }, AWSDateTime: 'string' },
        },
      },
    ],
  });
  return `// From the files beside it, by \`npm run docs\`.\n${types.trimEnd()}`;
}
