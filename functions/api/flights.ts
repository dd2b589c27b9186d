import { dynamoDbFlightCatalog } from '#functions/flight/dynamodb-flight-catalog.ts';
import { pageTokens } from '#functions/shared/page-token.ts';
import { pageTokenSecret } from '#functions/shared/page-token-secret.ts';
import { bookingTable } from '#functions/shared/table.ts';
import { flightRoutes } from './flight-routes.ts';
import { restHandler } from './rest-handler.ts';

const table = bookingTable();

export const handler = restHandler(
  flightRoutes({ flights: dynamoDbFlightCatalog(table), tokens: pageTokens(pageTokenSecret(table)) }),
);
