import type { Construct } from '../cdktf.ts';
import type { StageConfig } from '../config.ts';
import type { SagaFunction } from './saga-function.ts';
import { type ScheduleDeadLetters, ScheduledFunction } from './scheduled-function.ts';

/** The clock of the audit that gives back the seats which no booking holds any more. */
export class SeatAudit extends ScheduledFunction {
  constructor(
    scope: Construct,
    id: string,
    props: ScheduleDeadLetters & { readonly config: StageConfig; readonly audit: SagaFunction },
  ) {
    const { config, audit } = props;
    super(scope, id, {
      ...props,
      name: 'seat-audit',
      description: 'Looks for seat holds that no booking has any more',
      everyMinutes: config.seatAudit.everyMinutes,
      scheduled: audit,
    });
  }
}
