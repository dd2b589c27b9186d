/** Operations as Amplify's code generator writes them from the airline's schema: all variables, all fields. */

const flightFields = `
        id
        departureDate
        departureAirportCode
        departureAirportName
        departureCity
        departureLocale
        arrivalDate
        arrivalAirportCode
        arrivalAirportName
        arrivalCity
        arrivalLocale
        ticketPrice
        ticketCurrency
        flightNumber
        seatCapacity
        createdAt
        updatedAt`;

const bookingFields = `
      id
      status
      outboundFlight {${flightFields}
      }
      paymentToken
      checkedIn
      customer
      createdAt
      bookingReference
      updatedAt`;

const mutationOf = (name: string, input: string, condition: string | undefined, fields: string): string => {
  const operation = `${name[0]?.toUpperCase()}${name.slice(1)}`;
  if (condition === undefined) {
    return `mutation ${operation}($input: ${input}!) {\n    ${name}(input: $input) {${fields}\n    }\n  }`;
  }
  return `mutation ${operation}(\n    $input: ${input}!\n    $condition: ${condition}\n  ) {\n    ${name}(input: $input, condition: $condition) {${fields}\n    }\n  }`;
};

export const getFlight = `query GetFlight($id: ID!) {
    getFlight(id: $id) {${flightFields}
    }
  }
`;

export const listFlights = `query ListFlights(
    $filter: ModelFlightFilterInput
    $limit: Int
    $nextToken: String
  ) {
    listFlights(filter: $filter, limit: $limit, nextToken: $nextToken) {
      items {${flightFields}
      }
      nextToken
    }
  }
`;

export const getFlightBySchedule = `query GetFlightBySchedule(
    $departureAirportCode: String
    $arrivalAirportCodeDepartureDate: ModelFlightByDepartureScheduleCompositeKeyConditionInput
    $sortDirection: ModelSortDirection
    $filter: ModelFlightFilterInput
    $limit: Int
    $nextToken: String
  ) {
    getFlightBySchedule(
      departureAirportCode: $departureAirportCode
      arrivalAirportCodeDepartureDate: $arrivalAirportCodeDepartureDate
      sortDirection: $sortDirection
      filter: $filter
      limit: $limit
      nextToken: $nextToken
    ) {
      items {${flightFields}
      }
      nextToken
    }
  }
`;

export const getBooking = `query GetBooking($id: ID!) {
    getBooking(id: $id) {${bookingFields}
    }
  }
`;

export const listBookings = `query ListBookings(
    $filter: ModelBookingFilterInput
    $limit: Int
    $nextToken: String
  ) {
    listBookings(filter: $filter, limit: $limit, nextToken: $nextToken) {
      items {${bookingFields}
      }
      nextToken
    }
  }
`;

export const getBookingByStatus = `query GetBookingByStatus(
    $customer: String
    $status: ModelStringKeyConditionInput
    $sortDirection: ModelSortDirection
    $filter: ModelBookingFilterInput
    $limit: Int
    $nextToken: String
  ) {
    getBookingByStatus(
      customer: $customer
      status: $status
      sortDirection: $sortDirection
      filter: $filter
      limit: $limit
      nextToken: $nextToken
    ) {
      items {${bookingFields}
      }
      nextToken
    }
  }
`;

/** Of an older client, whose flights have `seatAllocation`. */
export const getOlderFlight = 'query GetFlight($id: ID!) { getFlight(id: $id) { id seatAllocation seatCapacity } }';

export const getLoyalty = `query GetLoyalty($customer: String) {
    getLoyalty(customer: $customer) {
      points
      level
      remainingPoints
    }
  }
`;

const booking = 'ModelBookingConditionInput';
const flight = 'ModelFlightConditionInput';

export const processBooking = mutationOf('processBooking', 'CreateBookingInput', undefined, bookingFields);
export const createBooking = mutationOf('createBooking', 'CreateBookingInput', booking, bookingFields);
export const updateBooking = mutationOf('updateBooking', 'UpdateBookingInput', booking, bookingFields);
export const deleteBooking = mutationOf('deleteBooking', 'DeleteBookingInput', booking, bookingFields);
export const cancelBooking = mutationOf('cancelBooking', 'CancelBookingInput', undefined, bookingFields);
export const createFlight = mutationOf('createFlight', 'CreateFlightInput', flight, flightFields);
export const updateFlight = mutationOf('updateFlight', 'UpdateFlightInput', flight, flightFields);
export const deleteFlight = mutationOf('deleteFlight', 'DeleteFlightInput', flight, flightFields);
