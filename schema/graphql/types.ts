// From the files beside it, by `npm run docs`.
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant in ISO 8601, like `2021-07-10T06:00:00.000Z`. */
  AWSDateTime: { input: string; output: string; }
};

export type Booking = {
  readonly id: Scalars['ID']['output'];
  readonly status: BookingStatus;
  readonly outboundFlight: Flight;
  readonly paymentToken: Scalars['String']['output'];
  readonly checkedIn?: Maybe<Scalars['Boolean']['output']>;
  readonly customer?: Maybe<Scalars['String']['output']>;
  readonly createdAt?: Maybe<Scalars['String']['output']>;
  /** Only once it was confirmed. */
  readonly bookingReference?: Maybe<Scalars['String']['output']>;
  readonly updatedAt: Scalars['AWSDateTime']['output'];
  /** Null where a release before 2026-11 booked it, as are its legs. */
  readonly price?: Maybe<Price>;
  readonly hotel?: Maybe<BookedHotel>;
  readonly flight?: Maybe<BookedFlight>;
  readonly rental?: Maybe<BookedRental>;
};

export type Price = {
  /** A decimal number with two places, like `450.00`. */
  readonly amount: Scalars['String']['output'];
  readonly currency: Scalars['String']['output'];
};

export type BookingStatus =
  | 'UNCONFIRMED'
  | 'CONFIRMED'
  | 'CANCELLING'
  | 'CANCELLED';

export type ModelBookingConnection = {
  readonly items: ReadonlyArray<Booking>;
  readonly nextToken?: Maybe<Scalars['String']['output']>;
};

export type CreateBookingInput = {
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  /** Ignored: a booking starts UNCONFIRMED. */
  readonly status?: InputMaybe<BookingStatus>;
  readonly paymentToken: Scalars['String']['input'];
  /** Ignored: only a confirmed booking can be checked in. */
  readonly checkedIn?: InputMaybe<Scalars['Boolean']['input']>;
  /** Ignored: bookings are made for the caller. */
  readonly customer?: InputMaybe<Scalars['String']['input']>;
  readonly bookingOutboundFlightId: Scalars['ID']['input'];
  /** Repetitions with the same one are the same booking; the same as REST's `Idempotency-Key`. */
  readonly clientMutationId?: InputMaybe<Scalars['ID']['input']>;
};

export type UpdateBookingInput = {
  readonly id: Scalars['ID']['input'];
  readonly status?: InputMaybe<BookingStatus>;
  readonly paymentToken?: InputMaybe<Scalars['String']['input']>;
  readonly checkedIn?: InputMaybe<Scalars['Boolean']['input']>;
  readonly customer?: InputMaybe<Scalars['String']['input']>;
  readonly createdAt?: InputMaybe<Scalars['String']['input']>;
  readonly bookingReference?: InputMaybe<Scalars['String']['input']>;
  readonly bookingOutboundFlightId?: InputMaybe<Scalars['ID']['input']>;
};

export type DeleteBookingInput = {
  readonly id: Scalars['ID']['input'];
};

export type CancelBookingInput = {
  readonly id: Scalars['ID']['input'];
};

export type ModelBookingStatusInput = {
  readonly eq?: InputMaybe<BookingStatus>;
  readonly ne?: InputMaybe<BookingStatus>;
};

export type ModelBookingFilterInput = {
  readonly id?: InputMaybe<ModelIdInput>;
  readonly status?: InputMaybe<ModelBookingStatusInput>;
  readonly paymentToken?: InputMaybe<ModelStringInput>;
  readonly checkedIn?: InputMaybe<ModelBooleanInput>;
  readonly customer?: InputMaybe<ModelStringInput>;
  readonly createdAt?: InputMaybe<ModelStringInput>;
  readonly bookingReference?: InputMaybe<ModelStringInput>;
  readonly and?: InputMaybe<ReadonlyArray<InputMaybe<ModelBookingFilterInput>>>;
  readonly or?: InputMaybe<ReadonlyArray<InputMaybe<ModelBookingFilterInput>>>;
  readonly not?: InputMaybe<ModelBookingFilterInput>;
};

