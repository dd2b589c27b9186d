import { describe, expect, it } from '@jest/globals';
import { checkLogDelivery } from '#embedded/machine-logging.ts';
import { machinesOf } from '#embedded/open-step-functions.ts';
import { AwsError, type Stack, type StackResource } from '#embedded/types.ts';

const groupArn = 'arn:aws:logs:us-east-1:000000000000:log-group:/machines/sorting:*';
const logging = { level: 'ALL', include_execution_data: true, log_destination: groupArn };

function stackOf(attributes: object, groups: readonly string[] = ['/machines/sorting']) {
  const resource = (type: string, name: string, own: object): StackResource => ({ type, name, attributes: { ...own } });
  const machine = resource('aws_sfn_state_machine', 'Sorting', {
    name: 'sorting',
    definition: '{"StartAt":"A"}',
    ...attributes,
  });
  const logGroups = groups.map((name) => resource('aws_cloudwatch_log_group', name, { name }));
  return { resources: (type: string) => (type === machine.type ? [machine] : logGroups) } as unknown as Stack;
}

const machineWith = (attributes: object, groups?: readonly string[]) => machinesOf(stackOf(attributes, groups))[0];

describe('how a machine is logged', () => {
  it('is read from the stack', () => {
    expect(machineWith({ logging_configuration: logging, tracing_configuration: { enabled: true } })).toMatchObject({
      logging: { level: 'ALL', includeExecutionData: true, groupArn },
      tracing: true,
    });
  });

  it.each([[{}], [{ logging_configuration: {} }], [{ logging_configuration: { level: 'OFF' } }]])(
    'is not at all with %j',
    (attributes) => {
      expect(machineWith(attributes)).toMatchObject({
        logging: { level: 'OFF', includeExecutionData: false, groupArn: undefined },
        tracing: false,
      });
    },
  );

  it.each<[string, object]>([
    ['level "LOUD" is none of ALL, ERROR, FATAL, OFF', { ...logging, level: 'LOUD' }],
    ['log_destination is missing', { level: 'ALL' }],
    [
      'log_destination "/machines/sorting" is no ARN of a log group that ends in :*',
      { ...logging, log_destination: '/machines/sorting' },
    ],
    [`log_destination "${groupArn.slice(0, -2)}" is no ARN`, { ...logging, log_destination: groupArn.slice(0, -2) }],
  ])('is refused: %s', (message, logging_configuration) => {
    expect(() => machineWith({ logging_configuration })).toThrow(
      `aws_sfn_state_machine.Sorting: logging_configuration.${message}`,
    );
  });

  it('is refused where the stack has no such log group', () => {
    expect(() => machineWith({ logging_configuration: logging }, ['/other'])).toThrow(
      'aws_sfn_state_machine.Sorting: logging_configuration.log_destination: the stack has no log group /machines/sorting',
    );
  });

  it('takes a role that may deliver a log', () => {
    const machines = machinesOf(stackOf({ role_arn: 'role', logging_configuration: logging }));
    const refusing = (refused: string) => (_: unknown, action: string) => {
      if (action === refused) throw new AwsError('AccessDeniedException', `no ${action}`);
    };

    expect(() => checkLogDelivery(machines, refusing('sqs:SendMessage'))).not.toThrow();
    expect(() => checkLogDelivery(machines, refusing('logs:UpdateLogDelivery'))).toThrow(
      'state machine sorting: its role may not do logs:UpdateLogDelivery on *',
    );
  });

  it('takes any role where nothing is logged', () => {
    const refusing = () => {
      throw new AwsError('AccessDeniedException', 'no');
    };
    expect(() => checkLogDelivery(machinesOf(stackOf({ role_arn: 'role' })), refusing)).not.toThrow();
  });
});
