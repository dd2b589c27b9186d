import { flightRoutes } from '#functions/api/rest/flight-routes.ts';
import { restHandler } from '#functions/api/rest/rest-handler.ts';
import { dynamoDbFlightCatalog } from '#functions/flight/dynamodb-flight-catalog.ts';
import { bookingTable } from '#functions/shared/aws/table.ts';
import { pageTokens } from '#functions/shared/http/page-token.ts';
import { pageTokenSecret } from '#functions/shared/http/page-token-secret.ts';

const table = bookingTable();

export const handler = restHandler(
  flightRoutes({ flights: dynamoDbFlightCatalog(table), tokens: pageTokens(pageTokenSecret(table)) }),
);