export type ModelBookingConditionInput = {
  readonly status?: InputMaybe<ModelBookingStatusInput>;
  readonly paymentToken?: InputMaybe<ModelStringInput>;
  readonly checkedIn?: InputMaybe<ModelBooleanInput>;
  readonly createdAt?: InputMaybe<ModelStringInput>;
  readonly bookingReference?: InputMaybe<ModelStringInput>;
  readonly and?: InputMaybe<ReadonlyArray<InputMaybe<ModelBookingConditionInput>>>;
  readonly or?: InputMaybe<ReadonlyArray<InputMaybe<ModelBookingConditionInput>>>;
  readonly not?: InputMaybe<ModelBookingConditionInput>;
};

export type ModelAttributeTypes =
  | 'binary'
  | 'binarySet'
  | 'bool'
  | 'list'
  | 'map'
  | 'number'
  | 'numberSet'
  | 'string'
  | 'stringSet'
  | '_null';

export type ModelStringInput = {
  readonly ne?: InputMaybe<Scalars['String']['input']>;
  readonly eq?: InputMaybe<Scalars['String']['input']>;
  readonly le?: InputMaybe<Scalars['String']['input']>;
  readonly lt?: InputMaybe<Scalars['String']['input']>;
  readonly ge?: InputMaybe<Scalars['String']['input']>;
  readonly gt?: InputMaybe<Scalars['String']['input']>;
  readonly contains?: InputMaybe<Scalars['String']['input']>;
  readonly notContains?: InputMaybe<Scalars['String']['input']>;
  readonly between?: InputMaybe<ReadonlyArray<InputMaybe<Scalars['String']['input']>>>;
  readonly beginsWith?: InputMaybe<Scalars['String']['input']>;
  readonly attributeExists?: InputMaybe<Scalars['Boolean']['input']>;
  readonly attributeType?: InputMaybe<ModelAttributeTypes>;
  readonly size?: InputMaybe<ModelSizeInput>;
};

export type ModelIdInput = {
  readonly ne?: InputMaybe<Scalars['ID']['input']>;
  readonly eq?: InputMaybe<Scalars['ID']['input']>;
  readonly le?: InputMaybe<Scalars['ID']['input']>;
  readonly lt?: InputMaybe<Scalars['ID']['input']>;
  readonly ge?: InputMaybe<Scalars['ID']['input']>;
  readonly gt?: InputMaybe<Scalars['ID']['input']>;
  readonly contains?: InputMaybe<Scalars['ID']['input']>;
  readonly notContains?: InputMaybe<Scalars['ID']['input']>;
  readonly between?: InputMaybe<ReadonlyArray<InputMaybe<Scalars['ID']['input']>>>;
  readonly beginsWith?: InputMaybe<Scalars['ID']['input']>;
  readonly attributeExists?: InputMaybe<Scalars['Boolean']['input']>;
  readonly attributeType?: InputMaybe<ModelAttributeTypes>;
  readonly size?: InputMaybe<ModelSizeInput>;
};

export type ModelIntInput = {
  readonly ne?: InputMaybe<Scalars['Int']['input']>;
  readonly eq?: InputMaybe<Scalars['Int']['input']>;
  readonly le?: InputMaybe<Scalars['Int']['input']>;
  readonly lt?: InputMaybe<Scalars['Int']['input']>;
  readonly ge?: InputMaybe<Scalars['Int']['input']>;
  readonly gt?: InputMaybe<Scalars['Int']['input']>;
  readonly between?: InputMaybe<ReadonlyArray<InputMaybe<Scalars['Int']['input']>>>;
  readonly attributeExists?: InputMaybe<Scalars['Boolean']['input']>;
  readonly attributeType?: InputMaybe<ModelAttributeTypes>;
};

