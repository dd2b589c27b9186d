import { type Construct, SqsQueuePolicy } from '../cdktf.ts';

/** Lets one AWS service send to a queue, for one source alone. A queue has room for one policy. */
export function admitToQueue(
  scope: Construct,
  {
    queue,
    service,
    sourceArn,
  }: {
    readonly queue: { readonly arn: string; readonly url: string };
    readonly service: string;
    readonly sourceArn: string;
  },
): SqsQueuePolicy {
  return new SqsQueuePolicy(scope, 'QueuePolicy', {
    queueUrl: queue.url,
    policy: JSON.stringify({ Version: '2012-10-17', Statement: [senderStatement(queue, service, [sourceArn])] }),
  });
}

/** The statement of a queue's policy that admits one service for these rules or topics. */
export function senderStatement(
  queue: { readonly arn: string },
  service: string,
  sourceArns: readonly string[],
): object {
  return {
    Effect: 'Allow',
    Principal: { Service: service },
    Action: ['sqs:SendMessage'],
    Resource: [queue.arn],
    Condition: { ArnEquals: { 'aws:SourceArn': sourceArns.length === 1 ? sourceArns[0] : sourceArns } },
  };
}
