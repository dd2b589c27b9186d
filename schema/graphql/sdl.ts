import booking from './booking.graphql';
import conditions from './conditions.graphql';
import flight from './flight.graphql';
import legs from './legs.graphql';
import loyalty from './loyalty.graphql';
import operations from './operations.graphql';

/** The schema of `POST /graphql`, in GraphQL's definition language. */
export const sdl = [operations, booking, legs, flight, loyalty, conditions].join('\n');