export type ModelFloatInput = {
  readonly ne?: InputMaybe<Scalars['Float']['input']>;
  readonly eq?: InputMaybe<Scalars['Float']['input']>;
  readonly le?: InputMaybe<Scalars['Float']['input']>;
  readonly lt?: InputMaybe<Scalars['Float']['input']>;
  readonly ge?: InputMaybe<Scalars['Float']['input']>;
  readonly gt?: InputMaybe<Scalars['Float']['input']>;
  readonly between?: InputMaybe<ReadonlyArray<InputMaybe<Scalars['Float']['input']>>>;
  readonly attributeExists?: InputMaybe<Scalars['Boolean']['input']>;
  readonly attributeType?: InputMaybe<ModelAttributeTypes>;
};

export type ModelBooleanInput = {
  readonly ne?: InputMaybe<Scalars['Boolean']['input']>;
  readonly eq?: InputMaybe<Scalars['Boolean']['input']>;
  readonly attributeExists?: InputMaybe<Scalars['Boolean']['input']>;
  readonly attributeType?: InputMaybe<ModelAttributeTypes>;
};

export type ModelSizeInput = {
  readonly ne?: InputMaybe<Scalars['Int']['input']>;
  readonly eq?: InputMaybe<Scalars['Int']['input']>;
  readonly le?: InputMaybe<Scalars['Int']['input']>;
  readonly lt?: InputMaybe<Scalars['Int']['input']>;
  readonly ge?: InputMaybe<Scalars['Int']['input']>;
  readonly gt?: InputMaybe<Scalars['Int']['input']>;
  readonly between?: InputMaybe<ReadonlyArray<InputMaybe<Scalars['Int']['input']>>>;
};

export type ModelStringKeyConditionInput = {
  readonly eq?: InputMaybe<Scalars['String']['input']>;
  readonly le?: InputMaybe<Scalars['String']['input']>;
  readonly lt?: InputMaybe<Scalars['String']['input']>;
  readonly ge?: InputMaybe<Scalars['String']['input']>;
  readonly gt?: InputMaybe<Scalars['String']['input']>;
  readonly between?: InputMaybe<ReadonlyArray<InputMaybe<Scalars['String']['input']>>>;
  readonly beginsWith?: InputMaybe<Scalars['String']['input']>;
};

export type Flight = {
  readonly id: Scalars['ID']['output'];
  readonly departureDate: Scalars['String']['output'];
  readonly departureAirportCode: Scalars['String']['output'];
  readonly departureAirportName: Scalars['String']['output'];
  readonly departureCity: Scalars['String']['output'];
  readonly departureLocale: Scalars['String']['output'];
  readonly arrivalDate: Scalars['String']['output'];
  readonly arrivalAirportCode: Scalars['String']['output'];
  readonly arrivalAirportName: Scalars['String']['output'];
  readonly arrivalCity: Scalars['String']['output'];
  readonly arrivalLocale: Scalars['String']['output'];
  /** Whole units of `ticketCurrency`. */
  readonly ticketPrice: Scalars['Int']['output'];
  readonly ticketCurrency: Scalars['String']['output'];
  readonly flightNumber: Scalars['Int']['output'];
  /** Seats that are still free. */
  readonly seatCapacity: Scalars['Int']['output'];
  /** @deprecated Use seatCapacity. */
  readonly seatAllocation?: Maybe<Scalars['Int']['output']>;
  readonly createdAt: Scalars['AWSDateTime']['output'];
  readonly updatedAt: Scalars['AWSDateTime']['output'];
};

export type ModelFlightConnection = {
  readonly items: ReadonlyArray<Flight>;
  readonly nextToken?: Maybe<Scalars['String']['output']>;
};

