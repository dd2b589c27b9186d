import { type Construct, LambdaEventSourceMapping } from '../cdktf.ts';
import type { FunctionQueue } from './function-queue.ts';
import type { SagaFunction } from './saga-function.ts';

const batchSize = 10;

/** Lets a function work off a queue, and put back single messages of a batch. */
export function consumeQueue(
  scope: Construct,
  {
    queue,
    consumer,
    maxConcurrency,
  }: { readonly queue: FunctionQueue; readonly consumer: SagaFunction; readonly maxConcurrency: number },
): void {
  new LambdaEventSourceMapping(scope, 'EventSource', {
    eventSourceArn: queue.arn,
    functionName: consumer.arn,
    batchSize,
    functionResponseTypes: ['ReportBatchItemFailures'],
    scalingConfig: { maximumConcurrency: maxConcurrency },
    // Lambda looks into the role when the mapping is made.
    dependsOn: [consumer.role.policy],
  });
}
