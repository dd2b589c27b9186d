import { CloudwatchEventRule, CloudwatchEventTarget, Construct, LambdaPermission } from '../cdktf.ts';
import { physicalName, type StageConfig } from '../config.ts';
import type { BookingMachine } from './booking-machine.ts';
import type { SagaFunction } from './saga-function.ts';

/** More than clocks differ and than an ended execution's event takes to be dealt with. */
const marginSeconds = 300;

/** The clock of the reconciler, which finds what no event told of. */
export class Reconciler extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: { readonly config: StageConfig; readonly machine: BookingMachine; readonly reconcile: SagaFunction },
  ) {
    super(scope, id);
    const { config, machine, reconcile } = props;
    reconcile.setVariable('RECONCILE_AGE_SECONDS', reconcileAge(config, machine.timeoutSeconds));

    const { everyMinutes } = config.reconcile;
    const rule = new CloudwatchEventRule(this, 'Schedule', {
      name: physicalName(config, 'reconcile'),
      description: 'Looks for bookings and seat holds that nothing will finish',
      scheduleExpression: `rate(${everyMinutes} ${everyMinutes === 1 ? 'minute' : 'minutes'})`,
    });
    const permission = new LambdaPermission(this, 'Permission', {
      statementId: 'schedule',
      action: 'lambda:InvokeFunction',
      functionName: reconcile.functionName,
      principal: 'events.amazonaws.com',
      sourceArn: rule.arn,
    });
    new CloudwatchEventTarget(this, 'Target', { rule: rule.name, arn: reconcile.arn, dependsOn: [permission] });
  }
}

/** A booking younger than the machine's time limit may still be running, and must not be undone under its feet. */
export function reconcileAge({ stage, reconcile }: StageConfig, machineTimeoutSeconds: number): number {
  const age = reconcile.ageSeconds ?? machineTimeoutSeconds + marginSeconds;
  if (age <= machineTimeoutSeconds) {
    throw new Error(
      `Stage "${stage}": reconcile.ageSeconds (${age}) must exceed the machine's TimeoutSeconds (${machineTimeoutSeconds}), or running bookings would be redriven`,
    );
  }
  return age;
}