export type CreateFlightInput = {
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  readonly departureDate: Scalars['String']['input'];
  readonly departureAirportCode: Scalars['String']['input'];
  readonly departureAirportName: Scalars['String']['input'];
  readonly departureCity: Scalars['String']['input'];
  readonly departureLocale: Scalars['String']['input'];
  readonly arrivalDate: Scalars['String']['input'];
  readonly arrivalAirportCode: Scalars['String']['input'];
  readonly arrivalAirportName: Scalars['String']['input'];
  readonly arrivalCity: Scalars['String']['input'];
  readonly arrivalLocale: Scalars['String']['input'];
  readonly ticketPrice: Scalars['Int']['input'];
  readonly ticketCurrency: Scalars['String']['input'];
  readonly flightNumber: Scalars['Int']['input'];
  readonly seatCapacity: Scalars['Int']['input'];
  /** Ignored: give `seatCapacity`, which a flight's `seatAllocation` is read from. */
  readonly seatAllocation?: InputMaybe<Scalars['Int']['input']>;
};

export type UpdateFlightInput = {
  readonly id: Scalars['ID']['input'];
  readonly departureDate?: InputMaybe<Scalars['String']['input']>;
  readonly departureAirportCode?: InputMaybe<Scalars['String']['input']>;
  readonly departureAirportName?: InputMaybe<Scalars['String']['input']>;
  readonly departureCity?: InputMaybe<Scalars['String']['input']>;
  readonly departureLocale?: InputMaybe<Scalars['String']['input']>;
  readonly arrivalDate?: InputMaybe<Scalars['String']['input']>;
  readonly arrivalAirportCode?: InputMaybe<Scalars['String']['input']>;
  readonly arrivalAirportName?: InputMaybe<Scalars['String']['input']>;
  readonly arrivalCity?: InputMaybe<Scalars['String']['input']>;
  readonly arrivalLocale?: InputMaybe<Scalars['String']['input']>;
  readonly ticketPrice?: InputMaybe<Scalars['Int']['input']>;
  readonly ticketCurrency?: InputMaybe<Scalars['String']['input']>;
  readonly flightNumber?: InputMaybe<Scalars['Int']['input']>;
  readonly seatCapacity?: InputMaybe<Scalars['Int']['input']>;
  /** Ignored: give `seatCapacity`, which a flight's `seatAllocation` is read from. */
  readonly seatAllocation?: InputMaybe<Scalars['Int']['input']>;
};

export type DeleteFlightInput = {
  readonly id: Scalars['ID']['input'];
};

export type ModelFlightByDepartureScheduleCompositeKeyConditionInput = {
  readonly eq?: InputMaybe<ModelFlightByDepartureScheduleCompositeKeyInput>;
  readonly le?: InputMaybe<ModelFlightByDepartureScheduleCompositeKeyInput>;
  readonly lt?: InputMaybe<ModelFlightByDepartureScheduleCompositeKeyInput>;
  readonly ge?: InputMaybe<ModelFlightByDepartureScheduleCompositeKeyInput>;
  readonly gt?: InputMaybe<ModelFlightByDepartureScheduleCompositeKeyInput>;
  readonly between?: InputMaybe<ReadonlyArray<InputMaybe<ModelFlightByDepartureScheduleCompositeKeyInput>>>;
  readonly beginsWith?: InputMaybe<ModelFlightByDepartureScheduleCompositeKeyInput>;
};

export type ModelFlightByDepartureScheduleCompositeKeyInput = {
  readonly arrivalAirportCode?: InputMaybe<Scalars['String']['input']>;
  readonly departureDate?: InputMaybe<Scalars['String']['input']>;
};

