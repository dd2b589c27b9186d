import { flightRoutes } from '#functions/api/rest/flight-routes.ts';
import { restHandler } from '#functions/api/rest/rest-handler.ts';
import { dynamoDbFlightCatalog } from '#functions/flight/dynamodb-flight-catalog.ts';
import { bookingTable } from '#functions/shared/aws/table.ts';

const table = bookingTable();

export const handler = restHandler(flightRoutes({ flights: dynamoDbFlightCatalog(table) }));
