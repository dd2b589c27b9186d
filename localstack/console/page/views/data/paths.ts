export const tripPath = (trip: string): string => `/data/trips/${encodeURIComponent(trip)}`;
export const flightPath = (flight: string): string => `/data/flights/${encodeURIComponent(flight)}`;
export const customerPath = (customer: string): string => `/data/customers/${encodeURIComponent(customer)}`;