export type ModelFlightFilterInput = {
  readonly id?: InputMaybe<ModelIdInput>;
  readonly departureDate?: InputMaybe<ModelStringInput>;
  readonly departureAirportCode?: InputMaybe<ModelStringInput>;
  readonly departureAirportName?: InputMaybe<ModelStringInput>;
  readonly departureCity?: InputMaybe<ModelStringInput>;
  readonly departureLocale?: InputMaybe<ModelStringInput>;
  readonly arrivalDate?: InputMaybe<ModelStringInput>;
  readonly arrivalAirportCode?: InputMaybe<ModelStringInput>;
  readonly arrivalAirportName?: InputMaybe<ModelStringInput>;
  readonly arrivalCity?: InputMaybe<ModelStringInput>;
  readonly arrivalLocale?: InputMaybe<ModelStringInput>;
  readonly ticketPrice?: InputMaybe<ModelIntInput>;
  readonly ticketCurrency?: InputMaybe<ModelStringInput>;
  readonly flightNumber?: InputMaybe<ModelIntInput>;
  readonly seatCapacity?: InputMaybe<ModelIntInput>;
  /** Compared with `seatCapacity`. */
  readonly seatAllocation?: InputMaybe<ModelIntInput>;
  readonly and?: InputMaybe<ReadonlyArray<InputMaybe<ModelFlightFilterInput>>>;
  readonly or?: InputMaybe<ReadonlyArray<InputMaybe<ModelFlightFilterInput>>>;
  readonly not?: InputMaybe<ModelFlightFilterInput>;
};

export type ModelFlightConditionInput = {
  readonly departureDate?: InputMaybe<ModelStringInput>;
  readonly departureAirportCode?: InputMaybe<ModelStringInput>;
  readonly departureAirportName?: InputMaybe<ModelStringInput>;
  readonly departureCity?: InputMaybe<ModelStringInput>;
  readonly departureLocale?: InputMaybe<ModelStringInput>;
  readonly arrivalDate?: InputMaybe<ModelStringInput>;
  readonly arrivalAirportCode?: InputMaybe<ModelStringInput>;
  readonly arrivalAirportName?: InputMaybe<ModelStringInput>;
  readonly arrivalCity?: InputMaybe<ModelStringInput>;
  readonly arrivalLocale?: InputMaybe<ModelStringInput>;
  readonly ticketPrice?: InputMaybe<ModelIntInput>;
  readonly ticketCurrency?: InputMaybe<ModelStringInput>;
  readonly flightNumber?: InputMaybe<ModelIntInput>;
  readonly seatCapacity?: InputMaybe<ModelIntInput>;
  /** Compared with `seatCapacity`. */
  readonly seatAllocation?: InputMaybe<ModelIntInput>;
  readonly and?: InputMaybe<ReadonlyArray<InputMaybe<ModelFlightConditionInput>>>;
  readonly or?: InputMaybe<ReadonlyArray<InputMaybe<ModelFlightConditionInput>>>;
  readonly not?: InputMaybe<ModelFlightConditionInput>;
};

export type BookedHotel = {
  readonly hotel: Scalars['String']['output'];
  readonly checkIn: Scalars['String']['output'];
  readonly checkOut: Scalars['String']['output'];
};

export type BookedFlight = {
  readonly depart: Scalars['String']['output'];
  readonly departAt: Scalars['String']['output'];
  readonly arrive: Scalars['String']['output'];
  readonly arriveAt: Scalars['String']['output'];
};

export type BookedRental = {
  readonly rental: Scalars['String']['output'];
  readonly rentalFrom: Scalars['String']['output'];
  readonly rentalTo: Scalars['String']['output'];
};

export type Loyalty = {
  readonly points?: Maybe<Scalars['Int']['output']>;
  readonly level?: Maybe<Scalars['String']['output']>;
  /** Points to the next level; 0 at the highest. */
  readonly remainingPoints?: Maybe<Scalars['Int']['output']>;
};

export type Query = {
  readonly getFlight?: Maybe<Flight>;
  readonly listFlights?: Maybe<ModelFlightConnection>;
  /** The bookings that the caller may see; null for any other. */
  readonly getBooking?: Maybe<Booking>;
  /** The caller's bookings, newest first; everybody's for Admins, in no order. */
  readonly listBookings?: Maybe<ModelBookingConnection>;
  readonly getFlightBySchedule?: Maybe<ModelFlightConnection>;
  /** A customer's bookings by status. Another customer's list is empty, except for Admins. */
  readonly getBookingByStatus?: Maybe<ModelBookingConnection>;
  /** The caller's own account; Admins may name a customer. */
  readonly getLoyalty?: Maybe<Loyalty>;
};


export type QueryGetFlightArgs = {
  id: Scalars['ID']['input'];
};


