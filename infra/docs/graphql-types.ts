import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import { parse } from 'graphql';
import { projectRoot } from '../paths.ts';

/** TypeScript's types of all that clients may send: arguments and inputs. */
export async function graphQlTypes(): Promise<string> {
  const options = {
    schema: parse(readFileSync(join(projectRoot, 'schema', 'booking.graphql'), 'utf8')),
    documents: [],
    filename: 'graphql-types.ts',
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
  };
  const types = await codegen(options);
  return `// From booking.graphql, by \`npm run docs\`.\n${types.trimEnd()}`;
}
