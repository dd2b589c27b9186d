import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadStack } from '#embedded/index.ts';
import { pascalCase } from '#infra/functions/names.ts';
import { renderAsl } from '#infra/render-asl.ts';
import { stackFile } from '#test/support/faulty-cloud.ts';
import { previousAsl } from './release.ts';

export interface StackFile {
  readonly file: string;
  remove(): void;
}

/**
 * The present stack with the state machine of the release before: what a saga that is under way has left of its release once
 * the next one is there, were it not for versions. Its functions are named without one.
 */
export function stackWithPreviousMachine(): StackFile {
  const folder = mkdtempSync(join(tmpdir(), 'booking-previous-'));
  const stack = JSON.parse(readFileSync(stackFile, 'utf8'));
  const [machine] = Object.values(stack.resource.aws_sfn_state_machine) as { definition: string }[];
  if (machine === undefined) throw new Error(`${stackFile} has no state machine`);
  machine.definition = renderAsl(previousAsl(), placeholderValues()).definition;
  symlinkSync(join(dirname(stackFile), 'assets'), join(folder, 'assets'));
  writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(stack));
  return { file: join(folder, 'cdk.tf.json'), remove: () => rmSync(folder, { recursive: true }) };
}

function placeholderValues(): Record<string, string> {
  const { resources, outputs } = loadStack(stackFile);
  const functions = resources('aws_lambda_function').map(({ attributes: { function_name: name, arn } }) => [
    `${pascalCase(name.replace('booking-saga-local-', ''))}FunctionArn`,
    arn,
  ]);
  return {
    ...Object.fromEntries(functions),
    TableName: String(outputs.table_name),
    DeadLetterQueueUrl: String(outputs.dead_letter_queue_url),
  };
}
