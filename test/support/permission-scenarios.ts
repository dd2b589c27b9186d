import { customerScenarios } from './customer-scenarios.ts';
import { backward } from './permission-checks.ts';
import { safetyNetScenarios } from './safety-net-scenarios.ts';

/** The things that the service must be able to do; each throws if it fails. */
export const scenarios = { ...customerScenarios, ...safetyNetScenarios };

export type ScenarioName = keyof typeof scenarios;

/** The scenarios that need a policy, told by the name of the construct that it belongs to. */
export function scenariosFor(policy: string, action: string): readonly ScenarioName[] {
  const construct = /\.([A-Za-z]+)_/.exec(policy)?.[1] ?? '';
  if (policy.includes('HttpApi_Health') || construct === 'Health') return ['health'];
  if (construct === 'UndeliveredEvents') return ['keeping an event that could not be delivered'];
  if (construct === 'UndeliveredMessages') return ['keeping a message that could not be delivered'];
  if (policy.includes('Loyalty')) return ['loyalty'];
  if (policy.includes('CreateCharge')) return ['charges'];
  if (policy.includes('HttpApi_Openapi') || construct === 'Openapi') return ['document'];
  if (policy.includes('HttpApi_Bookings') || construct === 'Bookings') {
    return ['customer', 'cancelling what is long booked'];
  }
  if (policy.includes('HttpApi_Flights') || construct === 'Flights') return ['flights'];
  if (policy.includes('HttpApi_Graphql') || construct === 'Graphql') {
    return ['graphql', 'cancelling what is long booked through GraphQL'];
  }
  const tells = action === 'sns:Publish' || action.startsWith('dynamodb:');
  if (construct === 'RedriveBooking' && tells) return ['telling again'];
  if (construct === 'ReserveBooking' && action === 'sns:Publish')
    return ['booking in the place of what was never told'];
  if (construct === 'CancelBooking' && action === 'sns:Publish')
    return ['a tombstone in the place of what was never told'];
  if (construct === 'CancelBooking' && action === 'dynamodb:GetItem') return ['a flight that does not exist'];
  if (construct === 'CancelBooking' && action === 'dynamodb:PutItem') return ['undoing what was never opened'];
  if (action === 'states:DescribeExecution' && construct === 'RedriveBooking') {
    return ['redriving what its event does not tell'];
  }
  if (construct === 'RedriveBooking' || construct === 'Redrive') return ['redrive', 'giving up'];
  if (construct === 'ReconcileBookings' && action === 'sqs:SendMessage') return ['keeping the record of a failed run'];
  if (construct === 'ReconcileBookings' || construct === 'Reconciler') return ['reconciling'];
  if (construct === 'AuditSeatHolds' && action === 'sqs:SendMessage') return ['keeping the record of a failed audit'];
  if (construct === 'AuditSeatHolds' || construct === 'SeatAudit') return ['auditing seats'];
  if (construct === 'ProcessBooking') return action === 'sqs:SendMessage' ? ['dead letter'] : ['booking'];
  if (backward.includes(construct)) return ['undoing', 'voiding a late charge'];
  return ['booking'];
}
