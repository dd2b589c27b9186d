import { type Construct, SqsQueuePolicy } from '../cdktf.ts';
import type { FunctionQueue } from './function-queue.ts';

/** Lets one AWS service send to a queue, for one source alone. A queue has room for one policy. */
export function admitToQueue(
  scope: Construct,
  {
    queue,
    service,
    sourceArn,
  }: { readonly queue: FunctionQueue; readonly service: string; readonly sourceArn: string },
): SqsQueuePolicy {
  return new SqsQueuePolicy(scope, 'QueuePolicy', {
    queueUrl: queue.url,
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: service },
          Action: ['sqs:SendMessage'],
          Resource: [queue.arn],
          Condition: { ArnEquals: { 'aws:SourceArn': sourceArn } },
        },
      ],
    }),
  });
}