export type QueryListFlightsArgs = {
  filter?: InputMaybe<ModelFlightFilterInput>;
  limit?: InputMaybe<Scalars['Int']['input']>;
  nextToken?: InputMaybe<Scalars['String']['input']>;
};


export type QueryGetBookingArgs = {
  id: Scalars['ID']['input'];
};


export type QueryListBookingsArgs = {
  filter?: InputMaybe<ModelBookingFilterInput>;
  limit?: InputMaybe<Scalars['Int']['input']>;
  nextToken?: InputMaybe<Scalars['String']['input']>;
};


export type QueryGetFlightByScheduleArgs = {
  departureAirportCode?: InputMaybe<Scalars['String']['input']>;
  arrivalAirportCodeDepartureDate?: InputMaybe<ModelFlightByDepartureScheduleCompositeKeyConditionInput>;
  sortDirection?: InputMaybe<ModelSortDirection>;
  filter?: InputMaybe<ModelFlightFilterInput>;
  limit?: InputMaybe<Scalars['Int']['input']>;
  nextToken?: InputMaybe<Scalars['String']['input']>;
};


export type QueryGetBookingByStatusArgs = {
  customer?: InputMaybe<Scalars['String']['input']>;
  status?: InputMaybe<ModelStringKeyConditionInput>;
  sortDirection?: InputMaybe<ModelSortDirection>;
  filter?: InputMaybe<ModelBookingFilterInput>;
  limit?: InputMaybe<Scalars['Int']['input']>;
  nextToken?: InputMaybe<Scalars['String']['input']>;
};


export type QueryGetLoyaltyArgs = {
  customer?: InputMaybe<Scalars['String']['input']>;
};

export type Mutation = {
  /**
   * Starts the booking of a flight and answers its id at once. The same `clientMutationId`, or the same `id`, books once.
   * A trip with other legs is booked by `POST /bookings`.
   */
  readonly processBooking?: Maybe<Booking>;
  /** Undoes a confirmed booking. Twice is once. */
  readonly cancelBooking?: Maybe<Booking>;
  /** The same as `processBooking`: there is no booking without its saga. */
  readonly createBooking?: Maybe<Booking>;
  /** Owners may change `checkedIn`, Admins `bookingReference` too; any other field has to be given as it is, or not at all. */
  readonly updateBooking?: Maybe<Booking>;
  /** Takes a cancelled booking out of everybody's sight. */
  readonly deleteBooking?: Maybe<Booking>;
  /** Admins only. */
  readonly createFlight?: Maybe<Flight>;
  /** Admins only. `seatCapacity` is changed by the difference, so that seats that are being sold stay sold; with those that are held it is at most 1,000. */
  readonly updateFlight?: Maybe<Flight>;
  /** Admins only, and not while bookings hold seats. */
  readonly deleteFlight?: Maybe<Flight>;
};


export type MutationProcessBookingArgs = {
  input: CreateBookingInput;
};


export type MutationCancelBookingArgs = {
  input: CancelBookingInput;
};


export type MutationCreateBookingArgs = {
  input: CreateBookingInput;
  condition?: InputMaybe<ModelBookingConditionInput>;
};


export type MutationUpdateBookingArgs = {
  input: UpdateBookingInput;
  condition?: InputMaybe<ModelBookingConditionInput>;
};


export type MutationDeleteBookingArgs = {
  input: DeleteBookingInput;
  condition?: InputMaybe<ModelBookingConditionInput>;
};


export type MutationCreateFlightArgs = {
  input: CreateFlightInput;
  condition?: InputMaybe<ModelFlightConditionInput>;
};


export type MutationUpdateFlightArgs = {
  input: UpdateFlightInput;
  condition?: InputMaybe<ModelFlightConditionInput>;
};


export type MutationDeleteFlightArgs = {
  input: DeleteFlightInput;
  condition?: InputMaybe<ModelFlightConditionInput>;
};

export type ModelSortDirection =
  | 'ASC'
  | 'DESC';
