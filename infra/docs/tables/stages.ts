import { type Rate, stageNames } from '../../config.ts';
import { stages as stageTable } from '../../stages.ts';
import { table } from '../table.ts';

export function stages(): string {
  const configs = stageNames.map((name) => stageTable[name]);
  const row = (name: string, value: (config: (typeof configs)[number]) => unknown): string[] => [
    name,
    ...configs.map((config) => String(value(config))),
  ];
  const rate = (of: Rate | undefined): string => (of === undefined ? '–' : `${of.requestsPerSecond} (${of.burst})`);
  const onOff = (value: boolean): string => (value ? 'on' : 'off');
  return table(
    ['Setting', ...stageNames],
    [
      row('Demo routes', ({ demoRoutes }) => onOff(demoRoutes)),
      row('Fault injection', ({ faults }) => onOff(faults)),
      row('Cancels fail at random', ({ cancelFailureRate = 0 }) => cancelFailureRate),
      row('Payments', ({ payments }) => payments),
      row('Log retention, days', ({ logRetentionDays }) => logRetentionDays),
      row('Sign-in by bare password', ({ signIn }) => onOff(signIn.passwordFlows)),
      row('Hosted sign-in', ({ signIn }) => onOff(signIn.returnUrls.length > 0)),
      row('Deletion protection', ({ deletionProtection }) => onOff(deletionProtection)),
      row('Point-in-time recovery', ({ pointInTimeRecovery }) => onOff(pointInTimeRecovery)),
      row('Alarms tell a topic', ({ alarms }) => onOff(alarms.notify)),
      row('Requests a second (burst), each route', ({ throttling }) => rate(throttling)),
      row('… demo', ({ throttling: { routes } }) => rate(routes?.demo)),
      row('… `POST /payments/charges`', ({ throttling: { routes } }) => rate(routes?.charges)),
      row('… refusals and preflights', ({ throttling: { routes } }) => rate(routes?.methodNotAllowed)),
      row('Charges a customer a minute', ({ chargesPerMinute }) => chargesPerMinute),
      row('First redrive after, seconds', ({ redrive }) => redrive.delaySeconds),
      row('Reconciler every, minutes', ({ reconcile }) => reconcile.everyMinutes),
      row('Audit of seat holds every, minutes', ({ seatAudit }) => seatAudit.everyMinutes),
    ],
  );
}
