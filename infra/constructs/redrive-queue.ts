import type { Construct } from '../cdktf.ts';
import { FunctionQueue, type FunctionQueueProps } from './function-queue.ts';

/** Holds the executions that ended without undoing all until the redrive function has seen to them. */
export class RedriveQueue extends FunctionQueue {
  readonly delaySeconds: number;

  constructor(scope: Construct, id: string, props: FunctionQueueProps) {
    super(scope, id, { ...props, name: 'redrive' });
    this.delaySeconds = props.config.redrive.delaySeconds;
  }
}
