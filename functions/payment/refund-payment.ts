import { bookingTable } from '#functions/shared/aws/table.ts';
import { dynamoDbReservationStore } from '#functions/shared/saga/dynamodb-reservation-store.ts';
import { sagaStep } from '#functions/shared/saga/saga-step.ts';
import { CompensationInput } from '#functions/trip/run-input.ts';
import { paymentGateway } from '#payment-provider';
import { refundPayment } from './payment.ts';

const table = bookingTable();
const dependencies = { reservations: dynamoDbReservationStore(table), gateway: paymentGateway(table) };

export const handler = sagaStep('RefundPayment', CompensationInput, (trip) => refundPayment(trip, dependencies));
