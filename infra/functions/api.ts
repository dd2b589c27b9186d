import { httpRoutes } from '#schema/http/routes.ts';
import { ordinary, type SagaFunctionDefinition } from './definition.ts';

const api = { ...ordinary, role: 'api', room: 'api' } as const;

/** Accepts bookings: what a customer's key stands for, and what stands for a booking until it has a header. */
const accepts = { idempotency: ['GetItem', 'PutItem'], request: ['GetItem', 'PutItem'] } as const;

/** What the HTTP API calls. */
export const apiFunctions = [
  {
    ...api,
    name: 'start-booking',
    ...httpRoutes['start-booking'],
    demoOnly: true,
    needs: { stateMachine: 'start', ledger: { charge: ['PutItem'] } },
  },
  {
    ...api,
    name: 'health',
    ...httpRoutes.health,
    needs: {},
  },
  {
    ...api,
    name: 'bookings',
    ...httpRoutes.bookings,
    needs: {
      table: { trip: ['BatchGetItem', 'GetItem', 'Query', 'UpdateItem'], flight: ['GetItem'], ...accepts },
      indexes: { byCustomerStarted: ['Query'] },
      stateMachine: 'start-and-history',
    },
  },
  {
    ...api,
    name: 'flights',
    ...httpRoutes.flights,
    needs: { indexes: { byDepartureSchedule: ['Query', 'Scan'] } },
  },
  {
    ...api,
    name: 'graphql',
    ...httpRoutes.graphql,
    needs: {
      table: {
        trip: ['BatchGetItem', 'GetItem', 'Query', 'UpdateItem'],
        flight: ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'UpdateItem'],
        loyalty: ['GetItem'],
        ...accepts,
      },
      indexes: {
        byCustomerStarted: ['Query'],
        byCustomerStatus: ['Query', 'Scan'],
        byDepartureSchedule: ['Query', 'Scan'],
      },
      stateMachine: 'start',
    },
  },
  {
    ...api,
    name: 'openapi',
    ...httpRoutes.openapi,
    needs: {},
  },
  {
    ...api,
    name: 'create-charge',
    ...httpRoutes['create-charge'],
    needs: {
      table: { rate: ['PutItem', 'UpdateItem'] },
      ledger: { charge: ['PutItem'], idempotency: ['PutItem'] },
      limitsCharges: true,
    },
  },
  {
    ...api,
    name: 'get-loyalty',
    ...httpRoutes['get-loyalty'],
    needs: { table: { loyalty: ['GetItem'] } },
  },
] as const satisfies readonly SagaFunctionDefinition[];
