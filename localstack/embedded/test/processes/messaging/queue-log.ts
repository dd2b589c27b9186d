/** What the client of the kill test says, and the queues that it works with. */
import type { StackResource } from '#embedded/types.ts';

export type Call =
  | { readonly kind: 'send'; readonly bodies: readonly string[] }
  | { readonly kind: 'receive' }
  | { readonly kind: 'delete'; readonly body: string }
  /** Of all dead letters. */
  | { readonly kind: 'moveBack' };

export interface Outcome {
  /** With their receive counts. */
  readonly received: readonly (readonly [body: string, count: number])[];
  /** Went to the dead-letter queue. */
  readonly dead: readonly string[];
}

export type Line = { readonly call: Call } | { readonly outcome: Outcome };

export const mostReceives = 3;
export const deadArn = 'arn:aws:sqs:us-east-1:000000000000:dead';
export const urlOf = (name: string): string => `http://localhost/000000000000/${name}`;

const aQueue = (name: string, attributes: object = {}): StackResource => ({
  type: 'aws_sqs_queue',
  name,
  attributes: { name, ...attributes },
});

/** Of `createMessaging`, but for the store. */
export const messagingOptions = {
  topics: [],
  subscriptions: [],
  queuePolicies: [],
  queues: [
    aQueue('orders', {
      redrive_policy: JSON.stringify({ deadLetterTargetArn: deadArn, maxReceiveCount: mostReceives }),
    }),
    aQueue('dead'),
  ],
  environment: { region: 'us-east-1', accountId: '000000000000' },
  authorize: () => {},
  authorizeService: () => {},
  publicUrl: () => 'http://localhost',
};
