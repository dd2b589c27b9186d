import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import { parse } from 'graphql';
import { filesOf } from './pages.ts';

/** TypeScript's types of all that clients may send: arguments and inputs. */
export async function graphQlTypes(): Promise<string> {
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
