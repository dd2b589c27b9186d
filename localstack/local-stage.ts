import type { Stack } from '#embedded/index.ts';

/** Whether all functions of the stack are those of stage local. */
export function isLocalStage(stack: Stack): boolean {
  return stack
    .resources('aws_lambda_function')
    .every(({ attributes }) => [attributes.environment].flat()[0]?.variables?.STAGE === 'local');
}
