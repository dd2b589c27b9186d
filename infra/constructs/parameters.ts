import { Construct, SsmParameter } from '../cdktf.ts';
import { bookingTopicParameter, type StageConfig, stateMachineParameter } from '../config.ts';
import type { BookingMachine } from './booking-machine.ts';
import type { BookingTopic } from './booking-topic.ts';

/** Where other services look up this one's ARNs; the names are a contract. */
export class Parameters extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: { readonly config: StageConfig; readonly machine: BookingMachine; readonly topic: BookingTopic },
  ) {
    super(scope, id);
    new SsmParameter(this, 'StateMachine', {
      name: stateMachineParameter(props.config),
      type: 'String',
      value: props.machine.arn,
    });
    new SsmParameter(this, 'Topic', {
      name: bookingTopicParameter(props.config),
      type: 'String',
      value: props.topic.arn,
    });
  }
}
