import { bookingTable } from '#functions/shared/aws/table.ts';
import { dynamoDbReservationStore } from '#functions/shared/saga/dynamodb-reservation-store.ts';
import { sagaStep } from '#functions/shared/saga/saga-step.ts';
import { paymentGateway } from '#payment-provider';
import { CompensationInput } from '#schema/saga-input.ts';
import { refundPayment } from './payment.ts';

const table = bookingTable();
const dependencies = { reservations: dynamoDbReservationStore(table), gateway: paymentGateway(table) };

export const handler = sagaStep('RefundPayment', CompensationInput, (trip) => refundPayment(trip, dependencies));
