/** `npm run lint:openapi`: the committed document against Redocly's rules. */
import { readFileSync } from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { runCommand } from '../operations/run-command.ts';
import { openApiFile } from '../paths.ts';

const rules = {
  'no-unused-components': 'error',
} as const;

/** One line a problem; empty where the document is fine. */
export async function lintOpenApi(source: string): Promise<string[]> {
  const config = await createConfig({ extends: ['recommended'], rules });
  const problems = await lintFromString({ source, absoluteRef: openApiFile, config });
  return problems.map(({ severity, ruleId, message, location }) => {
    return `${severity} ${ruleId} ${location[0]?.pointer ?? ''}: ${message}`;
  });
}

const usage = `npm run lint:openapi    the committed OpenAPI document against Redocly's rules

  --help   this text`;

if (import.meta.filename === process.argv[1]) {
  await runCommand('lint:openapi', usage, {}, async () => {
    const problems = await lintOpenApi(readFileSync(openApiFile, 'utf8'));
    for (const problem of problems) console.error(problem);
    if (problems.length > 0) process.exitCode = 1;
    else console.log('schema/openapi.json follows the rules');
  });
}
